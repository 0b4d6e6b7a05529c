/**
 * What {@code contracts/canon/ICanon.sol} is called with and answers, as bytes: the same bits as
 * {@code contracts/canon/Canon.sol}, at a gas of its own. Consensus code: integers only, no clock,
 * no threads, nothing that outlives a call. It knows nothing of Besu.
 */
@NullMarked
package ai.opengradient.besu.precompile;

import org.jspecify.annotations.NullMarked;
