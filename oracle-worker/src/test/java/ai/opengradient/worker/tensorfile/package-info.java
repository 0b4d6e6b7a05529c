@NullMarked
package ai.opengradient.worker.tensorfile;

import org.jspecify.annotations.NullMarked;
