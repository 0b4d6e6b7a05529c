package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.tensorfile.TensorArgument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code --input NAME=VALUE} gives. */
final class InputArguments {
  private InputArguments() {}

  /**
   * The values by their names.
   *
   * @param command for messages
   */
  static Map<String, String> parse(String command, List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new OpgException(
            ErrorCode.USAGE, command + ": --input is NAME=VALUE, not '" + argument + "'");
      }
      if (given.put(argument.substring(0, equals), argument.substring(equals + 1)) != null) {
        throw new OpgException(
            ErrorCode.INPUT_NAMES_WRONG, argument.substring(0, equals) + " is given twice");
      }
    }
    return given;
  }

  /**
   * The tensors, in the order of what is wanted.
   *
   * @param folder from which relative paths count
   */
  static List<Tensor> read(Path folder, List<NamedTensor> wanted, Map<String, String> given) {
    List<String> names = wanted.stream().map(NamedTensor::name).toList();
    List<String> wrong =
        given.keySet().stream().filter(name -> !names.contains(name)).sorted().toList();
    List<String> missing = names.stream().filter(name -> !given.containsKey(name)).toList();
    if (!wrong.isEmpty() || !missing.isEmpty()) {
      throw new OpgException(
          ErrorCode.INPUT_NAMES_WRONG,
          "the model takes " + names + "; missing " + missing + ", unknown " + wrong);
    }
    List<Tensor> tensors = new ArrayList<>();
    for (NamedTensor input : wanted) {
      tensors.add(
          TensorArgument.read(
              input.name(), folder, Objects.requireNonNull(given.get(input.name())), input.type()));
    }
    return tensors;
  }
}
