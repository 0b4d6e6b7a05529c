package ai.opengradient.store.unixfs;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.Sha256;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts files into blocks by the profile {@code unixfs-v1-2025}: ids of version 1, raw leaves of 1
 * MiB, a balanced tree with up to 1,024 links a node; a file of one leaf is that leaf. The same
 * bytes give the same root everywhere.
 */
public final class UnixFsImporter {
  private static final int LEAF_LENGTH = 1 << 20;
  private static final int MAXIMUM_LINKS = 1024;

  private final BlockSink sink;
  private final int leafLength;
  private final int maximumLinks;

  /**
   * @param sink where the blocks go, children before parents
   */
  public UnixFsImporter(BlockSink sink) {
    this(sink, LEAF_LENGTH, MAXIMUM_LINKS);
  }

  /** Trees of other sizes, so that a small file has a deep one. */
  UnixFsImporter(BlockSink sink, int leafLength, int maximumLinks) {
    this.sink = sink;
    this.leafLength = leafLength;
    this.maximumLinks = maximumLinks;
  }

  /**
   * Imports a file and pins its root.
   *
   * @throws StoreException.StorageFailed if the file can't be read
   */
  public ImportedFile add(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return add(content);
    } catch (IOException e) {
      throw new StoreException.StorageFailed("can't read " + file + ": " + e, e);
    }
  }

  /**
   * Imports what the stream still has and pins its root.
   *
   * @throws IOException if the stream fails
   */
  public ImportedFile add(InputStream content) throws IOException {
    ImportedFile file = write(content);
    sink.pin(file.root());
    return file;
  }

  /**
   * Imports what the stream still has, without a pin.
   *
   * @throws IOException if the stream fails
   */
  public ImportedFile write(InputStream content) throws IOException {
    MessageDigest sha256 = Sha256.start();
    List<Subtree> level = new ArrayList<>();
    byte[] leaf = content.readNBytes(leafLength);
    do {
      sha256.update(leaf);
      level.add(put(Codec.RAW, leaf, leaf.length, leaf.length));
      leaf = content.readNBytes(leafLength);
    } while (leaf.length > 0);
    while (level.size() > 1) {
      level = parents(level);
    }
    Subtree root = level.getFirst();
    return new ImportedFile(
        root.link().target(), Hash.of(sha256.digest()), root.length(), root.link().treeSize());
  }

  private List<Subtree> parents(List<Subtree> level) {
    List<Subtree> parents = new ArrayList<>();
    for (int from = 0; from < level.size(); from += maximumLinks) {
      parents.add(parent(level.subList(from, Math.min(level.size(), from + maximumLinks))));
    }
    return parents;
  }

  private Subtree parent(List<Subtree> children) {
    FileNode file = new FileNode(ByteString.EMPTY, children.stream().map(Subtree::length).toList());
    DagNode node = new DagNode(children.stream().map(Subtree::link).toList(), file.toBytes());
    long below = children.stream().mapToLong(child -> child.link().treeSize()).sum();
    byte[] bytes = node.toByteArray();
    return put(Codec.DAG_PB, bytes, file.length(), below + bytes.length);
  }

  private Subtree put(Codec codec, byte[] bytes, long length, long treeSize) {
    Block block = Block.of(codec, bytes);
    sink.put(block);
    return new Subtree(new DagNode.Link(block.id(), treeSize), length);
  }

  /** A subtree that was written, with the number of the file's bytes in it. */
  private record Subtree(DagNode.Link link, long length) {}
}
