package ai.opengradient.canon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The vectors in {@code canon/vectors}, which an implementation in another language wrote. */
public final class GoldenVectors {
  private GoldenVectors() {}

  /** The objects in a file's list. */
  public static Stream<JsonNode> read(String file, String list) {
    try {
      JsonNode vectors =
          new ObjectMapper().readTree(Path.of("..", "vectors", file).toFile()).get(list);
      return vectors.valueStream();
    } catch (IOException e) {
      throw new IllegalStateException("canon/vectors/" + file + " can't be read", e);
    }
  }

  /** The bytes behind {@code 0x}. */
  public static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.textValue().substring(2));
  }

  /** A shape's dimensions. */
  public static List<Integer> shape(JsonNode vector) {
    List<Integer> shape = new ArrayList<>();
    vector.get("shape").forEach(dimension -> shape.add(dimension.intValue()));
    return shape;
  }
}
