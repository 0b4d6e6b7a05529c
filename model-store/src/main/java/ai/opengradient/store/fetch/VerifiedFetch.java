package ai.opengradient.store.fetch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StorageTrouble;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.content.Sha256;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelFile;
import ai.opengradient.store.unixfs.FileSink;
import ai.opengradient.store.unixfs.KeptLeaves;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Brings files from untrusted sources to disk, from several of them at once. A block is used only
 * after its id was checked; a file appears under its name only after its length and sha-256 were.
 * What a try that failed or was killed brought is verified and used by the next one. Several
 * threads and processes may share the cache.
 */
public final class VerifiedFetch {
  private static final int BUFFER_LENGTH = 1 << 16;

  private final List<BlockSource> sources;
  private final Path cache;
  private final FetchSettings settings;
  private final FileCache files;
  private final BlockStore nodes;
  private final Map<Path, ReentrantLock> underway = new ConcurrentHashMap<>();

  /**
   * @param sources whom to ask for blocks; those on this machine are asked first
   * @param cache the directory that keeps whole files, by their sha-256; created if it is not there
   * @throws StoreException.StorageFailed if it can't be created
   */
  public VerifiedFetch(List<BlockSource> sources, Path cache, FetchSettings settings) {
    this.sources = List.copyOf(sources);
    this.cache = cache;
    this.settings = settings;
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      throw failed("can't be created", e);
    }
    files = new FileCache(cache, settings.cacheLimit(), settings.clock(), this::free);
    nodes = new BlockStore(cache.resolve("nodes"));
  }

  private long free() {
    try {
      return Files.getFileStore(cache).getUsableSpace();
    } catch (IOException e) {
      throw failed("can't tell its free space", e);
    }
  }

  /**
   * The file on disk: from the cache, where it is checked again, or fetched, verified and put
   * there. It stays there until others need its place; it must not be changed.
   *
   * @throws StoreException.StorageFull if there is no place for it
   * @throws StoreException if no source gives what the reference names
   */
  public Path fetch(FileReference file, Progress progress) {
    Path target = target(file);
    ReentrantLock mine = underway.computeIfAbsent(target, path -> new ReentrantLock());
    mine.lock();
    try {
      if (isFile(target, file)) {
        progress.advanced(FetchReport.kept(file.length()));
      } else {
        fetch(file, target, progress);
      }
      files.used(target);
      return target;
    } catch (IOException | UncheckedIOException e) {
      throw failed("can't keep " + file.cid(), e);
    } finally {
      mine.unlock();
    }
  }

  /** Keeps the file in the cache whatever others need, from now on until this process ends. */
  public void pin(FileReference file) {
    files.pin(target(file));
  }

  private Path target(FileReference file) {
    return cache.resolve(HexFormat.of().formatHex(file.sha256().bytes()));
  }

  private void fetch(FileReference file, Path target, Progress progress) throws IOException {
    try (UnfinishedFile unfinished = UnfinishedFile.open(cache, target.getFileName().toString())) {
      files.makeRoom(file.length() - Math.min(file.length(), unfinished.found()), "file " + target);
      FileCheck check = new FileCheck(file, unfinished);
      write(file.cid(), Limits.ofLength(file.length()), unfinished, check, progress);
      finish(unfinished, check, target);
    }
  }

  private static void finish(UnfinishedFile unfinished, FileCheck check, Path target)
      throws IOException {
    try {
      check.require();
    } catch (StoreException.WrongFile e) {
      unfinished.discard();
      throw e;
    }
    unfinished.finish(target, true);
  }

  /**
   * Writes a file of which nothing but the id is known to a place outside the cache.
   *
   * @param target must not be there
   * @param limit the longest file to take, bytes
   * @return its length
   * @throws FileAlreadyExistsException if the target is there
   * @throws IOException if the folder can't be written
   * @throws StoreException if no source gives the file, or the disk is full
   */
  public long write(ContentId root, Path target, long limit, Progress progress) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    try (UnfinishedFile unfinished =
        UnfinishedFile.open(folder, target.getFileName() + "-" + root)) {
      write(root, Limits.ofLength(limit), unfinished, unfinished, progress);
      unfinished.finish(target, false);
      return unfinished.length();
    }
  }

  private void write(
      ContentId root, Limits limits, UnfinishedFile unfinished, FileSink sink, Progress progress)
      throws IOException {
    SourcePool pool = new SourcePool(sources, settings);
    NodeKeeper keeper = new NodeKeeper(nodes, pool);
    FileSink telling = new TellingSink(sink, unfinished, pool, progress);
    try {
      new UnixFsReader(keeper, limits, settings.ahead()).read(root, unfinished, telling);
    } catch (StoreException.StorageFull
        | StoreException.InvalidFile
        | StoreException.LimitExceeded e) {
      // Another try would come no further: what there is only takes space.
      unfinished.discard();
      keeper.forget();
      throw e;
    }
    keeper.forget();
  }

  /**
   * The ONNX file of a model on disk, with all files that the manifest names beside it, and no
   * others. A model of one file lies under its sha-256, and {@link
   * ai.opengradient.store.onnx.OnnxFile} reads nothing beside it.
   *
   * @param data the files with data of its constants
   * @throws StoreException if no source gives what a file's reference names
   */
  public Path model(ModelFile file, List<ModelFile> data, Progress progress) {
    if (data.isEmpty()) {
      return fetch(file.content(), progress);
    }
    try {
      Map<Path, ModelFile> places = places(file, data);
      for (Map.Entry<Path, ModelFile> place : places.entrySet()) {
        place(place.getValue().content(), place.getKey(), progress);
      }
      requireAll(file, places.keySet());
      return places.keySet().iterator().next();
    } catch (IOException e) {
      throw failed("can't keep " + file.name(), e);
    }
  }

  /** Keeps a model's files in the cache, as {@link #pin} does. */
  public void pinModel(ModelFile file, List<ModelFile> data) {
    if (data.isEmpty()) {
      pin(file.content());
    } else {
      places(file, data).keySet().forEach(files::pin);
    }
  }

  /** All sources as one, for what is more than a file. */
  public BlockSource blocks() {
    return new SourcePool(sources, settings);
  }

  /** Where a model's files are, in a folder that other files mean another name for. */
  private Map<Path, ModelFile> places(ModelFile file, List<ModelFile> data) {
    MessageDigest list = Sha256.start();
    List<ModelFile> all = Stream.concat(Stream.of(file), data.stream()).toList();
    all.forEach(one -> list.update((one + "\n").getBytes(StandardCharsets.UTF_8)));
    Path folder = cache.resolve("model-" + HexFormat.of().formatHex(list.digest()));
    Map<Path, ModelFile> places = new LinkedHashMap<>();
    all.forEach(one -> places.put(folder.resolve(one.name()), one));
    return places;
  }

  private void place(FileReference file, Path target, Progress progress) throws IOException {
    if (isFile(target, file)) {
      progress.advanced(FetchReport.kept(file.length()));
    } else {
      Path fetched = fetch(file, progress);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      try {
        Files.move(
            fetched, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        // Another process fetched the same file, and was first to place it.
        if (!isFile(target, file)) {
          throw e;
        }
      }
    }
    files.used(target);
  }

  /** A cache that can't hold all of them at once gives up the first for the last. */
  private void requireAll(ModelFile file, Set<Path> places) {
    for (Path place : places) {
      if (!Files.isRegularFile(place)) {
        throw new StoreException.StorageFull(
            "the files of "
                + file.name()
                + " don't fit into "
                + cache
                + " together; allow it more");
      }
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
            KeptLeaves.NONE,
            piece -> {
              byte[] part = new byte[piece.remaining()];
              piece.get(part);
              bytes.writeBytes(part);
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
          files.used(target);
          return Tensor.of(type, kept);
        }
      }
      ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
      long length = reader(type.byteLength()).read(id, KeptLeaves.NONE, data::put);
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
      keep(target, data.array());
      return new Tensor(type, data);
    } catch (IOException e) {
      throw failed("can't keep " + id, e);
    }
  }

  /** Puts the data of a tensor into the cache. */
  private void keep(Path target, byte[] data) throws IOException {
    files.makeRoom(data.length, "the tensor " + target);
    try (UnfinishedFile unfinished = UnfinishedFile.open(cache, target.getFileName().toString())) {
      unfinished.accept(ByteBuffer.wrap(data));
      unfinished.finish(target, true);
    }
  }

  private UnixFsReader reader(long length) {
    return new UnixFsReader(
        new SourcePool(sources, settings), Limits.ofLength(length), settings.ahead());
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

  private StoreException failed(String what, Exception cause) {
    return StorageTrouble.of(cache, "cache " + cache + " " + what, cause);
  }
}
