package ai.opengradient.worker.demo;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.ModelVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Moves an element of a claim out of its band. */
final class OutOfBand {
  /** More than the band on either side and what a stock answer may deviate. */
  private static final int BANDS = 4;

  private OutOfBand() {}

  /**
   * Outputs of which the first has one element, half-way, too far from where it was.
   *
   * @param bands one for each
   */
  static List<Tensor> one(List<Tensor> outputs, List<ModelVersion.Band> bands) {
    List<Tensor> moved = new ArrayList<>(outputs);
    moved.set(0, moved(outputs.getFirst(), bands.getFirst()));
    return moved;
  }

  private static Tensor moved(Tensor output, ModelVersion.Band band) {
    ByteBuffer bytes = ByteBuffer.allocate(output.bytes().remaining());
    bytes.put(output.bytes()).rewind();
    DataType type = output.type().dataType();
    int element = output.type().count() / 2;
    int at = element * type.width();
    switch (type) {
      case FLOAT32 -> bytes.putFloat(at, moved(bytes.getFloat(at), band));
      case BOOL, INT8, UINT8 -> bytes.put(at, (byte) (bytes.get(at) ^ 1));
      case INT32 -> bytes.putInt(at, bytes.getInt(at) ^ 1);
      case INT64 -> bytes.putLong(at, bytes.getLong(at) ^ 1);
    }
    return new Tensor(output.type(), bytes);
  }

  private static float moved(float value, ModelVersion.Band band) {
    if (!Float.isFinite(value)) {
      return 0;
    }
    float further = value + BANDS * (band.absolute() + band.relative() * Math.abs(value));
    return further == value ? Math.nextUp(value) : further;
  }
}
