package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An ONNX file, with the files in its folder that hold data of its constants. A folder into which a
 * manifest's files were put has no others, so nothing else can be read. A file that lies under its
 * own sha-256 is among other models' files, so it must have all data inside. Links are not
 * followed, and the files stay on disk until their data are needed.
 */
public final class OnnxFile {
  private static final Pattern AMONG_OTHERS = Pattern.compile("[0-9a-f]{64}");

  private final byte[] bytes;
  private final OnnxSummary summary;
  private final Map<String, MemorySegment> data;

  private OnnxFile(byte[] bytes, OnnxSummary summary, Map<String, MemorySegment> data) {
    this.bytes = bytes;
    this.summary = summary;
    this.data = data;
  }

  /**
   * A file that is in memory, and must have all data inside.
   *
   * @param bytes not to be changed afterwards
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused, such as other files
   */
  public static OnnxFile of(byte[] bytes) {
    OnnxSummary summary = OnnxReader.read(bytes);
    if (!summary.dataFiles().isEmpty()) {
      throw new StoreException.UnsupportedOnnx(
          "the model has data in another file, "
              + summary.dataFiles().getFirst().name()
              + ", but is given alone; export it with all data inside");
    }
    return new OnnxFile(bytes, summary, Map.of());
  }

  /**
   * A file on disk. None of the files may change while the model is in use.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself, or a file with its
   *     data is missing or too short
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused
   * @throws IOException if it can't be read
   */
  public static OnnxFile read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    OnnxSummary summary = OnnxReader.read(bytes);
    Map<String, MemorySegment> data = new HashMap<>();
    for (DataFile file : summary.dataFiles()) {
      requireSound(path, file);
      data.put(file.name(), mapped(path.resolveSibling(file.name())));
    }
    return new OnnxFile(bytes, summary, data);
  }

  /**
   * Looks whether the files with a model's data are beside it, as {@link #read} does.
   *
   * @return bytes of all its files together
   * @throws IOException if one can't be read
   */
  public static long requireDataFiles(Path path, OnnxSummary summary) throws IOException {
    long length = Files.size(path);
    for (DataFile file : summary.dataFiles()) {
      requireSound(path, file);
      length = Math.addExact(length, Files.size(path.resolveSibling(file.name())));
    }
    return length;
  }

  /** The file's own bytes, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** What the file says of itself. */
  public OnnxSummary summary() {
    return summary;
  }

  /** As many bytes as the model would have with all data inside. */
  public long length() {
    return bytes.length + summary.dataFiles().stream().mapToLong(DataFile::used).sum();
  }

  /** The bytes of a range that the file states. */
  public ByteBuffer data(ExternalRange range) {
    MemorySegment segment = data.get(range.file());
    if (segment == null || range.end() > segment.byteSize()) {
      throw new StoreException.InvalidOnnx(
          "there are no " + range.length() + " bytes of data in " + range.file());
    }
    if (range.length() > Integer.MAX_VALUE) {
      throw new StoreException.UnsupportedOnnx(
          "a constant has " + range.length() + " bytes; the limit is " + Integer.MAX_VALUE);
    }
    return segment.asSlice(range.offset(), range.length()).asByteBuffer();
  }

  /**
   * A small file can't stand for many large constants: all of them together are no longer than it.
   */
  private static void requireSound(Path model, DataFile file) throws IOException {
    Path path = model.resolveSibling(file.name());
    if (AMONG_OTHERS.matcher(model.getFileName().toString()).matches()) {
      throw new StoreException.UnsupportedOnnx(
          "the model has data in "
              + file.name()
              + ", which its manifest does not name; publish it with all its files");
    }
    if (path.equals(model) || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException.InvalidOnnx(
          "the model has data in "
              + file.name()
              + ", which is not a file beside "
              + model.getFileName()
              + "; keep its files in one folder");
    }
    long length = Files.size(path);
    if (length < file.end() || length < file.used()) {
      throw new StoreException.InvalidOnnx(
          file.name()
              + " has "
              + length
              + " bytes, but the model's constants take "
              + Math.max(file.end(), file.used())
              + " of it; it was cut off, or is another model's");
    }
  }

  private static MemorySegment mapped(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }
}
