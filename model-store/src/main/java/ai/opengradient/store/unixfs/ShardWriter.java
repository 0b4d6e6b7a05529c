package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a large directory as a hash trie: an entry stands in the place that the next byte of its
 * name's hash says, and entries that share a place share a shard below it.
 */
final class ShardWriter {
  private static final int FANOUT = 256;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final DirectoryWriter directories;

  ShardWriter(DirectoryWriter directories) {
    this.directories = directories;
  }

  ImportedDirectory write(Collection<DirectoryEntry> entries) {
    return shard(entries.stream().map(Hashed::of).toList(), 0);
  }

  private ImportedDirectory shard(List<Hashed> entries, int depth) {
    if (depth == Long.BYTES) {
      throw new StoreException.LimitExceeded(
          "the names '"
              + entries.getFirst().entry().name()
              + "' and '"
              + entries.getLast().entry().name()
              + "' have the same hash; rename one");
    }
    TreeMap<Integer, List<Hashed>> places = new TreeMap<>();
    for (Hashed entry : entries) {
      places.computeIfAbsent(entry.place(depth), _ -> new ArrayList<>()).add(entry);
    }
    List<DirectoryEntry> links = new ArrayList<>();
    places.forEach(
        (place, there) -> links.add(link(HEX.toHexDigits(place.byteValue()), there, depth)));
    return directories.write(new DirectoryNode(occupied(places.keySet()), FANOUT), links);
  }

  private DirectoryEntry link(String prefix, List<Hashed> there, int depth) {
    if (there.size() == 1) {
      DirectoryEntry only = there.getFirst().entry();
      return new DirectoryEntry(prefix + only.name(), only.id(), only.treeSize());
    }
    ImportedDirectory below = shard(there, depth + 1);
    return new DirectoryEntry(prefix, below.root(), below.treeSize());
  }

  /** A bit a place, the last place first, without zeros in front. */
  private static ByteString occupied(Collection<Integer> places) {
    byte[] bits = new byte[FANOUT / Byte.SIZE];
    places.forEach(
        place -> bits[bits.length - 1 - place / Byte.SIZE] |= (byte) (1 << place % Byte.SIZE));
    int start = 0;
    while (bits[start] == 0) {
      start++;
    }
    return ByteString.copyFrom(bits, start, bits.length - start);
  }

  private record Hashed(DirectoryEntry entry, NameHash hash) {
    static Hashed of(DirectoryEntry entry) {
      return new Hashed(entry, NameHash.of(entry.name()));
    }

    int place(int depth) {
      return hash.place(depth, Byte.SIZE);
    }
  }
}
