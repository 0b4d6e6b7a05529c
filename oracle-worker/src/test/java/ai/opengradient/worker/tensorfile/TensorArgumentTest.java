package ai.opengradient.worker.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorArgumentTest {
  private static final TensorType PAIRS = TensorType.of(DataType.FLOAT32, 2, 2);
  private static final Tensor PAIRS_VALUE = Tensor.ofFloats(new float[] {1, -2.5f, 3, 4}, 2, 2);

  @TempDir Path folder = Path.of("");

  @Test
  void readsInlineJson() {
    assertThat(read("[[1,-2.5],[3,4e0]]", PAIRS)).isEqualTo(PAIRS_VALUE);
  }

  @Test
  void readsAJsonFile() {
    assertThat(read(file("x.json", "[[1, -2.5], [3, 4]]"), PAIRS)).isEqualTo(PAIRS_VALUE);
  }

  @Test
  void readsAScalar() {
    assertThat(read("7", TensorType.of(DataType.INT64))).isEqualTo(Tensor.ofLongs(new long[] {7}));
  }

  @Test
  void roundsADecimalToTheNearestFloat() {
    TensorType type = TensorType.of(DataType.FLOAT32, 2);
    assertThat(read("[0.1, 16777217.0000001]", type).floats()).containsExactly(0.1f, 16777218f);
  }

  @Test
  void readsAndWritesWhatJsonHasNoNumberFor() {
    Tensor tensor =
        read("[\"NaN\",\"Infinity\",\"-Infinity\"]", TensorType.of(DataType.FLOAT32, 3));
    assertThat(tensor.floats())
        .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(JsonTensor.write(tensor)).isEqualTo(List.of("NaN", "Infinity", "-Infinity"));
  }

  @Test
  void writesEveryType() {
    assertThat(JsonTensor.write(PAIRS_VALUE))
        .isEqualTo(List.of(List.of(1f, -2.5f), List.of(3f, 4f)));
    assertThat(JsonTensor.write(read("[255]", TensorType.of(DataType.UINT8, 1))))
        .isEqualTo(List.of(255));
    assertThat(JsonTensor.write(read("[-128]", TensorType.of(DataType.INT8, 1))))
        .isEqualTo(List.of((byte) -128));
    assertThat(JsonTensor.write(read("[-2147483648]", TensorType.of(DataType.INT32, 1))))
        .isEqualTo(List.of(Integer.MIN_VALUE));
    assertThat(JsonTensor.write(read("[true,false]", TensorType.of(DataType.BOOL, 2))))
        .isEqualTo(List.of(true, false));
    assertThat(JsonTensor.write(Tensor.ofLongs(new long[] {Long.MIN_VALUE})))
        .isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[1,2],[3]]      | FLOAT32 | TENSOR_WRONG_SHAPE",
        "[[1,2]]          | FLOAT32 | TENSOR_WRONG_SHAPE",
        "[[1,2],[3,[4]]]  | FLOAT32 | TENSOR_WRONG_SHAPE",
        "5                | FLOAT32 | TENSOR_WRONG_SHAPE",
        "[[1,2],[3,4]     | FLOAT32 | TENSOR_FILE_INVALID",
        "[[1,2],[3,4]] 5  | FLOAT32 | TENSOR_FILE_INVALID",
        "[[1,2],[3,true]] | FLOAT32 | TENSOR_VALUE_INVALID",
        "[[1,2],[3,1e39]] | FLOAT32 | TENSOR_VALUE_INVALID",
        "[[1,2],[3,null]] | FLOAT32 | TENSOR_VALUE_INVALID",
        "[[1,2],[3,4.5]]  | INT32   | TENSOR_VALUE_INVALID",
        "[[1,2],[3,256]]  | UINT8   | TENSOR_VALUE_INVALID",
        "[[1,2],[3,-1]]   | UINT8   | TENSOR_VALUE_INVALID",
        "[[1,2],[3,128]]  | INT8    | TENSOR_VALUE_INVALID",
        "[[1,2],[3,9223372036854775808]] | INT64 | TENSOR_VALUE_INVALID",
        "[[true,true],[true,1]] | BOOL | TENSOR_VALUE_INVALID",
      })
  void refusesOtherJson(String text, DataType dataType, ErrorCode code) {
    assertThat(failure(text, TensorType.of(dataType, 2, 2)).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsNumpyOfEitherByteOrder(int version) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      String descr = order == ByteOrder.BIG_ENDIAN ? ">f4" : "<f4";
      byte[] data =
          ByteBuffer.allocate(16)
              .order(order)
              .putFloat(1)
              .putFloat(-2.5f)
              .putFloat(3)
              .putFloat(4)
              .array();
      assertThat(read(numpy(version, descr, "False", "(2, 2)", data), PAIRS))
          .isEqualTo(PAIRS_VALUE);
    }
  }

  @Test
  void readsEveryNumpyType() {
    assertThat(
            read(
                    numpy(1, "|u1", "False", "(2,)", new byte[] {1, -1}),
                    TensorType.of(DataType.UINT8, 2))
                .toByteArray())
        .containsExactly(1, -1);
    assertThat(
            read(
                    numpy(1, "|i1", "False", "(2,)", new byte[] {1, -1}),
                    TensorType.of(DataType.INT8, 2))
                .toByteArray())
        .containsExactly(1, -1);
    assertThat(
            read(
                    numpy(1, "|b1", "False", "(2,)", new byte[] {1, 0}),
                    TensorType.of(DataType.BOOL, 2))
                .booleans())
        .containsExactly(true, false);
    assertThat(
            read(
                    numpy(1, "<i4", "False", "()", new byte[] {1, 2, 0, 0}),
                    TensorType.of(DataType.INT32))
                .ints())
        .containsExactly(513);
    assertThat(
            read(
                    numpy(1, ">i8", "True", "(1,)", new byte[] {0, 0, 0, 0, 0, 0, 0, 9}),
                    TensorType.of(DataType.INT64, 1))
                .longs())
        .containsExactly(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<f8 | False | (2, 2)    | 32 | TENSOR_WRONG_TYPE",
        "<i4 | False | (2, 2)    | 16 | TENSOR_WRONG_TYPE",
        "<f4 | False | (4,)      | 16 | TENSOR_WRONG_SHAPE",
        "<f4 | False | (1, 2, 2) | 16 | TENSOR_WRONG_SHAPE",
        "<f4 | True  | (2, 2)    | 16 | TENSOR_FILE_INVALID",
        "<f4 | False | (2, 2)    | 15 | TENSOR_FILE_INVALID",
        "<f4 | False | (2, 2)    | 17 | TENSOR_FILE_INVALID",
        "<f4 | False | (0, 2)    | 0  | TENSOR_FILE_INVALID",
        "<f4 | False | (99999999999,) | 16 | TENSOR_FILE_INVALID",
        "<f4 | Maybe | (2, 2)    | 16 | TENSOR_FILE_INVALID",
      })
  void refusesOtherNumpyFiles(
      String descr, String fortranOrder, String shape, int length, ErrorCode code) {
    assertThat(failure(numpy(1, descr, fortranOrder, shape, new byte[length]), PAIRS).code())
        .isEqualTo(code);
  }

  @Test
  void refusesADamagedNumpyHeader() {
    byte[] whole = numpyBytes(1, "<f4", "False", "(2, 2)", new byte[16]);
    for (byte[] damaged :
        List.of(
            new byte[0],
            Arrays.copyOf(whole, 20),
            "not a NumPy file".getBytes(StandardCharsets.UTF_8),
            numpyBytes(4, "<f4", "False", "(2, 2)", new byte[16]))) {
      assertThat(failure(file("x.npy", damaged), PAIRS).code())
          .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    }
  }

  @Test
  void readsAProtoOfRawBytes() {
    ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    raw.putFloat(1).putFloat(-2.5f).putFloat(3).putFloat(4).flip();
    TensorProto proto = proto(DataType.FLOAT32).setRawData(ByteString.copyFrom(raw)).build();
    assertThat(read(file("x.pb", proto.toByteArray()), PAIRS)).isEqualTo(PAIRS_VALUE);
  }

  @Test
  void readsProtosOfListedElements() {
    TensorProto floats =
        proto(DataType.FLOAT32).addAllFloatData(List.of(1f, -2.5f, 3f, 4f)).build();
    assertThat(read(file("x.pb", floats.toByteArray()), PAIRS)).isEqualTo(PAIRS_VALUE);
    TensorProto longs = proto(DataType.INT64).addAllInt64Data(List.of(1L, 2L, 3L, 4L)).build();
    assertThat(read(file("x.pb", longs.toByteArray()), TensorType.of(DataType.INT64, 2, 2)).longs())
        .containsExactly(1, 2, 3, 4);
    for (DataType type : List.of(DataType.INT32, DataType.UINT8, DataType.INT8)) {
      TensorProto small = proto(type).addAllInt32Data(List.of(1, 2, 3, 4)).build();
      assertThat(read(file("x.pb", small.toByteArray()), TensorType.of(type, 2, 2)))
          .isEqualTo(read("[[1,2],[3,4]]", TensorType.of(type, 2, 2)));
    }
    TensorProto booleans = proto(DataType.BOOL).addAllInt32Data(List.of(1, 0, 0, 1)).build();
    assertThat(
            read(file("x.pb", booleans.toByteArray()), TensorType.of(DataType.BOOL, 2, 2))
                .booleans())
        .containsExactly(true, false, false, true);
  }

  @Test
  void refusesOtherProtos() {
    assertThat(failure(file("x.pb", "not protobuf"), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    assertThat(failure(file("x.pb", proto(DataType.FLOAT32).build().toByteArray()), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    TensorProto external =
        proto(DataType.FLOAT32).setDataLocation(TensorProto.DataLocation.EXTERNAL).build();
    assertThat(failure(file("x.pb", external.toByteArray()), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    TensorProto text = TensorProto.newBuilder().setDataType(8).build();
    assertThat(failure(file("x.pb", text.toByteArray()), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_WRONG_TYPE);
    TensorProto huge = proto(DataType.FLOAT32).addDims(1L << 40).build();
    assertThat(failure(file("x.pb", huge.toByteArray()), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    TensorProto beyond = proto(DataType.UINT8).addAllInt32Data(List.of(1, 2, 3, 256)).build();
    assertThat(
            failure(file("x.pb", beyond.toByteArray()), TensorType.of(DataType.UINT8, 2, 2)).code())
        .isEqualTo(ErrorCode.TENSOR_VALUE_INVALID);
  }

  @Test
  void refusesAnotherExtensionAndAMissingFile() {
    assertThat(failure(file("x.csv", "1,2"), PAIRS).code())
        .isEqualTo(ErrorCode.TENSOR_FILE_INVALID);
    assertThat(failure("@" + folder.resolve("none.npy"), PAIRS).code())
        .isEqualTo(ErrorCode.FILE_NOT_READABLE);
  }

  private static TensorProto.Builder proto(DataType type) {
    return TensorProto.newBuilder().setDataType(type.code()).addDims(2).addDims(2);
  }

  private static Tensor read(String text, TensorType type) {
    return TensorArgument.read("x", Path.of(""), text, type);
  }

  private static OpgException failure(String text, TensorType type) {
    return catchThrowableOfType(OpgException.class, () -> read(text, type));
  }

  private String numpy(int version, String descr, String fortranOrder, String shape, byte[] data) {
    return file("x.npy", numpyBytes(version, descr, fortranOrder, shape, data));
  }

  private static byte[] numpyBytes(
      int version, String descr, String fortranOrder, String shape, byte[] data) {
    byte[] header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(descr, fortranOrder, shape)
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length);
    bytes.write(length.array(), 0, version == 1 ? 2 : 4);
    bytes.writeBytes(header);
    bytes.writeBytes(data);
    return bytes.toByteArray();
  }

  private String file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String file(String name, byte[] bytes) {
    try {
      return "@" + Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
