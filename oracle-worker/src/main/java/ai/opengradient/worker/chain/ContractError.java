package ai.opengradient.worker.chain;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An error with which a contract refused a call.
 *
 * @param name the error's name in Solidity, such as {@code TooLate}; {@code Error} for a reason in
 *     words, {@code Panic} for a failed assertion, {@code Unknown} for what no contract of ours
 *     declares
 * @param arguments in the declaration's order
 */
public record ContractError(String name, List<Argument> arguments) {

  /**
   * One argument of an error.
   *
   * @param name as declared
   * @param value numbers in decimal, addresses with checksum, bytes as {@code 0x} and hexadecimal
   *     digits
   */
  public record Argument(String name, String value) {
    @Override
    public String toString() {
      return name + " " + value;
    }
  }

  public ContractError {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads what a reverted call returned ({@code 0x} and hexadecimal digits; empty if it returned
   * nothing).
   */
  public static ContractError decode(String revertData) {
    return ContractErrors.decode(revertData);
  }

  /** For people: {@code TooLate(job 7, deadline 1789000000)}. */
  @Override
  public String toString() {
    return arguments.stream()
        .map(Argument::toString)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
