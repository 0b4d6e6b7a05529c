/** Tensors and their types in the canonical form of section 3 of the protocol, on the JDK alone. */
@NullMarked
package ai.opengradient.canon.tensor;

import org.jspecify.annotations.NullMarked;
