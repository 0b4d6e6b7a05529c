package ai.opengradient.store.unixfs;

import ai.opengradient.store.content.ContentId;

/**
 * A directory that was written.
 *
 * @param root the id of its root
 * @param treeSize bytes of all its blocks together, a block that occurs twice counted twice
 */
public record ImportedDirectory(ContentId root, long treeSize) {}
