package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.Attributes;
import ai.opengradient.store.graph.GraphTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tensors out of nothing but shapes and constants. */
final class Generators {
  private Generators() {}

  static void addTo(OperatorTable table) {
    table.add("Constant", Generators::constant);
    table.add("ConstantOfShape", Generators::constantOfShape);
    table.add("Range", Generators::range);
    table.add("EyeLike", Generators::eyeLike);
    table.add("OneHot", Generators::oneHot);
    table.add("Trilu", Generators::triangle);
    table.addMany("Dropout", Generators::dropout);
    table.add("NonZero", Generators::nonZero);
  }

  private static Value constant(Call call) {
    TensorBuilder tensors = call.tensors();
    Attributes attributes = call.attributes();
    if (attributes.has("value")) {
      return tensors.given(attributes.tensor("value").orElseThrow());
    } else if (attributes.has("value_float")) {
      return tensors.numbers(List.of(), attributes.number("value_float", 0));
    } else if (attributes.has("value_int")) {
      return tensors.scalar(DataType.INT64, attributes.integer("value_int", 0));
    } else if (attributes.has("value_ints")) {
      return tensors.vector(attributes.integers("value_ints").orElseThrow());
    } else if (attributes.has("value_floats")) {
      return tensors.vectorOfFloats(attributes.numbers("value_floats").orElseThrow());
    }
    throw new LoweringFailure.Unsupported(
        "only numbers in dense form can be constants; export the model without strings and sparse"
            + " tensors");
  }

  private static Value constantOfShape(Call call) {
    List<Integer> shape = Shapes.dimensions(call.integers(0, "the shape"));
    Optional<GraphTensor> given = call.attributes().tensor("value");
    if (given.isEmpty()) {
      return call.tensors().map(shape, Formula.number(0));
    }
    Value value = call.tensors().constant(given.get());
    if (value.count() != 1) {
      throw new LoweringFailure.Invalid("the value must be one element");
    }
    return call.tensors().map(shape, Formula.of(call.tensors().reshaped(value, List.of())));
  }

  private static Value range(Call call) {
    Value start = call.input(0);
    DataType type = start.dataType();
    double first = number(call, 0, "the start");
    double limit = number(call, 1, "the limit");
    double step = number(call, 2, "the step");
    double count = Math.max(0, Math.ceil((limit - first) / step));
    if (!(count <= Integer.MAX_VALUE)) {
      throw new LoweringFailure.Invalid("a range of " + count + " elements is out of reach");
    }
    Formula place = Formula.index(0).to(type);
    Formula delta = Formula.of(call.tensors().reshaped(call.input(2), List.of()));
    Formula from = Formula.of(call.tensors().reshaped(start, List.of()));
    return call.tensors().map(List.of((int) count), from.plus(place.times(delta)));
  }

  private static double number(Call call, int input, String what) {
    Value value = call.input(input);
    long[] elements = call.tensors().elements(what, value);
    if (elements.length != 1) {
      throw new LoweringFailure.Invalid(what + " must be one number");
    }
    return value.isFloat() ? Float.intBitsToFloat((int) elements[0]) : elements[0];
  }

  private static Value eyeLike(Call call) {
    Value like = call.input(0);
    if (like.rank() != 2) {
      throw new LoweringFailure.Invalid("it takes a matrix, not " + like.shape());
    }
    Formula diagonal =
        Formula.index(0)
            .plus(Formula.integer(call.attributes().integer("k", 0)))
            .isEqual(Formula.index(1));
    return call.tensors().map(like.shape(), diagonal.to(call.dataType("dtype", like.dataType())));
  }

  /** Depth is a constant; values are those for off and on. */
  private static Value oneHot(Call call) {
    Value indices = call.input(0);
    long depth = (long) number(call, 1, "the depth");
    int rank = indices.rank() + 1;
    int axis = Shapes.axis(call.attributes().integer("axis", -1), rank);
    List<Integer> shape = new ArrayList<>(indices.shape());
    shape.add(axis, Shapes.dimension(depth));
    List<Access> accesses = new ArrayList<>(Access.identity(rank));
    accesses.remove(axis);
    Formula given = Formula.of(indices, accesses).to(DataType.INT64);
    Formula index = given.fromFront(Formula.integer(depth));
    Value values = call.input(2);
    return call.tensors()
        .map(
            shape,
            index
                .isEqual(Formula.index(axis))
                .choose(
                    Formula.of(values, List.of(Access.at(1))),
                    Formula.of(values, List.of(Access.at(0)))));
  }

  /** The upper or lower triangle, zero elsewhere. */
  private static Value triangle(Call call) {
    Value x = call.input(0);
    if (x.rank() < 2) {
      throw new LoweringFailure.Invalid("it takes matrices, not " + x.shape());
    }
    long diagonal = call.optional(1).isPresent() ? call.integer(1, "the diagonal") : 0;
    Formula row = Formula.index(x.rank() - 2).plus(Formula.integer(diagonal));
    Formula column = Formula.index(x.rank() - 1);
    Formula isKept =
        call.attributes().flag("upper", true) ? row.isAtMost(column) : column.isAtMost(row);
    return call.tensors()
        .map(x.shape(), isKept.choose(Formula.of(x), Formula.whole(x.dataType(), 0)));
  }

  /** In inference everything passes; in training chance decides, unless the ratio is zero. */
  private static List<Value> dropout(Call call) {
    boolean training =
        call.opset() >= 12
            && call.optional(2)
                .map(value -> ControlFlow.isTrue(call.tensors(), value))
                .orElse(false);
    if (training && (call.optional(1).isEmpty() || number(call, 1, "the ratio") != 0)) {
      throw new LoweringFailure.Unsupported("chance is refused; export the model for inference");
    }
    Value x = call.input(0);
    // Before version 10 the mask had the type of the tensor.
    DataType type = call.opset() < 10 ? x.dataType() : DataType.BOOL;
    return List.of(x, call.tensors().map(x.shape(), Formula.whole(type, 1)));
  }

  /** The places of a constant's elements that are not zero, one column a place. */
  private static Value nonZero(Call call) {
    Value x = call.input(0);
    if (!x.isConstant()) {
      throw new LoweringFailure.Unsupported(
          "how many elements are not zero depends on the data; use a mask instead");
    }
    long[] elements = call.tensors().elements("the tensor", x);
    int found = 0;
    for (long element : elements) {
      found += element == 0 ? 0 : 1;
    }
    long[] places = new long[call.tensors().room(Math.multiplyExact(x.rank(), found))];
    int column = 0;
    for (int index = 0; index < elements.length; index++) {
      if (elements[index] != 0) {
        int rest = index;
        for (int axis = x.rank() - 1; axis >= 0; axis--) {
          places[axis * found + column] = rest % x.dimension(axis);
          rest /= x.dimension(axis);
        }
        column++;
      }
    }
    return call.tensors().constant(DataType.INT64, List.of(x.rank(), found), places);
  }
}
