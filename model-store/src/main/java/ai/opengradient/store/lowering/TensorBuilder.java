package ai.opengradient.store.lowering;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.GraphTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/** What operators are lowered with: values are made of values, and nodes come into being. */
final class TensorBuilder {
  /** Bytes of a MAP's descriptor that its operands may have. */
  private static final int OPERAND_BYTES = 960;

  private static final int MAXIMUM_OPERANDS = 16;

  private final ProgramBuilder program;
  private final MapCompiler maps;
  private final Gathers gathers;
  private final Folds folds;

  /** By identity: equal ones are found out when they are used. */
  private final IdentityHashMap<GraphTensor, Value> given = new IdentityHashMap<>();

  TensorBuilder(ProgramBuilder program) {
    this.program = program;
    maps = new MapCompiler(program);
    gathers = new Gathers(program);
    folds = new Folds(program, maps, gathers);
  }

  // Constants.

  /** A constant of the model: one value, however often a loop comes by. */
  Value given(GraphTensor tensor) {
    return given.computeIfAbsent(tensor, this::constant);
  }

  Value constant(GraphTensor tensor) {
    if (tensor.shape().contains(0)) {
      return Value.empty(tensor.dataType(), tensor.shape());
    }
    int count = Shapes.product(tensor.shape());
    Source source = new Source.Constant(new WholeTensor(tensor.dataType(), count, tensor.data()));
    return Value.rowMajor(tensor.dataType(), tensor.shape(), source);
  }

  /** Of elements in canonical form, row-major. */
  Value constant(DataType type, List<Integer> shape, long... elements) {
    ByteBuffer data = program.arithmetic().allocate(type, elements.length);
    for (long element : elements) {
      ConstantTensors.put(type, data, element);
    }
    return constant(new GraphTensor(type, shape, data.flip()));
  }

  Value scalar(DataType type, long element) {
    return constant(type, List.of(), element);
  }

