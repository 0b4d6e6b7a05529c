/** What the module's code must not do. */
@NullMarked
package ai.opengradient.canon.architecture;

import org.jspecify.annotations.NullMarked;
