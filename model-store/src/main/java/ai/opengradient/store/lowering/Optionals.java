package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.Optional;

/** Operators of optional values where the value is a tensor that is there, or left out. */
final class Optionals {
  private Optionals() {}

  static void addTo(OperatorTable table) {
    table.add("OptionalHasElement", Optionals::isThere);
    table.add("OptionalGetElement", call -> call.input(0));
  }

  private static Value isThere(Call call) {
    Optional<Value> value = call.optional(0);
    return call.tensors().scalar(DataType.BOOL, value.isPresent() ? 1 : 0);
  }
}
