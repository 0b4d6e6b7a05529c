/**
 * Every failure that a user can meet, each with a stable code, its cause and the way out of it. The
 * other packages throw typed exceptions of their own, which the command line gives their codes.
 * {@code docs/errors.md} is this list as a page.
 */
@NullMarked
package ai.opengradient.worker.error;

import org.jspecify.annotations.NullMarked;
