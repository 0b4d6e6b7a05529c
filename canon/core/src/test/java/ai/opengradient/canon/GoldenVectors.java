package ai.opengradient.canon;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The vectors in {@code canon/vectors}, which an implementation in another language wrote. */
public final class GoldenVectors {
  private GoldenVectors() {}

  /** The objects in a file's list. */
  public static Stream<JsonNode> read(String file, String list) {
    try {
      Path vectors = Path.of(System.getProperty("opg.root"), "canon", "vectors");
      return new ObjectMapper().readTree(vectors.resolve(file).toFile()).get(list).valueStream();
    } catch (IOException e) {
      throw new IllegalStateException("canon/vectors/" + file + " can't be read", e);
    }
  }

  /** What a program's run is given. */
  public static GivenTensors given(JsonNode vector) {
    Map<Hash, ByteBuffer> weights = new HashMap<>();
    for (JsonNode weight : vector.get("weights")) {
      weights.put(Hash.of(bytes(weight.get("root"))), ByteBuffer.wrap(bytes(weight.get("data"))));
    }
    return new GivenTensors(tensors(vector.get("inputs")), weights, tensors(vector.get("claims")));
  }

  private static List<WholeTensor> tensors(JsonNode list) {
    return list.valueStream()
        .map(tensor ->
            new WholeTensor(
                DataType.fromCode(tensor.get("dtype").intValue()),
                tensor.get("count").intValue(),
                ByteBuffer.wrap(bytes(tensor.get("data")))))
        .toList();
  }

  /** The bytes behind {@code 0x}. */
  public static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.textValue().substring(2));
  }

  /** The bits of a float32 behind {@code 0x}. */
  public static int bits(JsonNode hex) {
    return Integer.parseUnsignedInt(hex.textValue(), 2, hex.textValue().length(), 16);
  }

  /** A shape's dimensions. */
  public static List<Integer> shape(JsonNode vector) {
    return integers(vector.get("shape"));
  }

  /** A list of integers. */
  public static List<Integer> integers(JsonNode list) {
    List<Integer> integers = new ArrayList<>();
    list.forEach(integer -> integers.add(integer.intValue()));
    return integers;
  }

  /** A list of element types, by their labels. */
  public static List<DataType> types(JsonNode labels) {
    return labels.valueStream().map(label -> DataType.fromLabel(label.textValue())).toList();
  }
}
