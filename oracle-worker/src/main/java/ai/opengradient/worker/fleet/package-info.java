/**
 * One worker on several machines: the coordinator, which has the lease and the key and hands runs
 * over, and executors, which have no key and run models. They share a database and nothing else.
 */
@NullMarked
package ai.opengradient.worker.fleet;

import org.jspecify.annotations.NullMarked;
