package ai.opengradient.worker.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    TreeSet<String> declared = new TreeSet<>();
    for (String folder : List.of("token", "registry", "market")) {
      Path sources = REPOSITORY.resolve("contracts").resolve(folder);
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(path -> path.toString().endsWith(".sol")).toList()) {
            CUSTOM_ERROR
                .matcher(Files.readString(file))
                .results()
                .forEach(m -> declared.add(m.group(1)));
          }
        }
      }
    }
    assertThat(declared).contains("FeeTooLow", "UnknownModel", "StakeTooLow");
    assertThat(declared)
        .allSatisfy(name -> assertThat(ErrorCode.ofContractError(name)).isPresent());
  }

  @Test
  void everyContractCodeIsACustomError() throws IOException {
    StringBuilder sources =
        new StringBuilder("error ERC20InsufficientBalance(\nerror ERC20InsufficientAllowance(");
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("contracts"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sol")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    List<ErrorCode> declared =
        CUSTOM_ERROR
            .matcher(sources)
            .results()
            .flatMap(match -> ErrorCode.ofContractError(match.group(1)).stream())
            .toList();
    assertThat(declared)
        .contains(
            Arrays.stream(ErrorCode.values())
                .filter(code ->
                    code.area() == ErrorCode.Area.CONTRACTS && code != ErrorCode.UNKNOWN_REFUSAL)
                .toArray(ErrorCode[]::new));
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
