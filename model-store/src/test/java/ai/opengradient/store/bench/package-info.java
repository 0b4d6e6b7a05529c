/** What {@code scripts/bench store} runs: a large file through little memory and bad sources. */
@NullMarked
package ai.opengradient.store.bench;

import org.jspecify.annotations.NullMarked;
