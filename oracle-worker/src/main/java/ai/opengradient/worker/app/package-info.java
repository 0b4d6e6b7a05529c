/** Puts worker and watcher together by hand, and takes them apart in reverse. */
@NullMarked
package ai.opengradient.worker.app;

import org.jspecify.annotations.NullMarked;
