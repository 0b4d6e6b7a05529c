@NullMarked
package ai.opengradient.worker.error;

import org.jspecify.annotations.NullMarked;
