/**
 * Private keys: encrypted files that only their owner can read, signing, and the lock that keeps a
 * key to one process. No key material leaves this package.
 */
@NullMarked
package ai.opengradient.worker.keys;

import org.jspecify.annotations.NullMarked;
