/**
 * Blocks that were checked against their ids, and the directory on disk that keeps them. A {@code
 * Block} can't be had unverified.
 */
@NullMarked
package ai.opengradient.store.block;

import org.jspecify.annotations.NullMarked;
