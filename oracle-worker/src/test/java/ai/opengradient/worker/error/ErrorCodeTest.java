package ai.opengradient.worker.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CUSTOM_ERROR = Pattern.compile("(?m)^\\s*error (\\w+)\\(");

  @Test
  void numbersAscendAndAreUnique() {
    List<Integer> numbers = Arrays.stream(ErrorCode.values()).map(ErrorCode::number).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyTextIsWhole() {
    assertThat(ErrorCode.values())
        .allSatisfy(code -> {
          assertThat(code.title()).isNotBlank().doesNotEndWith(".");
          assertThat(code.cause()).endsWith(".");
          assertThat(code.wayOut()).endsWith(".");
          assertThat(code.exit()).isNotEqualTo(ExitCode.OK);
        });
  }

  @Test
  void isFoundByItsId() {
    assertThat(ErrorCode.find("OPG-201")).contains(ErrorCode.CHAIN_UNREACHABLE);
    assertThat(ErrorCode.find("opg-201")).contains(ErrorCode.CHAIN_UNREACHABLE);
    assertThat(ErrorCode.find("201")).contains(ErrorCode.CHAIN_UNREACHABLE);
    assertThat(ErrorCode.find("OPG-999")).isEmpty();
  }

  @Test
  void everyCustomErrorOfTheContractsHasACode() throws IOException {
    assertThat(customErrors()).contains("FeeTooLow", "UnknownModel", "StakeTooLow");
    assertThat(customErrors())
        .allSatisfy(name -> assertThat(ErrorCode.ofContractError(name)).isPresent());
  }

  @Test
  void everyContractCodeIsACustomError() throws IOException {
    List<ErrorCode> declared =
        customErrors().stream().flatMap(name -> ErrorCode.ofContractError(name).stream()).toList();
    assertThat(declared)
        .contains(
            Arrays.stream(ErrorCode.values())
                .filter(code ->
                    code.area() == ErrorCode.Area.CONTRACTS && code != ErrorCode.UNKNOWN_REFUSAL)
                .toArray(ErrorCode[]::new));
  }

  /** What the interfaces declare, and what the token says to a call of ours. */
  private static Set<String> customErrors() throws IOException {
    Set<String> names =
        new TreeSet<>(
            List.of(
                "ERC20InsufficientAllowance",
                "ERC20InsufficientBalance",
                "ERC20InvalidReceiver",
                "ERC20InvalidSpender"));
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("contracts"))) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().matches("I[A-Z].*\\.sol")).toList()) {
        CUSTOM_ERROR
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> names.add(match.group(1)));
      }
    }
    return names;
  }

  @Test
  void everyCodeIsOfUse() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    assertThat(ErrorCode.values())
        .filteredOn(code -> code.area() != ErrorCode.Area.CONTRACTS)
        .allSatisfy(
            code -> assertThat(sources).containsPattern("ErrorCode\\." + code.name() + "\\b"));
  }

  @Test
  void anotherErrorIsNotACode() {
    assertThat(ErrorCode.ofContractError("SomethingElse")).isEmpty();
    assertThat(ErrorCode.ofContractError("Usage")).isEmpty();
  }

  @Test
  void thePageIsInStep() throws IOException {
    assertThat(Files.readString(REPOSITORY.resolve("docs/errors.md")))
        .as("docs/errors.md; write it anew with: scripts/opg explain --all > docs/errors.md")
        .isEqualTo(ErrorPage.render());
  }
}
