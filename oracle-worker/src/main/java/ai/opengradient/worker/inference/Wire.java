package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads the parts of messages that the package's description lists. Not for two threads
 * at once.
 */
final class Wire {
  /** Bytes that are worth a call of the system and still lie in a processor's cache. */
  static final int PIECE = 128 << 10;

  private static final int LONGEST_TEXT = 16 << 10;
  private static final int MOST_TENSORS = 1 << 16;

  private final ByteChannel channel;
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(PIECE).limit(0);

  Wire(ByteChannel channel) {
    this.channel = channel;
  }

  void writeInt(int value) throws IOException {
    makeRoom(Integer.BYTES);
    outgoing.putInt(value);
  }

  /** Texts beyond 16 KiB lose their end. */
  void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_TEXT);
    makeRoom(Integer.BYTES + length);
    outgoing.putInt(length).put(bytes, 0, length);
  }

  void writeTypes(List<TensorType> types) throws IOException {
    writeInt(types.size());
    for (TensorType type : types) {
      writeType(type.dataType(), type.shape());
    }
  }

  /** A type whose dimensions may be zero, which a tensor's are not. */
  void writeType(DataType dataType, List<Integer> shape) throws IOException {
    writeInt(dataType.code());
    writeInt(shape.size());
    for (int dimension : shape) {
      writeInt(dimension);
    }
  }

  void writeTensors(List<Tensor> tensors) throws IOException {
    writeTypes(tensors.stream().map(Tensor::type).toList());
    for (Tensor tensor : tensors) {
      write(tensor.bytes());
    }
  }

  void flush() throws IOException {
    outgoing.flip();
    while (outgoing.hasRemaining()) {
      channel.write(outgoing);
    }
    outgoing.clear();
  }

  int readInt() throws IOException {
    require(Integer.BYTES);
    return incoming.getInt();
  }

  String readText() throws IOException {
    int length = readInt();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new IOException("a text of " + length + " bytes");
    }
    require(length);
    byte[] bytes = new byte[length];
    incoming.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * A list of types; where they are those of tensors, the elements follow, one tensor after the
   * other.
   */
  List<TensorType> readTypes() throws IOException {
    int count = readInt();
    if (count < 0 || count > MOST_TENSORS) {
      throw new IOException(count + " tensors");
    }
    List<TensorType> types = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      DataType dataType = readDataType();
      types.add(new TensorType(dataType, readShape()));
    }
    return types;
  }

  DataType readDataType() throws IOException {
    return DataType.fromCode(readInt());
  }

  /** What follows a data type. */
  List<Integer> readShape() throws IOException {
    List<Integer> shape = new ArrayList<>();
    for (int rank = readInt(); rank > 0; rank--) {
      shape.add(readInt());
    }
    return shape;
  }

  /**
   * A whole list of tensors.
   *
   * @param most bytes of all their elements together
   */
  List<Tensor> readTensors(long most) throws IOException {
    List<TensorType> types = readTypes();
    long bytes = types.stream().mapToLong(TensorType::byteLength).sum();
    if (bytes > most) {
      throw new IOException("tensors of " + bytes + " bytes");
    }
    List<Tensor> tensors = new ArrayList<>();
    for (TensorType type : types) {
      ByteBuffer elements = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
      read(elements);
      tensors.add(new Tensor(type, elements.flip()));
    }
    return tensors;
  }

  /** Fills what remains of the buffer. */
  void read(ByteBuffer target) throws IOException {
    int buffered = Math.min(incoming.remaining(), target.remaining());
    target.put(incoming.slice(incoming.position(), buffered));
    incoming.position(incoming.position() + buffered);
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new EOFException();
      }
    }
  }

  /** Piece by piece, so that the other end reads one while this end copies the next. */
  void write(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      if (!outgoing.hasRemaining()) {
        flush();
      }
      int length = Math.min(source.remaining(), outgoing.remaining());
      outgoing.put(source.slice(source.position(), length));
      source.position(source.position() + length);
    }
  }

  private void makeRoom(int bytes) throws IOException {
    if (outgoing.remaining() < bytes) {
      flush();
    }
  }

  private void require(int bytes) throws IOException {
    if (incoming.remaining() >= bytes) {
      return;
    }
    incoming.compact();
    while (incoming.position() < bytes) {
      if (channel.read(incoming) < 0) {
        throw new EOFException();
      }
    }
    incoming.flip();
  }
}
