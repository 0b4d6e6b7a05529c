package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import ai.opengradient.canon.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast form against the plain one. */
final class ByteOrdersTest {
  @Test
  void canonicalIsThatOfTheProtocol() {
    Random random = new Random(7);
    for (int sample = 0; sample < 1_000_000; sample++) {
      int bits = random.nextInt();
      assertThat(ByteOrders.canonical(bits)).isEqualTo(Float32.canonical(bits));
    }
    int[] edges = {0, 1, 0x7f7fffff, 0x7f800000, 0x7f800001, 0x7fc00000, 0x7fffffff};
    for (int edge : edges) {
      for (int bits : new int[] {edge, edge | 0x80000000}) {
        assertThat(ByteOrders.canonical(bits)).isEqualTo(Float32.canonical(bits));
      }
    }
  }

  @Test
  void convertsFloatsOfAnyCount() {
    for (int count : new int[] {1, 4095, 4096, 4097, 10_000}) {
      float[] values = new float[count];
      for (int at = 0; at < count; at++) {
        values[at] = at % 3 == 0 ? -0f : at;
      }
      Tensor tensor = Tensor.ofFloats(values, count);
      ByteBuffer bytes = ByteBuffer.wrap(tensor.toByteArray());

      ByteOrders.convert(bytes, DataType.FLOAT32, ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
      float[] converted = new float[count];
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(converted);

      assertThat(Tensor.ofFloats(converted, count)).isEqualTo(tensor.canonical());
    }
  }
}
