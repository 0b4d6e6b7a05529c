package ai.opengradient.store.unixfs;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.content.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Writes directories by the profile {@code unixfs-v1-2025}: one block up to 256 KiB, beyond that a
 * hash trie of 256 places a shard.
 */
final class DirectoryWriter {
  private static final int LONGEST_PLAIN_BLOCK = 256 << 10;

  /** The order that dag-pb asks of names. */
  private static final Comparator<DirectoryEntry> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.name().getBytes(StandardCharsets.UTF_8),
              right.name().getBytes(StandardCharsets.UTF_8));

  private final BlockSink sink;

  DirectoryWriter(BlockSink sink) {
    this.sink = sink;
  }

  /**
   * Writes a directory whose entries are written.
   *
   * @param entries in any order, no name twice
   */
  ImportedDirectory write(Collection<DirectoryEntry> entries) {
    byte[] plain = bytes(DirectoryNode.PLAIN, entries.stream().sorted(BY_BYTES).toList());
    return plain.length <= LONGEST_PLAIN_BLOCK
        ? put(plain, entries)
        : new ShardWriter(this).write(entries);
  }

  /** Writes a node with its links as they come. */
  ImportedDirectory write(DirectoryNode node, List<DirectoryEntry> links) {
    return put(bytes(node, links), links);
  }

  private static byte[] bytes(DirectoryNode node, List<DirectoryEntry> links) {
    return new DagNode(
            links.stream()
                .map(link -> new DagNode.Link(link.id(), link.name(), link.treeSize()))
                .toList(),
            node.toBytes())
        .toByteArray();
  }

  private ImportedDirectory put(byte[] bytes, Collection<DirectoryEntry> links) {
    Block block = Block.of(Codec.DAG_PB, bytes);
    sink.put(block);
    long below = links.stream().mapToLong(DirectoryEntry::treeSize).sum();
    return new ImportedDirectory(block.id(), below + bytes.length);
  }
}
