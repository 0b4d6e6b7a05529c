/**
 * The worker at work. One thread reads the chain, journals what it saw and steps the jobs' state
 * machines; what they want done is done on other threads, whose findings come back as events.
 * Deadlines are the chain's time; in trouble no new jobs are taken.
 */
@NullMarked
package ai.opengradient.worker.serve;

import org.jspecify.annotations.NullMarked;
