/**
 * The commitments of {@code canon/core}, computed in the lanes of vectors: the same roots, several
 * times faster over large tensors. Until the compiler has seen enough of it, which takes about a
 * second of a process's life, it is slower.
 *
 * <p>A process that uses it is started with {@code --add-modules jdk.incubator.vector}.
 *
 * <p>A lane is always a vector's here. What the Keccak reference calls a lane is called a word.
 */
@NullMarked
package ai.opengradient.canon.engine.commitment;

import org.jspecify.annotations.NullMarked;
