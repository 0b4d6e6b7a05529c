package ai.opengradient.store.unixfs;

import ai.opengradient.store.content.ContentId;

/**
 * A file or a directory in a directory.
 *
 * @param name a plain name, without a slash
 * @param id its root
 * @param treeSize the bytes of all its blocks together, as the writer states them; it proves
 *     nothing
 */
public record DirectoryEntry(String name, ContentId id, long treeSize) {}
