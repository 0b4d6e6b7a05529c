package ai.opengradient.store.unixfs;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.content.ContentId;

/**
 * A file that was cut into blocks.
 *
 * @param root the id of its tree's root
 * @param sha256 of all its bytes
 * @param length bytes
 * @param treeSize bytes of all its blocks together, a block that occurs twice counted twice
 */
public record ImportedFile(ContentId root, Hash sha256, long length, long treeSize) {}
