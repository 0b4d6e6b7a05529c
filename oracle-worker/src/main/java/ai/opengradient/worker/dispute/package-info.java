/**
 * A dispute about a claim, without chain and clock: what the worker answers ({@link
 * ai.opengradient.worker.dispute.Defence}), what a challenger asks and proves ({@link
 * ai.opengradient.worker.dispute.Interrogation}), and what a watcher finds out beforehand ({@link
 * ai.opengradient.worker.dispute.Comparison}). Everything is a function of a run's tensors and of
 * what the court has published, so that a restart loses nothing.
 */
@NullMarked
package ai.opengradient.worker.dispute;

import org.jspecify.annotations.NullMarked;
