package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayList;
import java.util.List;

/**
 * A root and the names that lead from it to something inside, {@code /ipfs/<cid>/a/b}.
 *
 * @param root a file or a directory
 * @param names each an entry of the directory before it
 */
public record ContentPath(ContentId root, List<String> names) {
  private static final String SCHEME = "/ipfs/";

  public ContentPath {
    names = List.copyOf(names);
    names.forEach(EntryName::checked);
  }

  /**
   * Reads a path, with {@code /ipfs/} in front or without.
   *
   * @throws StoreException.InvalidContentId if it does not start with a content id
   * @throws StoreException.InvalidEntry if a name is none
   */
  public static ContentPath parse(String text) {
    String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    return of(List.of(path.split("/", -1)));
  }

  /**
   * A path in parts, the first of which is a content id. An empty one at the end, from a slash, is
   * none.
   *
   * @throws StoreException.InvalidContentId if the first is no content id
   * @throws StoreException.InvalidEntry if another is no name
   */
  public static ContentPath of(List<String> parts) {
    List<String> names = new ArrayList<>(parts.subList(1, parts.size()));
    if (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    return new ContentPath(ContentId.parse(parts.getFirst()), names);
  }

  @Override
  public String toString() {
    return names.isEmpty() ? root.toString() : root + "/" + String.join("/", names);
  }
}
