/**
 * Keccak-256 commitments to tensors: the tree over a tensor's bytes and the hash that binds the
 * tree's root to an element type and count. Written from the protocol's text; the contracts hold
 * the other implementation.
 */
@NullMarked
package ai.opengradient.canon.commitment;

import org.jspecify.annotations.NullMarked;
