package ai.opengradient.worker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the compiler said of a contract. */
public final class Artifacts {

  private final JsonNode abi;

  private Artifacts(JsonNode abi) {
    this.abi = abi;
  }

  /**
   * A contract's, by its source's path below contracts/ without the ending, such as {@code
   * token/OPG}.
   */
  public static Artifacts of(String contract) {
    String name = Path.of(contract).getFileName().toString();
    Path file =
        Repository.root().resolve("artifacts/contracts/" + contract + ".sol/" + name + ".json");
    try {
      return new Artifacts(new JsonMapper().readTree(Files.readString(file)).path("abi"));
    } catch (IOException notCompiled) {
      throw new UncheckedIOException(
          "the contracts aren't compiled: run scripts/setup", notCompiled);
    }
  }

  /** The canonical signatures of all functions, events or errors. */
  public Stream<String> signatures(String kind) {
    return elements(abi)
        .filter(entry -> entry.path("type").asText().equals(kind))
        .map(entry -> entry.path("name").asText() + tuple(entry.path("inputs")));
  }

  private static String tuple(JsonNode parameters) {
    return elements(parameters).map(Artifacts::type).collect(Collectors.joining(",", "(", ")"));
  }

  private static String type(JsonNode parameter) {
    String type = parameter.path("type").asText();
    return type.startsWith("tuple")
        ? tuple(parameter.path("components")) + type.substring("tuple".length())
        : type;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
