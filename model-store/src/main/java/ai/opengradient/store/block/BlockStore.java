package ai.opengradient.store.block;

import ai.opengradient.store.StorageTrouble;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Blocks in a directory: {@code blocks/xy/<id>} with the id in version 1 and {@code xy} its last
 * characters but one, {@code pins/<id>} for the roots to keep, {@code holds/<holder>/<id>} for
 * those that somebody needs for a while. A block appears whole or not at all, and is checked again
 * whenever it is read. Several threads and processes may share the directory.
 */
public final class BlockStore implements BlockSource, BlockSink {
  private final Path directory;
  private final Path blocks;
  private final Path pins;
  private final Path holds;
  private final Path unfinished;
  private final Retention retention;

  /**
   * Opens the directory, created if it is not there; it keeps everything.
   *
   * @throws StoreException.StorageFailed if it can't be written
   */
  public BlockStore(Path directory) {
    this(directory, Retention.UNLIMITED);
  }

  /**
   * Opens the directory, created if it is not there.
   *
   * @throws StoreException.StorageFailed if it can't be written
   */
  public BlockStore(Path directory, Retention retention) {
    this.directory = directory;
    this.retention = retention;
    blocks = directory.resolve("blocks");
    pins = directory.resolve("pins");
    holds = directory.resolve("holds");
    unfinished = directory.resolve("unfinished");
    try {
      Files.createDirectories(blocks);
      Files.createDirectories(pins);
      Files.createDirectories(holds);
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
  public boolean isLocal() {
    return true;
  }

  @Override
  public Block get(ContentId id) {
    if (id.isIdentity()) {
      return Block.inline(id);
    }
    Block block = Block.verify(id, readBounded(id), name());
    retention.used(path(id));
    return block;
  }

  @Override
  public void put(Block block) {
    if (block.id().isIdentity() || containsSound(block.id())) {
      return;
    }
    retention.makeRoom(this, block.length());
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

  /** Shows the visitor all blocks, in no order; none of them is read. */
  public void forEach(Consumer<StoredBlock> visitor) {
    try (Stream<Path> files = Files.walk(blocks, 2)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        look(file).ifPresent(visitor);
      }
    } catch (IOException | UncheckedIOException e) {
      throw failed("can't be listed", e);
    }
  }

  /** Empty for what is no block, or was taken out meanwhile. */
  private static Optional<StoredBlock> look(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new StoredBlock(
                  ContentId.parse(file.getFileName().toString()),
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The number of bytes in all blocks together. */
  public long size() {
    long[] sum = new long[1];
    forEach(block -> sum[0] += block.length());
    return sum[0];
  }

  /**
   * Takes a block out, whoever may need it.
   *
   * @return whether it was there
   */
  public boolean remove(ContentId id) {
    try {
      return !id.isIdentity() && Files.deleteIfExists(path(id));
    } catch (IOException e) {
      throw failed("can't take out block " + id, e);
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

  /**
   * Keeps a root whose tree is here for somebody, until that holder releases it. Somebody else's
   * hold and a pin on the same root are others.
   *
   * @param holder a plain name
   */
  public void hold(String holder, ContentId root) {
    if (!contains(root)) {
      throw missing(root);
    }
    try {
      Path folder = Files.createDirectories(holds.resolve(plain(holder)));
      Files.createFile(folder.resolve(root.toString()));
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw failed("can't hold " + root, e);
    }
  }

  /** Ends all holds of a holder; the blocks stay. */
  public void release(String holder) {
    Path folder = holds.resolve(plain(holder));
    try {
      for (Path hold : entries(folder)) {
        Files.deleteIfExists(hold);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw failed("can't release what " + holder + " holds", e);
    }
  }

  /** Who holds something, sorted. */
  public List<String> holders() {
    try {
      return entries(holds).stream().map(folder -> folder.getFileName().toString()).toList();
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
  }

  /** The roots to keep: those that are pinned and those that somebody holds, each once. */
  public Set<ContentId> roots() {
    Set<ContentId> roots = new LinkedHashSet<>(pins());
    try {
      for (Path holder : entries(holds)) {
        for (Path hold : entries(holder)) {
          roots.add(ContentId.parse(hold.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
    return roots;
  }

  /** Sorted; none if the folder was taken away meanwhile. */
  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static String plain(String holder) {
    if (!holder.matches("[A-Za-z0-9-]{1,200}")) {
      throw new IllegalArgumentException("'" + holder + "' is not a plain name");
    }
    return holder;
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

  private StoreException failed(String what, Exception cause) {
    return StorageTrouble.of(directory, name() + " " + what, cause);
  }
}
