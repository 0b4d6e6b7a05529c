package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside the heap for inputs, used again for every request: fresh pages would cost more
 * than the transfer.
 */
final class InputBuffers {
  private final List<ByteBuffer> buffers = new ArrayList<>();

  /** Reads a list of tensors; those of the request before are gone. */
  List<NativeTensor> read(Wire wire) throws IOException {
    List<NativeTensor> tensors = new ArrayList<>();
    for (TensorType type : wire.readTypes()) {
      ByteBuffer elements = buffer(tensors.size(), Math.toIntExact(type.byteLength()));
      tensors.add(new NativeTensor(type, elements));
    }
    for (NativeTensor tensor : tensors) {
      read(wire, tensor);
    }
    return tensors;
  }

  /** Each piece is converted while it still lies in the cache, and the parent writes the next. */
  private static void read(Wire wire, NativeTensor tensor) throws IOException {
    ByteBuffer elements = tensor.elements();
    for (int start = 0; start < elements.capacity(); start += Wire.PIECE) {
      int length = Math.min(Wire.PIECE, elements.capacity() - start);
      ByteBuffer piece = elements.slice(start, length);
      wire.read(piece);
      ByteOrders.convert(
          piece.flip(), tensor.type().dataType(), ByteOrder.BIG_ENDIAN, ByteOrder.nativeOrder());
    }
  }

  private ByteBuffer buffer(int index, int bytes) {
    if (index == buffers.size()) {
      buffers.add(ByteBuffer.allocateDirect(bytes));
    } else if (buffers.get(index).capacity() < bytes) {
      buffers.set(index, ByteBuffer.allocateDirect(bytes));
    }
    return buffers.get(index).slice(0, bytes).order(ByteOrder.nativeOrder());
  }
}
