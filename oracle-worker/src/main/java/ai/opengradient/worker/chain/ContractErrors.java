package ai.opengradient.worker.chain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All errors that the contracts declare, by the selector that a reverted call's data begins with.
 */
final class ContractErrors {

  private static final int SELECTOR_DIGITS = 10;
  private static final Pattern DECLARATION = Pattern.compile("(\\w+)\\((.*)\\)");

  private record Declaration(String name, List<String> types, List<String> names) {

    static Declaration parse(String line) {
      Matcher matcher = DECLARATION.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalStateException("'" + line + "' does not declare an error");
      }
      List<String> types = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (String parameter : matcher.group(2).split(", ", -1)) {
        if (!parameter.isEmpty()) {
          String[] typeAndName = parameter.split(" ", 2);
          types.add(typeAndName[0]);
          names.add(typeAndName[1]);
        }
      }
      return new Declaration(Objects.requireNonNull(matcher.group(1)), types, names);
    }

    List<ContractError.Argument> arguments(AbiReader data) {
      List<ContractError.Argument> arguments = new ArrayList<>();
      for (int index = 0; index < types.size(); index++) {
        arguments.add(new ContractError.Argument(names.get(index), text(types.get(index), data)));
      }
      return arguments;
    }

    private static String text(String type, AbiReader data) {
      return switch (type) {
        case "address" -> data.address().toString();
        case "bytes32" -> data.hash().toString();
        case "string" -> data.text();
        case "bytes" -> Hexadecimal.data(data.bytes());
        default -> data.integer().toString();
      };
    }

    String signature() {
      return name + "(" + String.join(",", types) + ")";
    }
  }

  private static final Map<String, Declaration> BY_SELECTOR =
      declarations()
          .collect(
              Collectors.toUnmodifiableMap(
                  declaration -> Abi.selector(declaration.signature()),
                  declaration -> declaration));

  private ContractErrors() {}

  static ContractError decode(String revertData) {
    Declaration declaration =
        revertData.length() < SELECTOR_DIGITS
            ? null
            : BY_SELECTOR.get(revertData.substring(0, SELECTOR_DIGITS));
    if (declaration == null) {
      return unknown(revertData);
    }
    List<ContractError.Argument> arguments;
    try {
      arguments =
          AbiReader.read(
              "an error's arguments",
              "0x" + revertData.substring(SELECTOR_DIGITS),
              declaration::arguments);
    } catch (ChainException.Undecodable notTheArguments) {
      return unknown(revertData);
    }
    return new ContractError(declaration.name(), arguments);
  }

  /** Every declared error's canonical signature, such as {@code TooLate(uint64,uint40)}. */
  static Stream<String> signatures() {
    return declarations().map(Declaration::signature);
  }

  private static ContractError unknown(String revertData) {
    return new ContractError("Unknown", List.of(new ContractError.Argument("data", revertData)));
  }

  private static Stream<Declaration> declarations() {
    try (InputStream list = ContractErrors.class.getResourceAsStream("contract-errors.txt")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Declaration::parse);
    } catch (IOException unreadable) {
      throw new IllegalStateException("the list of the contracts' errors", unreadable);
    }
  }
}
