/**
 * Content ids: what names a block by the hash of its bytes, in text and in binary, read strictly.
 */
@NullMarked
package ai.opengradient.store.content;

import org.jspecify.annotations.NullMarked;
