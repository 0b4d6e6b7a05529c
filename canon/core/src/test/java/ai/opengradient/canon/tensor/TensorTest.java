package ai.opengradient.canon.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void writesElementsBigEndian() {
    assertThat(Tensor.ofFloats(new float[] {1, -2}, 2).toByteArray())
        .containsExactly(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
    assertThat(Tensor.ofInts(new int[] {0x01020304}, 1).toByteArray()).containsExactly(1, 2, 3, 4);
    assertThat(Tensor.ofLongs(new long[] {-2}).toByteArray())
        .containsExactly(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe);
    assertThat(Tensor.ofBooleans(new boolean[] {true, false}, 2).toByteArray())
        .containsExactly(1, 0);
  }

  @Test
  void readsBackWhatItWasBuiltOf() {
    assertThat(Tensor.ofFloats(new float[] {0.1f, Float.MIN_VALUE}, 1, 2).floats())
        .containsExactly(0.1f, Float.MIN_VALUE);
    assertThat(Tensor.ofInts(new int[] {Integer.MIN_VALUE, 7}, 2).ints())
        .containsExactly(Integer.MIN_VALUE, 7);
    assertThat(Tensor.ofLongs(new long[] {Long.MAX_VALUE, -7}, 2).longs())
        .containsExactly(Long.MAX_VALUE, -7);
    assertThat(Tensor.ofBooleans(new boolean[] {true, false}, 2).booleans())
        .containsExactly(true, false);
  }

  @Test
  void keepsBitsUntilAskedForTheCanonicalForm() {
    byte[] given = {
      (byte) 0x80, 0, 0, 0, (byte) 0xff, (byte) 0xc1, 0x23, 0x45, 0x3f, (byte) 0x80, 0, 0
    };
    Tensor tensor = Tensor.of(TensorType.of(DataType.FLOAT32, 3), given);

    assertThat(tensor.toByteArray()).isEqualTo(given);
    assertThat(tensor.canonical().toByteArray())
        .containsExactly(0, 0, 0, 0, 0x7f, 0xc0, 0, 0, 0x3f, 0x80, 0, 0);
    Tensor integers = Tensor.ofInts(new int[] {Integer.MIN_VALUE}, 1);
    assertThat(integers.canonical()).isEqualTo(integers);
  }

  @Test
  void refusesDataThatAreNotTheTypes() {
    TensorType type = TensorType.of(DataType.FLOAT32, 2);
    assertThatThrownBy(() -> Tensor.of(type, new byte[7]))
        .isInstanceOf(TensorException.InvalidData.class)
        .hasMessageContaining("8 bytes, not 7");
    assertThatThrownBy(() -> Tensor.of(TensorType.of(DataType.BOOL, 2), new byte[] {1, 2}))
        .isInstanceOf(TensorException.InvalidData.class)
        .hasMessageContaining("element 1");
    assertThatThrownBy(() -> Tensor.ofFloats(new float[3], 2))
        .isInstanceOf(TensorException.InvalidData.class);
  }

  @Test
  void refusesToBeReadAsAnotherType() {
    Tensor tensor = Tensor.ofInts(new int[] {1}, 1);
    assertThatThrownBy(tensor::floats).isInstanceOf(TensorException.WrongElementType.class);
    assertThatThrownBy(tensor::longs).isInstanceOf(TensorException.WrongElementType.class);
    assertThatThrownBy(tensor::booleans).isInstanceOf(TensorException.WrongElementType.class);
    assertThatThrownBy(() -> Tensor.ofFloats(new float[1], 1).ints())
        .isInstanceOf(TensorException.WrongElementType.class);
  }

  @Test
  void isEqualByTypeAndBytesAndCannotBeWritten() {
    Tensor tensor = Tensor.ofInts(new int[] {1, 2}, 2);
    assertThat(tensor)
        .isEqualTo(Tensor.ofInts(new int[] {1, 2}, 2))
        .hasSameHashCodeAs(Tensor.ofInts(new int[] {1, 2}, 2));
    assertThat(tensor).isNotEqualTo(Tensor.ofInts(new int[] {1, 2}, 1, 2));
    assertThat(tensor).isNotEqualTo(Tensor.ofInts(new int[] {1, 3}, 2));
    ByteBuffer bytes = tensor.bytes();
    assertThatThrownBy(() -> bytes.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    bytes.getInt();
    assertThat(tensor.bytes().remaining()).isEqualTo(8);
  }
}
