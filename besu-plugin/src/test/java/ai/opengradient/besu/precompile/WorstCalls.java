package ai.opengradient.besu.precompile;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Calls that take as long as any for their gas: each stresses one constant of {@link GasSchedule},
 * and leaves the others out as far as that is possible.
 */
final class WorstCalls {
  private static final long SEED = 0x3a7;
  private static final long POSITION = 65_535;
  private static final byte[] NO_ACCUMULATOR = {};
  private static final int ELEMENTS_OF_LEAF = 256;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, byte[]> calls = new LinkedHashMap<>();

  private WorstCalls() {}

  /** The calls by name. */
  static Map<String, byte[]> all() {
    WorstCalls worst = new WorstCalls();
    worst.small();
    worst.hashing();
    worst.descriptors();
    worst.functions();
    worst.operands();
    worst.terms();
    worst.runs();
    worst.accumulators();
    return worst.calls;
  }

  private void small() {
    calls.put("nothing", new byte[0]);
    calls.put("no such function", new byte[] {1, 2, 3, 4});
    calls.put("version", CallWriter.specVersion());
    calls.put("within, nearly", CallWriter.within(0x3f800001, 0x00000001, 0x00000001, 0x3f7fffff));
    calls.put("within, no tolerances", CallWriter.within(0, 0, 0x7fc00000, 0));
    calls.put("root of nothing", CallWriter.rootOf(new byte[0]));
    calls.put("step of an empty descriptor", CallWriter.step(asked(new byte[0], List.of())));
  }

  private void hashing() {
    byte[] data = new byte[1 << 20];
    random.nextBytes(data);
    calls.put("root of 1 MiB", CallWriter.rootOf(data));
    calls.put("root of 1 MiB and 1 byte", CallWriter.rootOf(Arrays.copyOf(data, data.length + 1)));
    Openable tensor = Openable.of(DataType.UINT8, data);
    int depth = tensor.tree().depth();
    calls.put(
        "every second leaf", opening(tensor, IntStream.range(0, 512).map(at -> 2 * at).toArray()));
    calls.put("all leaves, listed", opening(tensor, IntStream.range(0, 1_024).toArray()));
    CallWriter.Leaves one = tensor.opened(List.of(77));
    var siblings = new ArrayList<>(one.siblings());
    while (siblings.size() < 31) {
      siblings.add(siblings.getLast());
    }
    calls.put(
        "a leaf 31 deep",
        CallWriter.rootOfLeaves(31, new CallWriter.Leaves(one.places(), one.leaves(), siblings)));
    siblings.removeLast();
    calls.put(
        "a leaf 31 deep, a sibling missing",
        CallWriter.rootOfLeaves(31, new CallWriter.Leaves(one.places(), one.leaves(), siblings)));
    calls.put("a tree that is too deep", CallWriter.rootOfLeaves(depth + 1, one));
  }

  private static byte[] opening(Openable tensor, int[] places) {
    return CallWriter.rootOfLeaves(
        tensor.tree().depth(), tensor.opened(Arrays.stream(places).boxed().toList()));
  }

  private void descriptors() {
    byte[] longest = longest();
    calls.put("the longest descriptor", CallWriter.describe(longest, POSITION));
    byte[] damaged = longest.clone();
    damaged[damaged.length - 1] = 0;
    calls.put("the longest descriptor, a register unread", CallWriter.describe(damaged, POSITION));
    calls.put("the longest descriptor, too early", CallWriter.describe(longest, 0));
    calls.put(
        "the longest descriptor, cut short",
        CallWriter.describe(Arrays.copyOf(longest, longest.length - 1), POSITION));
    calls.put("a step of it, without operands", CallWriter.step(asked(longest, List.of())));
    calls.put("a descriptor of terms", CallWriter.describe(mapsOfTerms(), POSITION));
    calls.put("a kilobyte of zeros", CallWriter.describe(new byte[1_024], POSITION));
  }

  /** Sixteen operands with views of as many axes as there is room for, and 32 primitives. */
  private static byte[] longest() {
    List<Slot> slots = new ArrayList<>();
    for (int slot = 0; slot < 16; slot++) {
      View.Axis axis = View.Axis.affine(1, 0, new View.Term(0, 1));
      View view = View.of(axis, View.Axis.affine(1, 0), View.Axis.affine(1, 0));
      slots.add(Slot.of(new Operand(slot, DataType.BOOL, view)));
    }
    List<Primitive> primitives = new ArrayList<>();
    for (int register = 0; register < 32; register++) {
      primitives.add(
          Primitive.apply(Operation.SELECT, Math.min(register, 15), 15 + register, 15 + register));
    }
    return Descriptor.of(
            new Node.Map(DataType.BOOL, Space.of(1), slots, new Expression(primitives)))
        .bytes();
  }

