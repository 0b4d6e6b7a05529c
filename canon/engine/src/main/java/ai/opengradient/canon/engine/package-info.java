/**
 * Runs programs fast, with the bits that {@code canon/core} defines. Begin with {@link
 * ai.opengradient.canon.engine.Engine}.
 *
 * <p>A process that uses it is started with {@code --add-modules jdk.incubator.vector}. Until the
 * compiler has seen enough of it, which takes a few seconds of a process's life, it is slow.
 */
@NullMarked
package ai.opengradient.canon.engine;

import org.jspecify.annotations.NullMarked;
