/** Float32 test vectors that others have published: Berkeley TestFloat's and IBM FPgen's. */
@NullMarked
package ai.opengradient.canon.published;

import org.jspecify.annotations.NullMarked;
