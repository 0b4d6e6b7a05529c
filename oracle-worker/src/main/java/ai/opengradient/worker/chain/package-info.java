/**
 * What the worker reads of the chain: one JSON-RPC node, the four contracts and the market's
 * events, and the calldata of every call that the worker and the command line make. Nothing here
 * sends a transaction or keeps state of its own: the package {@code transactions} sends, the
 * journal remembers. No Web3j type leaves this package.
 */
@NullMarked
package ai.opengradient.worker.chain;

import org.jspecify.annotations.NullMarked;
