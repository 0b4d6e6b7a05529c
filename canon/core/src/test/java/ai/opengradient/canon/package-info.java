/** What the tests of several packages read. */
@NullMarked
package ai.opengradient.canon;

import org.jspecify.annotations.NullMarked;
