package ai.opengradient.worker.cli;

import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Options of the form {@code TENSOR=NUMBER,NUMBER}. */
final class PairOption {
  private PairOption() {}

  /**
   * One pair of numbers for each tensor; tensors that nobody named get the usual one.
   *
   * @param command for messages
   * @param option its name, without dashes
   */
  static <T> List<T> read(
      String command,
      String option,
      Map<String, String> given,
      List<NamedTensor> tensors,
      T usual,
      BiFunction<Float, Float, T> make) {
    for (String named : given.keySet()) {
      if (tensors.stream().noneMatch(tensor -> tensor.name().equals(named))) {
        throw new OpgException(
            ErrorCode.INPUT_NAMES_WRONG,
            "--%s names %s, the model has %s"
                .formatted(option, named, tensors.stream().map(NamedTensor::name).toList()));
      }
    }
    List<T> pairs = new ArrayList<>();
    for (NamedTensor tensor : tensors) {
      String text = given.get(tensor.name());
      pairs.add(text == null ? usual : pair(command, option, text, make));
    }
    return pairs;
  }

  private static <T> T pair(
      String command, String option, String text, BiFunction<Float, Float, T> make) {
    String[] numbers = text.split(",", -1);
    try {
      if (numbers.length == 2) {
        return make.apply(Float.valueOf(numbers[0].strip()), Float.valueOf(numbers[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw notTwoNumbers(command, option, text, e);
    }
    throw notTwoNumbers(command, option, text, null);
  }

  private static OpgException notTwoNumbers(
      String command, String option, String text, @Nullable NumberFormatException cause) {
    return new OpgException(
        ErrorCode.USAGE, command + ": --" + option + " takes two numbers, not " + text, cause);
  }
}
