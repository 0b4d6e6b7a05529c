/**
 * What tests of several packages share: a real development chain in a child process, a market on it
 * with a worker and a requester, and a proxy that makes a node fail on cue.
 */
@NullMarked
package ai.opengradient.worker.testing;

import org.jspecify.annotations.NullMarked;