  /** A float32 vector. */
  Value vectorOfFloats(List<Float> list) {
    float[] numbers = new float[list.size()];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = list.get(at);
    }
    return numbers(List.of(numbers.length), numbers);
  }

  Value numbers(List<Integer> shape, float... numbers) {
    long[] elements = new long[numbers.length];
    for (int at = 0; at < numbers.length; at++) {
      elements[at] = ConstantTensors.number(numbers[at]);
    }
    return constant(DataType.FLOAT32, shape, elements);
  }

  /** An int64 vector. */
  Value vector(List<? extends Number> numbers) {
    long[] elements = numbers.stream().mapToLong(Number::longValue).toArray();
    return constant(DataType.INT64, List.of(elements.length), elements);
  }

  /**
   * The elements of a constant, row-major.
   *
   * @param what it is to the operator, for people
   */
  long[] elements(String what, Value value) {
    if (value.isEmpty()) {
      return new long[0];
    }
    if (!(rowMajor(value).source() instanceof Source.Constant constant)) {
      throw new LoweringFailure.NotConstant(what, value);
    }
    long[] elements = new long[room(constant.tensor().count())];
    for (int index = 0; index < elements.length; index++) {
      elements[index] = constant.tensor().element(index);
    }
    return elements;
  }

  // Elementwise.

  /** The value that has a formula's elements, stored as its largest operand is. */
  Value map(List<Integer> shape, Formula formula) {
    return maps.map(shape, formula);
  }

  Value map(List<Integer> shape, List<Integer> order, Formula formula) {
    return maps.map(shape, order, formula);
  }

  /** The same, of the shape to which its operands are stretched. */
  Value elementwise(Formula formula) {
    List<Integer> shape = List.of();
    for (Formula part : formula.parts()) {
      if (part.step() instanceof Formula.Step.Stretched(Value value)) {
        shape = Shapes.broadcast(shape, value.shape());
      }
    }
    return maps.map(shape, formula);
  }

  Value cast(Value value, DataType type) {
    return value.dataType() == type ? value : elementwise(Formula.of(value).to(type));
  }

  /** Repeated along dimensions of 1 and new outer ones. */
  Value stretched(Value value, List<Integer> shape) {
    return value.shape().equals(shape) ? value : maps.map(shape, Formula.of(value));
  }

  // Folds.

  Value fold(FoldRequest request) {
    return folds.fold(request);
  }

  /** Folds whole axes, which are gone after it. */
  Value reduced(Reduction reduction, DataType type, Value value, List<Integer> axes) {
    return folds.fold(FoldRequest.over(reduction, type, value, axes));
  }

  /** Folds whole axes, which stay with the extent 1. */
  Value reducedInPlace(Reduction reduction, DataType type, Value value, List<Integer> axes) {
    List<Integer> shape = Shapes.with(value.shape(), axes, 1);
    return reshaped(reduced(reduction, type, value, axes), shape);
  }

  // Moving.

  /** Stored in the order of its axes. */
  Value rowMajor(Value value) {
    return value.isEmpty() ? value : maps.stored(value, Value.natural(value.rank()));
  }

  Value reshaped(Value value, List<Integer> shape) {
    if (value.isEmpty()) {
      return Value.empty(value.dataType(), shape);
    }
    if (value.shape().equals(shape)) {
      return value;
    }
    return Reshaping.withoutMoving(value, shape)
        .orElseGet(() -> Value.rowMajor(value.dataType(), shape, rowMajor(value).source()));
  }

  /** With new axes of extent 1, which are those of the result. */
  Value unsqueezed(Value value, List<Integer> axes) {
    List<Integer> shape = new ArrayList<>(value.shape());
    axes.stream().sorted().forEach(axis -> shape.add(axis, 1));
    return reshaped(value, shape);
  }

  /** A vector, or as many elements, along one axis of a rank. */
  Value along(Value vector, int rank, int axis) {
    int size = Shapes.dimension(vector.count());
    return reshaped(vector, Shapes.with(Collections.nCopies(rank, 1), axis, size));
  }

  /** With an axis as two, of which the outer one has this extent. */
  Value split(Value value, int axis, int outer) {
    List<Integer> shape = Shapes.with(value.shape(), axis, outer);
    shape.add(axis + 1, value.dimension(axis) / outer);
    return reshaped(value, shape);
  }

  /** Every so many elements of each axis, from a start on. */
  Value sliced(Value value, List<Integer> starts, List<Integer> steps, List<Integer> sizes) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < value.rank(); axis++) {
      accesses.add(Access.affine(starts.get(axis), Access.part(axis, steps.get(axis))));
    }
    boolean isWhole = sizes.equals(value.shape()) && accesses.equals(Access.identity(value.rank()));
    return isWhole || value.isEmpty()
        ? new Value(value.dataType(), sizes, value.order(), value.source())
        : maps.map(sizes, Formula.of(value, accesses));
  }

  /** A range of one axis. */
  Value part(Value value, int axis, int start, int size) {
    List<Integer> zeros = new ArrayList<>();
    List<Integer> ones = new ArrayList<>();
    for (int at = 0; at < value.rank(); at++) {
      zeros.add(0);
      ones.add(1);
    }
    return sliced(
        value, Shapes.with(zeros, axis, start), ones, Shapes.with(value.shape(), axis, size));
  }

  /** One place of an axis, which is gone after it. */
  Value place(Value value, int axis, int place) {
    Value part = part(value, axis, place, 1);
    return reshaped(part, Shapes.without(value.shape(), List.of(axis)));
  }

  /** One value behind the other. */
  Value concatenated(List<Value> values, int axis) {
    List<Value> parts = values.stream().filter(value -> !value.isEmpty()).toList();
    if (parts.isEmpty()) {
      int sum = values.stream().mapToInt(value -> value.dimension(axis)).sum();
      Value first = values.getFirst();
      return Value.empty(first.dataType(), Shapes.with(first.shape(), axis, sum));
    }
    int most = Math.clamp(OPERAND_BYTES / (5 + 18 * parts.getFirst().rank()), 2, MAXIMUM_OPERANDS);
    while (parts.size() > 1) {
      List<Value> longer = new ArrayList<>();
      for (int from = 0; from < parts.size(); from += most) {
        longer.add(joined(parts.subList(from, Math.min(parts.size(), from + most)), axis));
      }
      parts = longer;
    }
    return parts.getFirst();
  }

  private Value joined(List<Value> values, int axis) {
    List<Reading> readings = new ArrayList<>();
    int start = 0;
    for (Value value : values) {
      Access shifted = Access.along(axis).shifted(-start);
      readings.add(new Reading(value, Access.identity(value.rank(), axis, shifted)));
      start = Math.addExact(start, value.dimension(axis));
    }
    List<Integer> shape = Shapes.with(values.getFirst().shape(), axis, start);
    return maps.map(shape, Formula.firstOf(0, readings));
  }

  /** Values of one shape along a new axis. */
  Value stacked(List<Value> values, int axis) {
    return concatenated(
        values.stream().map(value -> unsqueezed(value, List.of(axis))).toList(), axis);
  }

  /**
   * Elements that indices pick on one axis of the data.
   *
   * @param data whose access on the axis does not count
   */
  Value gathered(List<Integer> shape, Reading indices, Reading data, int axis) {
    return gathers.gather(
        shape, Gathers.order(shape.size(), indices, data, axis), indices, data, axis);
  }

  /** A count of places that are to be written down one by one, if there is room for them. */
  int room(int places) {
    program.arithmetic().requireRoom((long) places * Long.BYTES);
    return places;
  }
}
