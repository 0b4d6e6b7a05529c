package ai.opengradient.worker.calibration;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Renumbering;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A program that computes what a degraded model would, exactly and on every machine: weights are
 * changed in their data, and rounding to fewer bits is a MAP of its own.
 *
 * <p>A float32 x is rounded to a significand of p bits by c = x ⊗ (2^(24−p) ⊕ 1), c ⊖ (c ⊖ x); what
 * would overflow on the way stays as it is. Source: Dekker, A floating-point technique for
 * extending the available precision, 1971.
 *
 * @param weights data by tree root
 * @param positions by node of the model: the node that stands in its place
 */
public record DegradedModel(
    Program program, Map<Hash, ByteBuffer> weights, List<Integer> positions) {
  private static final int SIGNIFICAND = 24;
  private static final int INT8_STEPS = 127;

  /** No product with a splitter overflows below it. */
  private static final float HUGE = 0x1p100f;

  public DegradedModel {
    weights = Map.copyOf(weights);
    positions = List.copyOf(positions);
  }

  /** A model with each node in its own place. */
  private DegradedModel(Program program, Map<Hash, ByteBuffer> weights) {
    this(program, weights, IntStream.range(0, program.nodes().size()).boxed().toList());
  }

  /** What comes of a model. */
  public static DegradedModel of(
      Program program, Map<Hash, ByteBuffer> weights, Degradation degradation) {
    DegradedModel model = new DegradedModel(program, weights);
    return switch (degradation) {
      case NONE -> model;
      case TF32, FP16, BF16 -> model.rounded(degradation.factorBits(), degradation.resultBits());
      case INT8_WEIGHTS ->
          model.reweighted(model.weightFactors(DataType.FLOAT32), DegradedModel::onGrid);
      case FLIPPED_WEIGHT -> model.withFlippedWeight();
    };
  }

  /** The weights of a type that are factors of sums of products. */
  private Set<Integer> weightFactors(DataType type) {
    Set<Integer> factors = factors(type);
    factors.removeIf(position -> !(program.nodes().get(position) instanceof Node.Weight));
    return factors;
  }

  private Set<Integer> factors(DataType type) {
    Set<Integer> factors = new HashSet<>();
    for (Node node : program.nodes()) {
      if (node instanceof Node.Fold fold && fold.reduction() == Reduction.DOT) {
        fold.factors().stream()
            .filter(factor -> factor.dataType() == type)
            .forEach(factor -> factors.add(factor.node()));
      }
    }
    return factors;
  }

  private interface Reweighting {
    void change(ByteBuffer data);
  }

  private DegradedModel reweighted(Set<Integer> positions, Reweighting reweighting) {
    List<Node> nodes = new ArrayList<>(program.nodes());
    Map<Hash, ByteBuffer> changed = new LinkedHashMap<>(weights);
    for (int position : positions) {
      if (nodes.get(position) instanceof Node.Weight weight) {
        ByteBuffer data = copy(data(weight));
        reweighting.change(data.duplicate());
        Hash root = TensorTree.root(data.duplicate());
        changed.put(root, data);
        nodes.set(position, new Node.Weight(weight.dataType(), weight.count(), root));
      }
    }
    return new DegradedModel(new Program(nodes, program.outputs()), changed);
  }

  /** Of data that differ in zeros at their end only the longest are kept. */
  private ByteBuffer data(Node.Weight weight) {
    return Objects.requireNonNull(weights.get(weight.root()))
        .slice(0, weight.count() * weight.dataType().width());
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  private static void onGrid(ByteBuffer floats) {
    float greatest = greatest(floats.duplicate());
    if (greatest == 0) {
      return;
    }
    float step = greatest / INT8_STEPS;
    for (int at = 0; at < floats.limit(); at += Float.BYTES) {
      floats.putFloat(at, (float) Math.rint(floats.getFloat(at) / step) * step);
    }
  }

  private static float greatest(ByteBuffer floats) {
    float greatest = 0;
    for (int at = 0; at < floats.limit(); at += Float.BYTES) {
      float magnitude = Math.abs(floats.getFloat(at));
      if (Float.isFinite(magnitude)) {
        greatest = Math.max(greatest, magnitude);
      }
    }
    return greatest;
  }

  /** Of a quantised model, which has no float32 ones, an int8 weight. */
  private DegradedModel withFlippedWeight() {
    for (DataType type : List.of(DataType.FLOAT32, DataType.INT8)) {
      Optional<Place> largest =
          weightFactors(type).stream()
              .sorted()
              .map(this::largest)
              .reduce((one, other) -> other.magnitude > one.magnitude ? other : one)
              .filter(place -> place.magnitude > 0);
      if (largest.isPresent()) {
        Place place = largest.get();
        return reweighted(Set.of(place.node), data -> flip(type, data, place.index));
      }
    }
    return this;
  }

  /** Where a weight's element stands. */
  private record Place(int node, int index, double magnitude) {}

  private Place largest(int position) {
    Node.Weight weight = (Node.Weight) program.nodes().get(position);
    ByteBuffer data = data(weight);
    int index = 0;
    double greatest = 0;
    for (int at = 0; at < weight.count(); at++) {
      double magnitude =
          weight.dataType() == DataType.FLOAT32
              ? Math.abs(data.getFloat(at * Float.BYTES))
              : Math.abs(data.get(at));
      if (magnitude > greatest && Double.isFinite(magnitude)) {
        greatest = magnitude;
        index = at;
      }
    }
    return new Place(position, index, greatest);
  }

  private static void flip(DataType type, ByteBuffer data, int index) {
    if (type == DataType.FLOAT32) {
      data.putFloat(index * Float.BYTES, -data.getFloat(index * Float.BYTES));
    } else {
      data.put(index, (byte) -data.get(index));
    }
  }

  /** Adds a rounding MAP behind each float32 node whose precision is lost. */
  private DegradedModel rounded(int factorBits, int resultBits) {
    Set<Integer> factors = factors(DataType.FLOAT32);
    List<Node> nodes = new ArrayList<>();
    Map<Integer, Integer> seen = new HashMap<>();
    Map<Integer, Integer> asFactor = new HashMap<>();
    for (int position = 0; position < program.nodes().size(); position++) {
      Node node = program.nodes().get(position);
      nodes.add(moved(node, seen, asFactor));
      boolean isResult = node instanceof Node.Computed && resultBits > 0;
      if (node.dataType() == DataType.FLOAT32 && isResult) {
        nodes.add(rounding(nodes.size() - 1, node.count(), resultBits));
      }
      seen.put(position, nodes.size() - 1);
      if (factors.contains(position) && !isResult) {
        nodes.add(rounding(nodes.size() - 1, node.count(), factorBits));
      }
      asFactor.put(position, nodes.size() - 1);
    }
    List<Integer> outputs = program.outputs().stream().map(seen::get).toList();
    return new DegradedModel(
        new Program(nodes, outputs),
        weights,
        IntStream.range(0, program.nodes().size()).mapToObj(seen::get).toList());
  }

  private static Node moved(Node node, Map<Integer, Integer> seen, Map<Integer, Integer> asFactor) {
    if (node instanceof Node.Fold fold && fold.reduction() == Reduction.DOT) {
      Node.Fold renumbered = (Node.Fold) Renumbering.of(fold, asFactor);
      return new Node.Fold(
          fold.dataType(),
          fold.reduction(),
          fold.space(),
          fold.terms(),
          renumbered.factors(),
          fold.addend()
              .map(operand ->
                  new Operand(
                      Objects.requireNonNull(seen.get(operand.node())),
                      operand.dataType(),
                      operand.view())));
    }
    return Renumbering.of(node, seen);
  }

  private static Node.Map rounding(int position, int count, int bits) {
    Space space = Space.of(count);
    float splitter = (1 << (SIGNIFICAND - bits)) + 1;
    return new Node.Map(
        DataType.FLOAT32,
        space,
        List.of(Slot.of(new Operand(position, DataType.FLOAT32, View.identity(space)))),
        Expression.of(
            new Primitive.Constant(DataType.FLOAT32, Float.floatToRawIntBits(splitter)),
            Primitive.apply(Operation.MUL, 0, 1),
            Primitive.apply(Operation.SUB, 2, 0),
            Primitive.apply(Operation.SUB, 2, 3),
            new Primitive.Constant(DataType.FLOAT32, Float.floatToRawIntBits(HUGE)),
            Primitive.apply(Operation.ABS, 0),
            Primitive.apply(Operation.LT, 6, 5),
            Primitive.apply(Operation.SELECT, 7, 4, 0)));
  }
}
