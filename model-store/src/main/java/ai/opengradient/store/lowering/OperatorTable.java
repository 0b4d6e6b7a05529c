package ai.opengradient.store.lowering;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operators that can be lowered, by ONNX's names. */
final class OperatorTable {
  private final Map<String, Operator> operators = new HashMap<>();

  /** Adds an operator of one output. */
  void add(String name, Function<Call, Value> operator) {
    addMany(name, call -> List.of(operator.apply(call)));
  }

  /** Adds an operator of several outputs. */
  void addMany(String name, Operator operator) {
    if (operators.put(name, operator) != null) {
      throw new IllegalStateException(name + " is there twice");
    }
  }

  @Nullable Operator find(String name) {
    return operators.get(name);
  }
}
