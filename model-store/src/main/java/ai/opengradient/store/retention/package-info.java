/** What a block store keeps: pins and holds with all below them, and of the rest what fits. */
@NullMarked
package ai.opengradient.store.retention;

import org.jspecify.annotations.NullMarked;
