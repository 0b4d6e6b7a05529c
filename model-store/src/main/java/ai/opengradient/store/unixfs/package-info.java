/**
 * Files as trees of blocks: written in the profile {@code unixfs-v1-2025}, read in any UnixFS shape
 * within limits.
 */
@NullMarked
package ai.opengradient.store.unixfs;

import org.jspecify.annotations.NullMarked;
