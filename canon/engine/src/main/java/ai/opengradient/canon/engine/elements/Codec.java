package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;

/** Whole tensors between the canon's bytes and the engine's arrays, with all threads. */
public final class Codec {
  /** Elements of a task. */
  private static final int TASK = 1 << 18;

  private Codec() {}

  /** Reads a tensor, in canonical form. */
  public static Elements decoded(WholeTensor tensor, Crew crew) throws InterruptedException {
    DataType type = tensor.dataType();
    int count = tensor.count();
    ByteBuffer data = tensor.data();
    Elements elements = Elements.allocate(type, count);
    crew.share(
        count,
        TASK,
        (first, length, workspace) ->
            elements.decode(slice(data, type, first, length), first, length));
    return elements;
  }

  /** Writes a tensor. */
  public static WholeTensor encoded(Elements elements, Crew crew) throws InterruptedException {
    DataType type = elements.dataType();
    int count = elements.count();
    ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(count, type.width()));
    crew.share(
        count,
        TASK,
        (first, length, workspace) ->
            elements.encode(first, length, slice(data, type, first, length)));
    return new WholeTensor(type, count, data);
  }

  private static ByteBuffer slice(ByteBuffer data, DataType type, int first, int length) {
    return data.slice(data.position() + first * type.width(), length * type.width());
  }
}
