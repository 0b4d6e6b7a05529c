@NullMarked
package ai.opengradient.worker.cli;

import org.jspecify.annotations.NullMarked;
