/**
 * The only sender of transactions. An intent is journalled first, then simulated, signed,
 * journalled again with its signed bytes, and only then sent; what became of it is found out by its
 * hash and its nonce, never guessed from a node's answer.
 */
@NullMarked
package ai.opengradient.worker.transactions;

import org.jspecify.annotations.NullMarked;
