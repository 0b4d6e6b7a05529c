package ai.opengradient.store.block;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Blocks in a directory: {@code blocks/xy/<id>} with the id in version 1 and {@code xy} its last
 * characters but one, {@code pins/<id>} for the roots to keep. A block appears whole or not at all,
 * and is checked again whenever it is read. Several threads and processes may share the directory.
 */
public final class BlockStore implements BlockSource, BlockSink {
  private final Path directory;
  private final Path blocks;
  private final Path pins;
  private final Path unfinished;

  /**
   * Opens the directory, created if it is not there.
   *
   * @throws StoreException.StorageFailed if it can't be written
   */
  public BlockStore(Path directory) {
    this.directory = directory;
    blocks = directory.resolve("blocks");
    pins = directory.resolve("pins");
    unfinished = directory.resolve("unfinished");
    try {
      Files.createDirectories(blocks);
      Files.createDirectories(pins);
      Files.createDirectories(unfinished);
    } catch (IOException e) {
      throw failed("can't be created", e);
    }
  }

  @Override
  public String name() {
    return "block store " + directory;
  }

  @Override
  public Block get(ContentId id) {
    if (id.isIdentity()) {
      return Block.inline(id);
    }
    return Block.verify(id, readBounded(id), name());
  }

  @Override
  public void put(Block block) {
    if (block.id().isIdentity() || containsSound(block.id())) {
      return;
    }
    try {
      Path target = path(block.id());
      Files.createDirectories(directoryOf(target));
      Path whole = Files.createTempFile(unfinished, "block-", "");
      try {
        write(whole, block.bytes());
        Files.move(
            whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw failed("can't keep block " + block.id(), e);
    }
  }

  /** Whether the block is there; its bytes are not looked at. */
  public boolean contains(ContentId id) {
    return id.isIdentity() || Files.isRegularFile(path(id));
  }

  /** The ids of all blocks, in version 1, sorted. */
  public List<ContentId> ids() {
    try (Stream<Path> files = Files.walk(blocks, 2)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .map(ContentId::parse)
          .toList();
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
  }

  /** The number of bytes in all blocks together. */
  public long size() {
    try (Stream<Path> files = Files.walk(blocks, 2)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
  }

  @Override
  public void pin(ContentId root) {
    if (!contains(root)) {
      throw missing(root);
    }
    try {
      Files.createFile(pins.resolve(root.toString()));
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw failed("can't pin " + root, e);
    }
  }

  /**
   * Takes a pin away; the blocks stay.
   *
   * @return whether there was one
   */
  public boolean unpin(ContentId root) {
    try {
      return Files.deleteIfExists(pins.resolve(root.toString()));
    } catch (IOException e) {
      throw failed("can't unpin " + root, e);
    }
  }

  /** The pinned roots, sorted by their text. */
  public List<ContentId> pins() {
    try (Stream<Path> files = Files.list(pins)) {
      return files
          .map(file -> file.getFileName().toString())
          .sorted()
          .map(ContentId::parse)
          .toList();
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
  }

  /** A block that was damaged on disk counts as not there, so that putting it again heals it. */
  private boolean containsSound(ContentId id) {
    try {
      get(id);
      return true;
    } catch (StoreException.MissingBlock
        | StoreException.CorruptBlock
        | StoreException.OversizedBlock e) {
      return false;
    }
  }

  private byte[] readBounded(ContentId id) {
    try (var stream = Files.newInputStream(path(id))) {
      return stream.readNBytes(Block.MAXIMUM_LENGTH + 1);
    } catch (NoSuchFileException e) {
      throw missing(id);
    } catch (IOException e) {
      throw failed("can't read block " + id, e);
    }
  }

  /** To the disk before the rename, or a power cut could leave a named file without its bytes. */
  private static void write(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private Path path(ContentId id) {
    String name = id.asVersion1().toString();
    return blocks.resolve(name.substring(name.length() - 3, name.length() - 1)).resolve(name);
  }

  private static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private StoreException.MissingBlock missing(ContentId id) {
    return new StoreException.MissingBlock(name() + " does not have block " + id);
  }

  private StoreException.StorageFailed failed(String what, IOException cause) {
    return new StoreException.StorageFailed(
        name() + " " + what + ": " + cause + "; check space and permissions", cause);
  }
}
