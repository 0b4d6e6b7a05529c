package ai.opengradient.store;

import java.time.Duration;
import java.util.List;

/**
 * Something that the store was asked for can't be had or can't be trusted. Every message names the
 * cause and, where there is one, the way out. Nothing unverified was handed out, and nothing that
 * was verified before is lost.
 */
@SuppressWarnings("serial") // never serialised
public abstract sealed class StoreException extends RuntimeException {
  private StoreException(String message) {
    super(message);
  }

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A text or bytes that are not a content id, or one of a kind that is not read here. */
  public static final class InvalidContentId extends StoreException {
    public InvalidContentId(String message) {
      super(message);
    }
  }

  /**
   * A block whose bytes do not have the hash that its id states, or that ended before its announced
   * length.
   */
  public static final class CorruptBlock extends StoreException {
    public CorruptBlock(String message) {
      super(message);
    }
  }

  /** A block above the limit; it was not read to its end. */
  public static final class OversizedBlock extends StoreException {
    public OversizedBlock(String message) {
      super(message);
    }
  }

  /** The one asked does not have the block. */
  public static final class MissingBlock extends StoreException {
    public MissingBlock(String message) {
      super(message);
    }
  }

  /**
   * The one asked can't be reached, does not answer in time, or answers with something other than a
   * block.
   */
  public static final class SourceUnavailable extends StoreException {
    public SourceUnavailable(String message) {
      super(message);
    }

    public SourceUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The one asked has too much to do and wants to be asked later. */
  public static final class SourceBusy extends StoreException {
    private final transient Duration pause;

    public SourceBusy(String message, Duration pause) {
      super(message);
      this.pause = pause;
    }

    /** How long it wants to be left alone; zero if it did not say. */
    public Duration pause() {
      return pause;
    }
  }

  /** No source gave a block: one failure a source, in the order in which they were asked. */
  public static final class NoSourceLeft extends StoreException {
    private final transient List<StoreException> failures;

    public NoSourceLeft(String message, List<StoreException> failures) {
      super(message);
      this.failures = List.copyOf(failures);
      failures.forEach(this::addSuppressed);
    }

    /** Why each source did not give the block. */
    public List<StoreException> failures() {
      return failures;
    }
  }

  /**
   * Verified blocks that are not a file: not dag-pb or UnixFS, a directory, or sizes that
   * contradict each other.
   */
  public static final class InvalidFile extends StoreException {
    public InvalidFile(String message) {
      super(message);
    }
  }

  /**
   * Something that a directory can't have: a name that leads elsewhere or stands for two things, a
   * symbolic link.
   */
  public static final class InvalidEntry extends StoreException {
    public InvalidEntry(String message) {
      super(message);
    }
  }

  /** A directory does not have the name that a path asks for. */
  public static final class NoSuchEntry extends StoreException {
    public NoSuchEntry(String message) {
      super(message);
    }
  }

  /** Bytes that are not a CAR archive, or one that was cut off or does not have what it must. */
  public static final class InvalidArchive extends StoreException {
    public InvalidArchive(String message) {
      super(message);
    }
  }

  /** A file above the reader's limits of size, depth or blocks. */
  public static final class LimitExceeded extends StoreException {
    public LimitExceeded(String message) {
      super(message);
    }
  }

  /** A file whose length or sha-256 is not the one that its manifest or version states. */
  public static final class WrongFile extends StoreException {
    public WrongFile(String message) {
      super(message);
    }
  }

  /**
   * Bytes that are not a manifest in canonical form, or a manifest whose parts contradict each
   * other.
   */
  public static final class InvalidManifest extends StoreException {
    public InvalidManifest(String message) {
      super(message);
    }
  }

  /** A file that is not ONNX, or whose parts contradict each other. */
  public static final class InvalidOnnx extends StoreException {
    public InvalidOnnx(String message) {
      super(message);
    }
  }

  /**
   * An ONNX file that asks for what is refused here: external data, a custom domain, an element
   * type out of the list.
   */
  public static final class UnsupportedOnnx extends StoreException {
    public UnsupportedOnnx(String message) {
      super(message);
    }
  }

  /** A model none of whose outputs has elements: there is no answer to give. */
  public static final class NothingToCompute extends StoreException {
    private final transient List<String> outputs;

    public NothingToCompute(String message, List<String> outputs) {
      super(message);
      this.outputs = List.copyOf(outputs);
    }

    /** The type of each output, such as {@code float32[0, 3]}, in the file's order. */
    public List<String> outputs() {
      return outputs;
    }
  }

  /** Dimensions that the model leaves open and nobody bound. */
  public static final class UnboundDimensions extends StoreException {
    private final transient List<String> names;

    public UnboundDimensions(String message, List<String> names) {
      super(message);
      this.names = List.copyOf(names);
    }

    /** The names to bind. */
    public List<String> names() {
      return names;
    }
  }

  /** Inputs whose values decide what the program is, such as a shape, and that nobody bound. */
  public static final class UnboundInputs extends StoreException {
    private final transient List<String> names;

    public UnboundInputs(String message, List<String> names) {
      super(message);
      this.names = List.copyOf(names);
    }

    /** The names to bind. */
    public List<String> names() {
      return names;
    }
  }

  /** A text that does not name a source of blocks. */
  public static final class InvalidSourceAddress extends StoreException {
    public InvalidSourceAddress(String message) {
      super(message);
    }
  }

  /** The local disk, or the share of it that a store or cache may take, is full. */
  public static final class StorageFull extends StoreException {
    public StorageFull(String message) {
      super(message);
    }

    public StorageFull(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The local disk failed: unreadable, or not ours to write. */
  public static final class StorageFailed extends StoreException {
    public StorageFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
