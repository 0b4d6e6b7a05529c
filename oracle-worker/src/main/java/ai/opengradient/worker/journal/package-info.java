/**
 * What the worker must not forget when it is killed: how far it has read the chain, its jobs and
 * their bytes, and its transactions. One SQLite file, or one database of PostgreSQL; one thread;
 * every commit is on disk before the call returns. The chain is truth, the journal is intent:
 * nothing is sent before it stands here.
 */
@NullMarked
package ai.opengradient.worker.journal;

import org.jspecify.annotations.NullMarked;
