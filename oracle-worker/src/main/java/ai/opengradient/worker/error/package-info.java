/**
 * Every failure that a user can meet, each with a stable code, its cause and the way out of it. The
 * modules throw typed exceptions of their own; {@link ai.opengradient.worker.error.Failures} gives
 * each of them its code. {@code docs/errors.md} is this list as a page.
 */
@NullMarked
package ai.opengradient.worker.error;

import org.jspecify.annotations.NullMarked;
