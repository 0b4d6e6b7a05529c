package ai.opengradient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training gives the files that lie in {@code models/}, byte for byte, and they are good at what
 * they do.
 */
final class TrainedModelsTest {
  private static final Path COMMITTED = Path.of("models");
  private static final String VOLATILITY =
      "bf3e48498f6d6d4b97ff2509bd1d705bddc0ba0ba637670afe01fc04dfa52ac8";
  private static final String DIGITS =
      "7eb0ef644646d7dc6c93043c308bbfde0dc611b8e8e4099d384f3a7462e78bd1";

  @TempDir private static Path trained;

  /** Where digits and the letter i are not ours. */
  @BeforeAll
  static void trainInAnotherLanguage() throws IOException {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
    try {
      TrainModels.main(new String[] {trained.toString()});
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void everyTrainingWritesTheCommittedFiles() throws IOException {
    try (var files = Files.list(COMMITTED)) {
      assertThat(files.map(Path::getFileName))
          .hasSize(9)
          .allSatisfy(name ->
              assertThat(trained.resolve(name)).hasSameBinaryContentAs(COMMITTED.resolve(name)));
    }
  }

  @Test
  void theModelsAreTheOnesWeKnow() throws IOException, NoSuchAlgorithmException {
    assertThat(sha256(COMMITTED.resolve("volatility.onnx"))).isEqualTo(VOLATILITY);
    assertThat(sha256(COMMITTED.resolve("digits.onnx"))).isEqualTo(DIGITS);
  }

  @Test
  void theVolatilityModelBeatsTheUsualForecasts() throws IOException {
    JsonNode scores = heldOut("volatility");
    double error = scores.path("error").asDouble();

    assertThat(error).isPositive();
    assertThat(error / scores.path("errorOfRiskMetrics").asDouble()).isLessThan(0.9);
    assertThat(error / scores.path("errorOfRollingDeviation").asDouble()).isLessThan(0.9);
  }

  @Test
  void theClassifierReadsDigitsItHasNotSeen() throws IOException {
    assertThat(heldOut("digits").path("accuracy").asDouble()).isGreaterThan(0.95);
  }

  private static JsonNode heldOut(String model) throws IOException {
    return new ObjectMapper()
        .readTree(trained.resolve("report.json").toFile())
        .path(model)
        .path("heldOut");
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
