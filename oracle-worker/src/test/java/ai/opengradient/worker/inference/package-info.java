@NullMarked
package ai.opengradient.worker.inference;

import org.jspecify.annotations.NullMarked;
