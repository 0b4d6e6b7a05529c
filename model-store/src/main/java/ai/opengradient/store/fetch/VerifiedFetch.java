package ai.opengradient.store.fetch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.content.Sha256;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings files from untrusted sources to disk. A block is used only after its id was checked; a
 * file appears under its name only after its length and sha-256 were. Several threads and processes
 * may share the cache.
 */
public final class VerifiedFetch {
  private static final int BUFFER_LENGTH = 1 << 16;

  private final List<BlockSource> sources;
  private final Path cache;

  /**
   * @param sources whom to ask for each block, in this order
   * @param cache the directory that keeps whole files, by their sha-256; created if it is not there
   * @throws StoreException.StorageFailed if it can't be created
   */
  public VerifiedFetch(List<BlockSource> sources, Path cache) {
    this.sources = List.copyOf(sources);
    this.cache = cache;
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      throw failed("can't be created", e);
    }
  }

  /**
   * The file on disk: from the cache, where it is checked again, or fetched, verified and put
   * there. The path stays valid; the file must not be changed.
   *
   * @throws StoreException if no source gives what the reference names
   */
  public Path fetch(FileReference file, Progress progress) {
    Path target = cache.resolve(HexFormat.of().formatHex(file.sha256().bytes()));
    try {
      if (isFile(target, file)) {
        progress.advanced(file.length(), file.length());
        return target;
      }
      keep(target, unfinished -> write(file, unfinished, progress));
      return target;
    } catch (IOException | UncheckedIOException e) {
      throw failed("can't keep " + file.cid(), e);
    }
  }

  /**
   * The manifest with this content id.
   *
   * @throws StoreException if no source gives it, or it is not a manifest
   */
  public Manifest manifest(ContentId id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reader(Manifest.MAXIMUM_LENGTH)
        .read(
            id,
            piece -> {
              while (piece.hasRemaining()) {
                bytes.write(piece.get());
              }
            });
    return Manifest.parse(bytes.toByteArray());
  }

  /**
   * A tensor whose data are a file of their own: from the cache, or fetched, checked against the
   * root and put there.
   *
   * @param root tree root of the data
   * @throws StoreException if no source gives what the root names
   * @throws ai.opengradient.canon.tensor.TensorException if the data are no valid tensor
   */
  public Tensor tensor(ContentId id, TensorType type, Hash root) {
    Path target =
        cache.resolve("tensor-" + HexFormat.of().formatHex(root.bytes()) + "-" + type.byteLength());
    try {
      if (Files.isRegularFile(target)) {
        byte[] kept = Files.readAllBytes(target);
        if (kept.length == type.byteLength()
            && TensorTree.root(ByteBuffer.wrap(kept)).equals(root)) {
          return Tensor.of(type, kept);
        }
      }
      ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
      long length = reader(type.byteLength()).read(id, data::put);
      if (length != type.byteLength() || !TensorTree.root(data.flip()).equals(root)) {
        throw new StoreException.WrongFile(
            "the blocks of "
                + id
                + " are not the "
                + type
                + " with the tree root "
                + root
                + "; the request names the wrong content");
      }
      keep(target, unfinished -> Files.write(unfinished, data.array()));
      return new Tensor(type, data);
    } catch (IOException e) {
      throw failed("can't keep " + id, e);
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writing {
    void to(Path file) throws IOException;
  }

  /** Puts a file into the cache once it is whole. */
  private void keep(Path target, Writing writing) throws IOException {
    Path unfinished = Files.createTempFile(cache, "unfinished-", "");
    try {
      writing.to(unfinished);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(FileReference file, Path unfinished, Progress progress) throws IOException {
    MessageDigest sha256 = Sha256.start();
    long length;
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      Consumer<ByteBuffer> output = UnixFsReader.appendingTo(channel);
      length =
          reader(file.length())
              .read(
                  file.cid(),
                  piece -> {
                    sha256.update(piece.duplicate());
                    output.accept(piece);
                    progress.advanced(position(channel), file.length());
                  });
      channel.force(true);
    }
    Hash hash = Hash.of(sha256.digest());
    if (length != file.length() || !hash.equals(file.sha256())) {
      throw new StoreException.WrongFile(
          "the blocks of "
              + file.cid()
              + " make "
              + length
              + " bytes with sha-256 "
              + hash
              + ", but "
              + file.length()
              + " bytes with "
              + file.sha256()
              + " were promised; the manifest or the version is wrong");
    }
  }

  private UnixFsReader reader(long length) {
    return new UnixFsReader(new SourcesInTurn(sources), Limits.ofLength(length));
  }

  private static boolean isFile(Path path, FileReference file) throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) != file.length()) {
      return false;
    }
    MessageDigest sha256 = Sha256.start();
    try (InputStream content = Files.newInputStream(path)) {
      byte[] buffer = new byte[BUFFER_LENGTH];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        sha256.update(buffer, 0, count);
      }
    }
    return Hash.of(sha256.digest()).equals(file.sha256());
  }

  private static long position(FileChannel channel) {
    try {
      return channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StoreException.StorageFailed failed(String what, Exception cause) {
    return new StoreException.StorageFailed(
        "cache " + cache + " " + what + ": " + cause + "; check space and permissions", cause);
  }
}
