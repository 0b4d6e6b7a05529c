package ai.opengradient.store.lowering;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What one element of a MAP is, as a graph of operations on elements of values. Parts may be used
 * more than once; two formulas are equal only if they are the same.
 */
final class Formula {
  /** What a formula does with its operands. */
  sealed interface Step {
    /** The element of a value that is stretched to the shape of the MAP. */
    record Stretched(Value value) implements Step {}

    /** The first of the readings that is in bounds, else the pad. */
    record Read(long pad, List<Reading> readings) implements Step {
      public Read {
        readings = List.copyOf(readings);
      }
    }

    record Constant(long element) implements Step {}

    /** The coordinate on an axis of the MAP's shape. */
    record Index(int axis) implements Step {}

    record Cast() implements Step {}

    record Function(UnaryFunction function) implements Step {}

    record Apply(Operation operation) implements Step {}
  }

  private final DataType dataType;
  private final Step step;
  private final List<Formula> operands;

  private Formula(DataType dataType, Step step, Formula... operands) {
    this(dataType, step, List.of(operands));
  }

  private Formula(DataType dataType, Step step, List<Formula> operands) {
    this.dataType = dataType;
    this.step = step;
    this.operands = operands;
  }

  /** The elements of a value, stretched to the MAP's shape as ONNX does it. */
  static Formula of(Value value) {
    return new Formula(value.dataType(), new Step.Stretched(value));
  }

  /** The elements of a value where the accesses find them, zero where they find none. */
  static Formula of(Value value, List<Access> accesses) {
    return of(new Reading(value, accesses));
  }

  /** The elements that a reading finds, zero where it finds none. */
  static Formula of(Reading reading) {
    return firstOf(0, List.of(reading));
  }

  /** The first of the readings that is in bounds, else the pad. */
  static Formula firstOf(long pad, List<Reading> readings) {
    return new Formula(readings.getFirst().value().dataType(), new Step.Read(pad, readings));
  }

  /**
   * The constant element.
   *
   * @param element in canonical form
   */
  static Formula element(DataType type, long element) {
    return new Formula(type, new Step.Constant(element));
  }

  /** The whole number as an element of the type. */
  static Formula whole(DataType type, long number) {
    return element(type, ConstantTensors.whole(type, number));
  }

  /** The whole number as an int64. */
  static Formula integer(long number) {
    return whole(INT64, number);
  }

  static Formula number(double number) {
    return element(FLOAT32, ConstantTensors.number((float) number));
  }

  /** The coordinate on an axis of the MAP's shape, an int64. */
  static Formula index(int axis) {
    return new Formula(INT64, new Step.Index(axis));
  }

  DataType dataType() {
    return dataType;
  }

  Step step() {
    return step;
  }

  List<Formula> operands() {
    return operands;
  }

  private Formula function(UnaryFunction function) {
    return new Formula(FLOAT32, new Step.Function(function), this);
  }

  private Formula apply(Operation operation) {
    return new Formula(dataType, new Step.Apply(operation), this);
  }

  private Formula apply(Operation operation, Formula other) {
    requireAlike(this, other);
    return new Formula(dataType, new Step.Apply(operation), this, other);
  }

  private Formula compare(Operation operation, Formula other) {
    requireAlike(this, other);
    return new Formula(BOOL, new Step.Apply(operation), this, other);
  }

  private static void requireAlike(Formula one, Formula other) {
    if (one.dataType != other.dataType) {
      throw new LoweringFailure.Invalid(
          "operands are "
              + one.dataType.label()
              + " and "
              + other.dataType.label()
              + ", which must be alike");
    }
  }

  Formula to(DataType type) {
    return type == dataType ? this : new Formula(type, new Step.Cast(), this);
  }

  Formula plus(Formula other) {
    return apply(Operation.ADD, other);
  }

  Formula plus(double number) {
    return plus(number(number));
  }

  Formula minus(Formula other) {
    return apply(Operation.SUB, other);
  }

  Formula times(Formula other) {
    return apply(Operation.MUL, other);
  }

  Formula times(double number) {
    return times(number(number));
  }

  Formula over(Formula other) {
    return apply(Operation.DIV, other);
  }

  Formula modulo(Formula other) {
    return apply(Operation.MOD, other);
  }

  Formula max(Formula other) {
    return apply(Operation.MAX, other);
  }

