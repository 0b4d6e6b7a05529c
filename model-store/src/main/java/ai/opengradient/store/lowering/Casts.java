package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import java.util.Locale;

/** Elements as another type. */
final class Casts {
  private Casts() {}

  static void addTo(OperatorTable table) {
    table.add("Cast", call -> call.tensors().cast(call.input(0), target(call)));
    table.add("CastLike", call -> call.tensors().cast(call.input(0), call.input(1).dataType()));
    table.add("BitCast", Casts::bitCast);
  }

  /** The type is a name before version 6. */
  private static DataType target(Call call) {
    if (call.opset() >= 6) {
      return call.dataType("to", call.input(0).dataType());
    }
    String name = call.attributes().text("to", "").toLowerCase(Locale.ROOT);
    try {
      return DataType.fromLabel(name.equals("float") ? "float32" : name);
    } catch (TensorException.InvalidType e) {
      throw new LoweringFailure.Unsupported(String.valueOf(e.getMessage()));
    }
  }

  /** The same bits. Among integers and bools of one width that is the same as a cast. */
  private static Value bitCast(Call call) {
    Value value = call.input(0);
    DataType type = call.dataType("to", value.dataType());
    if (type.width() != value.dataType().width()) {
      throw new LoweringFailure.Invalid("the types have different widths");
    }
    if (type != value.dataType() && (value.isFloat() || type == DataType.FLOAT32)) {
      throw new LoweringFailure.Unsupported(
          "the bits of a float are out of reach; compute with numbers instead");
    }
    return call.tensors().cast(value, type);
  }
}
