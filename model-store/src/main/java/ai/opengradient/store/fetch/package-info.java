/**
 * Files brought to disk from sources that nobody trusts: every block is checked, then the length
 * and hash of the whole.
 */
@NullMarked
package ai.opengradient.store.fetch;

import org.jspecify.annotations.NullMarked;
