package ai.opengradient.worker.inference;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program and its weights on disk, so that one process lowers a model and another opens the
 * model's traces.
 *
 * <p>The weights' file is their count ({@code u32}), for each its tree root and its length ({@code
 * u64}), then their data in the same order.
 */
public final class ProgramFiles {
  /** Begins the names of files that are being written; one that is left is nobody's. */
  public static final String UNFINISHED = "unfinished-";

  private final Hash root;
  private final Path program;
  private final Path weights;

  private ProgramFiles(Hash root, Path program, Path weights) {
    this.root = root;
    this.program = program;
    this.weights = weights;
  }

  /**
   * The files of one program, there or not.
   *
   * @param root the program's
   */
  public static ProgramFiles in(Path folder, Hash root) {
    String name = root.toString();
    return new ProgramFiles(
        root, folder.resolve(name + ".program"), folder.resolve(name + ".weights"));
  }

  /**
   * What the files hold.
   *
   * @param weights by their tree root, mapped into memory; whether they have it is not checked
   */
  public record Content(Program program, Map<Hash, ByteBuffer> weights) {
    public Content {
      weights = Map.copyOf(weights);
    }
  }

  boolean areThere() {
    return Files.isRegularFile(program) && Files.isRegularFile(weights);
  }

  /**
   * Reads them.
   *
   * @throws IOException if they are not there, or not what they should be; a new trace makes them
   *     again
   */
  public Content read() throws IOException {
    Program read;
    try {
      read = Program.decode(Files.readAllBytes(program));
    } catch (ProgramException broken) {
      throw new IOException(program + " holds no program", broken);
    }
    if (!read.hash().equals(root)) {
      throw new IOException(program + " holds another program");
    }
    return new Content(read, readWeights());
  }

  /** Forgets them, so that they are made anew. */
  public void delete() throws IOException {
    Files.deleteIfExists(program);
    Files.deleteIfExists(weights);
  }

  private Map<Hash, ByteBuffer> readWeights() throws IOException {
    Map<Hash, Long> lengths = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.READ)) {
      DataInputStream head = new DataInputStream(Channels.newInputStream(channel));
      for (int left = head.readInt(); left > 0; left--) {
        lengths.put(Hash.of(head.readNBytes(Hash.LENGTH)), head.readLong());
      }
      Map<Hash, ByteBuffer> data = new HashMap<>();
      long position = channel.position();
      for (Map.Entry<Hash, Long> weight : lengths.entrySet()) {
        if (weight.getValue() < 0 || weight.getValue() > channel.size() - position) {
          throw new IOException(weights + " ends too early");
        }
        data.put(weight.getKey(), channel.map(MapMode.READ_ONLY, position, weight.getValue()));
        position += weight.getValue();
      }
      return data;
    } catch (IllegalArgumentException broken) {
      throw new IOException(weights + " is damaged", broken);
    }
  }

  void write(Program lowered, Map<Hash, ByteBuffer> data) throws IOException {
    Path unfinished = Files.createTempFile(program.toAbsolutePath().getParent(), UNFINISHED, "");
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        DataOutputStream head = new DataOutputStream(Channels.newOutputStream(channel));
        head.writeInt(data.size());
        for (Map.Entry<Hash, ByteBuffer> weight : data.entrySet()) {
          head.write(weight.getKey().bytes());
          head.writeLong(weight.getValue().remaining());
        }
        for (ByteBuffer weight : data.values()) {
          ByteBuffer left = weight.duplicate();
          while (left.hasRemaining()) {
            channel.write(left);
          }
        }
      }
      Files.move(unfinished, weights, StandardCopyOption.REPLACE_EXISTING);
      Files.write(unfinished, lowered.encode());
      Files.move(unfinished, program, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