  Formula min(Formula other) {
    return apply(Operation.MIN, other);
  }

  /** Limited to a range, of which the end wins if the ends are the wrong way round. */
  Formula within(Formula least, Formula greatest) {
    return max(least).min(greatest);
  }

  Formula negated() {
    return apply(Operation.NEG);
  }

  Formula absolute() {
    return apply(Operation.ABS);
  }

  Formula and(Formula other) {
    return apply(Operation.AND, other);
  }

  Formula or(Formula other) {
    return apply(Operation.OR, other);
  }

  Formula exclusiveOr(Formula other) {
    return apply(Operation.XOR, other);
  }

  Formula not() {
    return apply(Operation.NOT);
  }

  Formula shiftedLeft(Formula distance) {
    return apply(Operation.SHL, distance);
  }

  Formula shiftedRight(Formula distance) {
    return apply(Operation.SHR, distance);
  }

  Formula isEqual(Formula other) {
    return compare(Operation.EQ, other);
  }

  Formula isNotEqual(Formula other) {
    return compare(Operation.NE, other);
  }

  Formula isLess(Formula other) {
    return compare(Operation.LT, other);
  }

  Formula isAtMost(Formula other) {
    return compare(Operation.LE, other);
  }

  /** The first where this is true, else the second. */
  Formula choose(Formula first, Formula second) {
    requireAlike(first, second);
    return new Formula(first.dataType, new Step.Apply(Operation.SELECT), this, first, second);
  }

  /** An index that a negative number counts from the end of an axis, counted from the front. */
  Formula fromFront(Formula extent) {
    return isLess(integer(0)).choose(plus(extent), this);
  }

  Formula squareRoot() {
    return apply(Operation.SQRT);
  }

  Formula floor() {
    return apply(Operation.FLOOR);
  }

  Formula ceiling() {
    return apply(Operation.CEIL);
  }

  /** To the nearest integer, of two equally near ones the even one. */
  Formula rounded() {
    return apply(Operation.RINT);
  }

  Formula exponential() {
    return function(UnaryFunction.EXP);
  }

  Formula logarithm() {
    return function(UnaryFunction.LOG);
  }

  Formula tangentHyperbolic() {
    return function(UnaryFunction.TANH);
  }

  Formula errorFunction() {
    return function(UnaryFunction.ERF);
  }

  Formula sigmoid() {
    return function(UnaryFunction.SIGMOID);
  }

  Formula sine() {
    return function(UnaryFunction.SIN);
  }

  Formula cosine() {
    return function(UnaryFunction.COS);
  }

  Formula arcTangent() {
    return function(UnaryFunction.ATAN);
  }

  Formula sineHyperbolic() {
    return function(UnaryFunction.SINH);
  }

  /** ln(1 + eˣ). */
  Formula softplus() {
    return function(UnaryFunction.SOFTPLUS);
  }

  /** ln(1 + x) of an x that is not negative, accurate near zero. */
  Formula logarithmOfOnePlus() {
    return logarithm().softplus();
  }

  Formula square() {
    return times(this);
  }

  boolean isLeaf() {
    return operands.isEmpty();
  }

  /** Whether it is a leaf that differs from element to element. */
  boolean varies() {
    return isLeaf() && !(step instanceof Step.Constant);
  }

  /** All parts, each once, each after its operands; this formula is the last. */
  List<Formula> parts() {
    List<Formula> parts = new ArrayList<>();
    Set<Formula> done = new HashSet<>();
    Deque<Formula> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Formula next = open.peek();
      List<Formula> left = next.operands.stream().filter(part -> !done.contains(part)).toList();
      if (left.isEmpty()) {
        open.pop();
        if (done.add(next)) {
          parts.add(next);
        }
      } else {
        left.reversed().forEach(open::push);
      }
    }
    return parts;
  }

  /** The same formula with its leaves, or other parts, replaced: operands before what uses them. */
  Formula replaced(UnaryOperator<Formula> replacement) {
    Map<Formula, Formula> replaced = new HashMap<>();
    for (Formula part : parts()) {
      List<Formula> operands = part.operands.stream().map(replaced::get).toList();
      Formula rebuilt =
          operands.equals(part.operands) ? part : new Formula(part.dataType, part.step, operands);
      Formula other = replacement.apply(part);
      replaced.put(part, other == part ? rebuilt : other);
    }
    return replaced.getOrDefault(this, this);
  }
}
