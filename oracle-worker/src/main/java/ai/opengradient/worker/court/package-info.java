/**
 * What both sides of a dispute need: the disputed job as the chain has it, its canonical run on
 * disk, transactions that are sent once; and the worker's own side, {@link
 * ai.opengradient.worker.court.Defender}. Nothing of a dispute is kept: each look derives it from
 * the chain again, and deadlines are the chain's time.
 */
@NullMarked
package ai.opengradient.worker.court;

import org.jspecify.annotations.NullMarked;
