package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a run's nodes in a file, all but the weights, and the commitments to all of them:
 * what it takes to open any leaf later.
 *
 * <p>The file begins with eight bytes that stand there only when it is complete, the count of nodes
 * ({@code u32}), the program's hash and the commitments by node. Every tensor begins at a multiple
 * of a leaf's length, so that a leaf is one piece of the file. {@code docs/engine.md} shows it.
 */
public final class TraceFile implements TraceSink, Closeable {
  private static final long COMPLETE = 0x4f50475452433031L;

  private final Program program;
  private final FileChannel channel;
  private final TraceLayout layout;

  private TraceFile(Program program, FileChannel channel) {
    this.program = program;
    this.channel = channel;
    layout = new TraceLayout(program);
  }

  /** A new file, over whatever was there, that takes the trace of a run. */
  static TraceFile create(Path path, Program program) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    return new TraceFile(program, channel);
  }

  /**
   * The trace that a run has left.
   *
   * @throws EngineException if the file is not a whole trace of this program
   * @throws IOException if it can't be read
   */
  public static TraceFile open(Path path, Program program) throws IOException {
    TraceFile file = new TraceFile(program, FileChannel.open(path, StandardOpenOption.READ));
    try {
      file.requireComplete(path);
      return file;
    } catch (RuntimeException | IOException e) {
      file.close();
      throw e;
    }
  }

  private void requireComplete(Path path) throws IOException {
    if (channel.size() != layout.length()) {
      throw noTrace(path, "its length is " + channel.size() + " bytes, not " + layout.length());
    }
    ByteBuffer head = read(0, TraceLayout.HEAD);
    if (head.getLong() != COMPLETE) {
      throw noTrace(path, "the run that wrote it did not end");
    }
    if (head.getInt() != program.nodes().size() || !hash(head).equals(program.hash())) {
      throw noTrace(path, "it is one of another program");
    }
  }

  private static EngineException noTrace(Path path, String cause) {
    return new EngineException(
        EngineException.Fault.NO_TRACE,
        path + " is not a trace of this program: " + cause + "; run the program again");
  }

  private static Hash hash(ByteBuffer bytes) {
    byte[] hash = new byte[Hash.LENGTH];
    bytes.get(hash);
    return Hash.of(hash);
  }

  @Override
  public void write(int node, long position, ByteBuffer bytes) throws IOException {
    writeFully(bytes, layout.position(node) + position);
  }

  /** Ends the file: it has the tensors of all nodes, with these commitments. */
  void complete(List<Hash> commitments) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(layout.headLength());
    head.putLong(0).putInt(commitments.size()).put(program.hash().bytes());
    commitments.forEach(commitment -> head.put(commitment.bytes()));
    writeFully(head.rewind(), 0);
    // The last tensor's leaf is filled to its end.
    if (channel.size() < layout.length()) {
      writeFully(ByteBuffer.allocate(1), layout.length() - 1);
    }
    channel.force(false);
    writeFully(ByteBuffer.allocate(Long.BYTES).putLong(COMPLETE).rewind(), 0);
    channel.force(false);
  }

  private void writeFully(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** The commitments to the tensors, by node, weights among them. */
  public List<Hash> commitments() throws IOException {
    int nodes = program.nodes().size();
    ByteBuffer bytes = read(TraceLayout.HEAD, nodes * Hash.LENGTH);
    List<Hash> commitments = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      commitments.add(hash(bytes));
    }
    return commitments;
  }

  /**
   * The tensor of a node: of an input or claim as it was given, of others in canonical form.
   *
   * @throws IllegalArgumentException if the node is a weight, which stays with the model
   */
  public WholeTensor tensor(int node) throws IOException {
    Node definition = program.nodes().get(node);
    int length = Math.toIntExact(definition.length());
    return new WholeTensor(
        definition.dataType(), definition.count(), read(layout.position(node), length));
  }

  /**
   * A leaf of a node's tensor: {@value TensorTree#LEAF_LENGTH} bytes, of the last one with the
   * zeros that fill it.
   *
   * @throws IllegalArgumentException if the node is a weight, or has no such leaf
   */
  public byte[] leaf(int node, int place) throws IOException {
    if (place < 0 || place >= layout.leaves(node)) {
      throw new IllegalArgumentException(
          "node " + node + " has " + layout.leaves(node) + " leaves, none at " + place);
    }
    long position = layout.position(node) + (long) place * TensorTree.LEAF_LENGTH;
    return read(position, TensorTree.LEAF_LENGTH).array();
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("the trace file ends before byte " + (position + length));
      }
    }
    return bytes.rewind();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
