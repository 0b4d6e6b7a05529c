/** Where the configuration says that models come from. */
@NullMarked
package ai.opengradient.worker.content;

import org.jspecify.annotations.NullMarked;
