@NullMarked
package ai.opengradient.worker.config;

import org.jspecify.annotations.NullMarked;