  /** Maps of as many terms as there is room for. */
  private static byte[] mapsOfTerms() {
    List<View.Term> all = IntStream.range(0, 8).mapToObj(at -> new View.Term(at, 1)).toList();
    View.Axis[] axes = new View.Axis[8];
    Arrays.fill(axes, new View.Axis(1, 0, 1, all));
    List<Operand> alternatives =
        Collections.nCopies(2, new Operand(0, DataType.BOOL, View.of(axes)));
    return Descriptor.of(
            new Node.Map(
                DataType.BOOL,
                Space.of(1, 1, 1, 1, 1, 1, 1, 1),
                List.of(new Slot(DataType.BOOL, 0, alternatives)),
                Expression.IDENTITY))
        .bytes();
  }

  private void functions() {
    for (UnaryFunction function : UnaryFunction.values()) {
      calls.put("31 times " + function.label(), step(chain(function), 0, List.of()));
    }
    List<Primitive> primitives = new ArrayList<>();
    primitives.add(new Primitive.Constant(DataType.FLOAT32, 0x3f7fffff));
    for (int register = 0; register < 31; register++) {
      primitives.add(Primitive.apply(Operation.SQRT, register));
    }
    calls.put("31 times sqrt", step(map(DataType.FLOAT32, primitives), 0, List.of()));
    primitives.replaceAll(one ->
        one instanceof Primitive.Apply root
            ? Primitive.apply(Operation.DIV, root.registers().getFirst(), 0)
            : one);
    calls.put("31 times div", step(map(DataType.FLOAT32, primitives), 0, List.of()));
  }

  /** From an argument on that keeps the chain among arguments that have to be computed. */
  private static Node.Map chain(UnaryFunction function) {
    int argument =
        switch (function) {
          case EXP -> 0xc2300000;
          case LOG -> 0x40000001;
          case SINH -> 0x3a000000;
          case TANH, ERF, SIN, ATAN -> 0x7f000001;
          case SIGMOID, COS, SOFTPLUS -> 0x3f7fffff;
        };
    List<Primitive> primitives = new ArrayList<>();
    primitives.add(new Primitive.Constant(DataType.FLOAT32, argument));
    for (int register = 0; register < 31; register++) {
      primitives.add(new Primitive.Function(function, register));
    }
    return map(DataType.FLOAT32, primitives);
  }

  private static Node.Map map(DataType dataType, List<Primitive> primitives) {
    return new Node.Map(dataType, Space.SCALAR, List.of(), new Expression(primitives));
  }

  private void operands() {
    Openable tensor = bytes(DataType.UINT8, 1 << 18);
    List<Slot> slots = new ArrayList<>();
    List<Primitive> primitives = new ArrayList<>();
    for (int slot = 0; slot < 16; slot++) {
      View view = View.of(View.Axis.affine(1 << 18, slot == 15 ? 0 : slot + 300));
      slots.add(Slot.of(new Operand(slot, DataType.UINT8, view)));
    }
    primitives.add(Primitive.apply(Operation.ADD, 0, 1));
    for (int slot = 2; slot < 16; slot++) {
      primitives.add(Primitive.apply(Operation.ADD, slot, 14 + slot));
    }
    Node.Map map = new Node.Map(DataType.UINT8, Space.SCALAR, slots, new Expression(primitives));
    List<CallWriter.Operand> opened = new ArrayList<>();
    List<CallWriter.Operand> unopened = new ArrayList<>();
    for (int slot = 0; slot < 16; slot++) {
      opened.add(tensor.elements(0, 1));
      unopened.add(tensor.unopened());
    }
    calls.put("16 operands", step(map, 0, opened));
    calls.put("16 operands, none opened", step(map, 0, unopened));
    unopened.replaceAll(operand ->
        new CallWriter.Operand(DataType.BOOL.code(), 1, operand.root(), operand.opened()));
    calls.put("16 operands of another type", step(map, 0, unopened));
  }

  private Openable bytes(DataType dataType, int count) {
    byte[] data = new byte[count * dataType.width()];
    random.nextBytes(data);
    // No NaN and no infinity: the exact sum is what takes its time.
    for (int at = 0; dataType == DataType.FLOAT32 && at < data.length; at += Float.BYTES) {
      data[at] &= (byte) 0xbf;
    }
    return Openable.of(dataType, data);
  }

  /** Folds that read the same leaf again and again. */
  private void terms() {
    for (Reduction reduction : Reduction.values()) {
      boolean isAnd = reduction == Reduction.AND;
      terms(reduction, isAnd ? DataType.BOOL : DataType.FLOAT32, result(reduction, false));
    }
    terms(Reduction.DOT, DataType.INT64, DataType.INT64);
    terms(Reduction.DOT, DataType.INT8, DataType.INT64);
    terms(Reduction.SUM, DataType.INT64, DataType.INT64);
    terms(Reduction.MAX, DataType.INT64, DataType.INT64);
    terms(Reduction.ARGMIN, DataType.INT64, DataType.INT64);
  }

  private static DataType result(Reduction reduction, boolean isWide) {
    return switch (reduction) {
      case ARGMAX, ARGMIN -> DataType.INT64;
      case AND -> DataType.BOOL;
      default -> isWide ? DataType.INT64 : DataType.FLOAT32;
    };
  }

