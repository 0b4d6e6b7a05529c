/** Puts the worker together by hand, and takes it apart in reverse. */
@NullMarked
package ai.opengradient.worker.app;

import org.jspecify.annotations.NullMarked;
