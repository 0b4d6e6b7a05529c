/**
 * One job as one worker sees it: a pure state machine. {@link
 * ai.opengradient.worker.job.JobMachine} takes a state and an event and gives the next state and
 * the effects it wants; nothing here waits, sends, reads a clock or a chain. All instants are the
 * chain's, in Unix seconds, and come in with the events.
 */
@NullMarked
package ai.opengradient.worker.job;

import org.jspecify.annotations.NullMarked;