  private void terms(Reduction reduction, DataType of, DataType result) {
    int length = 1_024 / of.width();
    Operand operand = new Operand(0, of, View.of(View.Axis.along(length, 1)));
    Node.Fold fold = fold(reduction, result, Space.of(65_536 / length, length), operand);
    Openable leaf = bytes(of, length);
    calls.put(
        "65,536 terms of " + reduction + ", " + of.label(),
        step(fold, 0, Arrays.asList(leaf.whole(), leaf.whole()).subList(0, fold.factors().size())));
  }

  /** One term each, which takes an accumulator apart and makes one. */
  private void accumulators() {
    for (DataType of : List.of(DataType.FLOAT32, DataType.INT64)) {
      Openable leaf = bytes(of, 8);
      Node.Fold fold =
          fold(Reduction.SUM, of, Space.of(8), new Operand(0, of, View.of(View.Axis.along(8, 0))));
      byte[] first = AnswerReader.returned(accumulate(fold, leaf, NO_ACCUMULATOR, 1)).string(0);
      calls.put("one more term of " + of.label(), accumulate(fold, leaf, first, 2));
    }
  }

  private static byte[] accumulate(Node fold, Openable leaf, byte[] accumulator, int until) {
    return CallWriter.accumulate(
        new CallWriter.Asked(
            Descriptor.of(fold).bytes(), POSITION, 0, List.of(leaf.whole()), accumulator),
        until);
  }

  private static Node.Fold fold(
      Reduction reduction, DataType result, Space terms, Operand operand) {
    boolean isDot = reduction == Reduction.DOT;
    return new Node.Fold(
        result,
        reduction,
        Space.SCALAR,
        terms,
        isDot ? List.of(operand, operand) : List.of(operand),
        Optional.empty());
  }

  /** Folds whose runs have one term each. */
  private void runs() {
    Openable leaf = bytes(DataType.FLOAT32, ELEMENTS_OF_LEAF);
    Openable leaves = bytes(DataType.FLOAT32, 96 * ELEMENTS_OF_LEAF);
    runs("runs of SUM", Reduction.SUM, 10_000, leaf, plain());
    runs("runs of DOT", Reduction.DOT, 5_000, leaf, plain());
    runs("divided runs of SUM", Reduction.SUM, 6_000, leaf, divided());
    runs("divided runs of DOT", Reduction.DOT, 3_000, leaf, divided());
    runs("absent runs of SUM", Reduction.SUM, 5_000, leaf, absent());
    runs("runs of SUM from leaf to leaf", Reduction.SUM, 8_000, leaves, jumping());
    runs("runs of DOT from leaf to leaf", Reduction.DOT, 3_500, leaves, jumping());
  }

  private void runs(String name, Reduction reduction, int runs, Openable tensor, View view) {
    // Seven axes that step on, the first of them rarely.
    Space terms = Space.of(runs / 64, 2, 2, 2, 2, 2, 2, 1);
    Node.Fold fold =
        fold(reduction, DataType.FLOAT32, terms, new Operand(0, DataType.FLOAT32, view));
    calls.put(
        name,
        step(
            fold,
            0,
            Arrays.asList(tensor.whole(), tensor.whole()).subList(0, fold.factors().size())));
  }

  private static View plain() {
    View.Axis[] axes = new View.Axis[8];
    Arrays.fill(axes, View.Axis.affine(1, 0));
    axes[7] = last(ELEMENTS_OF_LEAF, 1);
    return View.of(axes);
  }

  /** On seven axes, coordinate 0 by division. */
  private static View divided() {
    View.Axis[] axes = new View.Axis[8];
    for (int axis = 0; axis < 7; axis++) {
      axes[axis] = new View.Axis(1, 1_000_000_007, 2_000_000_011, List.of(new View.Term(axis, 1)));
    }
    axes[7] = last(ELEMENTS_OF_LEAF, 1);
    return View.of(axes);
  }

  private static View absent() {
    View.Axis[] axes = new View.Axis[8];
    for (int axis = 0; axis < 7; axis++) {
      axes[axis] =
          new View.Axis(2, axis == 6 ? -9 : 0, 3, List.of(new View.Term(axis == 0 ? 1 : axis, 1)));
    }
    axes[7] = last(ELEMENTS_OF_LEAF, 1);
    return View.of(axes);
  }

  /** Each run in another leaf than the one before. */
  private static View jumping() {
    View.Axis[] axes = new View.Axis[8];
    Arrays.fill(axes, View.Axis.affine(1, 0));
    axes[7] = last(96 * ELEMENTS_OF_LEAF, 37 * ELEMENTS_OF_LEAF);
    return View.of(axes);
  }

  private static View.Axis last(int extent, int stride) {
    return View.Axis.affine(
        extent, 0, new View.Term(5, stride), new View.Term(6, stride + 1), new View.Term(7, 1));
  }

  private static byte[] step(Node node, long element, List<CallWriter.Operand> operands) {
    return CallWriter.step(
        new CallWriter.Asked(
            Descriptor.of(node).bytes(), POSITION, element, operands, NO_ACCUMULATOR));
  }

  private static CallWriter.Asked asked(byte[] descriptor, List<CallWriter.Operand> operands) {
    return new CallWriter.Asked(descriptor, POSITION, 0, operands, NO_ACCUMULATOR);
  }
}
