package ai.opengradient.worker.calibration;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.manifest.Domain;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded random inputs: the same on every machine. */
public final class SampleInputs {
  private final SplittableRandom random;

  public SampleInputs(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * One tensor for each type.
   *
   * @param ranges of the elements, one for each type; where none is stated floats are normal and
   *     integers those of a byte, or of one bit where the type is wider than a byte
   */
  public List<Tensor> next(List<TensorType> types, List<Domain> ranges) {
    Tensor[] tensors = new Tensor[types.size()];
    for (int input = 0; input < tensors.length; input++) {
      tensors[input] = tensor(types.get(input), ranges.get(input));
    }
    return List.of(tensors);
  }

  private Tensor tensor(TensorType type, Domain range) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength()));
    while (bytes.hasRemaining()) {
      switch (type.dataType()) {
        case FLOAT32 -> bytes.putFloat(real(range));
        case INT64 -> bytes.putLong(integer(range, 0, 1));
        case INT32 -> bytes.putInt((int) integer(range, 0, 1));
        case UINT8 -> bytes.put((byte) integer(range, 0, 255));
        case INT8 -> bytes.put((byte) integer(range, Byte.MIN_VALUE, Byte.MAX_VALUE));
        case BOOL -> bytes.put((byte) random.nextInt(2));
      }
    }
    return new Tensor(type, bytes.flip()).canonical();
  }

  private float real(Domain range) {
    return range.isStated()
        ? (float) (range.low() + random.nextDouble() * ((double) range.high() - range.low()))
        : normal();
  }

  /** By twelve uniform numbers, whose sum needs no function that machines may round differently. */
  private float normal() {
    double sum = -6;
    for (int term = 0; term < 12; term++) {
      sum += random.nextDouble();
    }
    return (float) sum;
  }

  private long integer(Domain range, long low, long high) {
    return range.isStated()
        ? random.nextLong((long) range.low(), (long) range.high() + 1)
        : random.nextLong(low, high + 1);
  }

  /** Whether a range can be that of elements of a type. */
  public static boolean fits(DataType type, Domain range) {
    return switch (type) {
      case FLOAT32 -> true;
      case INT64, INT32 -> true;
      case UINT8 -> !range.isStated() || (range.low() >= 0 && range.high() <= 255);
      case INT8 ->
          !range.isStated() || (range.low() >= Byte.MIN_VALUE && range.high() <= Byte.MAX_VALUE);
      case BOOL -> !range.isStated();
    };
  }
}
