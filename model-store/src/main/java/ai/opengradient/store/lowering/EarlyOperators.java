package ai.opengradient.store.lowering;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Operators as they were before version 7, when a second operand was stretched only if an attribute
 * said so. What is not listed here had another meaning then.
 */
final class EarlyOperators {
  /** The first version with the meanings that operators have in their own files. */
  static final int END = 7;

  private static final int SHAPE_IS_AN_INPUT_SINCE = 5;

  /** What two operands make. */
  private static final Set<String> BINARY =
      Set.of("Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less");

  /** What means the same as later, or whose own file knows the difference. */
  private static final Set<String> UNCHANGED =
      Set.of(
          "Abs",
          "ArgMax",
          "ArgMin",
          "AveragePool",
          "Cast",
          "Ceil",
          "Clip",
          "Concat",
          "Constant",
          "Conv",
          "ConvTranspose",
          "DepthToSpace",
          "Elu",
          "Exp",
          "Flatten",
          "Floor",
          "Gather",
          "Gemm",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "HardSigmoid",
          "Hardmax",
          "Identity",
          "InstanceNormalization",
          "LRN",
          "LeakyRelu",
          "Log",
          "LogSoftmax",
          "MatMul",
          "Max",
          "MaxPool",
          "Mean",
          "Min",
          "Neg",
          "Not",
          "Reciprocal",
          "ReduceL1",
          "ReduceL2",
          "ReduceLogSum",
          "ReduceLogSumExp",
          "ReduceMax",
          "ReduceMean",
          "ReduceMin",
          "ReduceProd",
          "ReduceSum",
          "ReduceSumSquare",
          "Relu",
          "Selu",
          "Shape",
          "Sigmoid",
          "Size",
          "Slice",
          "Softmax",
          "Softplus",
          "Softsign",
          "SpaceToDepth",
          "Sqrt",
          "Squeeze",
          "Sum",
          "Tanh",
          "Transpose",
          "Unsqueeze");

  private EarlyOperators() {}

  /** How to lower an operator; null if nobody knows. */
  static @Nullable Operator find(String name) {
    Operator later = Operators.find(name);
    if (later == null || UNCHANGED.contains(name)) {
      return later;
    } else if (BINARY.contains(name)) {
      return adapted(later, EarlyOperators::aligned);
    }
    return switch (name) {
      case "PRelu" -> adapted(later, EarlyOperators::perChannel);
      case "Reshape" -> adapted(later, EarlyOperators::withShape);
      case "Dropout", "BatchNormalization" -> adapted(later, EarlyOperators::inInference);
      default -> null;
    };
  }

  private static Operator adapted(Operator operator, UnaryOperator<Call> change) {
    return call -> operator.lower(change.apply(call));
  }

  /** The second operand's axes are those of the first from one on, or else its last ones. */
  private static Call aligned(Call call) {
    Value first = call.input(0);
    Value second = call.input(1);
    if (!call.attributes().flag("broadcast", false)) {
      if (!first.shape().equals(second.shape())) {
        throw new LoweringFailure.Invalid(
            "the shapes " + first.shape() + " and " + second.shape() + " don't fit each other");
      }
      return call;
    }
    int last = first.rank() - second.rank();
    return call.with(1, placed(call, second, call.attributes().integer("axis", last)));
  }

  /** With its first axis where the first operand has the one of this number. */
  private static Value placed(Call call, Value value, long axis) {
    int rank = call.input(0).rank();
    long behind = rank - (axis < 0 ? axis + rank : axis) - value.rank();
    if (behind < 0 || behind > rank) {
      throw new LoweringFailure.Invalid(
          "a tensor of "
              + value.shape()
              + " does not fit axis "
              + axis
              + " of "
              + call.input(0).shape());
    }
    List<Integer> ones = Collections.nCopies((int) behind, 1);
    return call.tensors().reshaped(value, Shapes.join(value.shape(), ones));
  }

  private static Call perChannel(Call call) {
    Value slope = call.input(1);
    return slope.rank() == 1 && slope.count() > 1 ? call.with(1, placed(call, slope, 1)) : call;
  }

  private static Call withShape(Call call) {
    return call.opset() >= SHAPE_IS_AN_INPUT_SINCE
        ? call
        : call.with(
            1,
            call.tensors()
                .vector(
                    call.attributes()
                        .integers("shape")
                        .orElseThrow(() -> new LoweringFailure.Invalid("the shape is missing"))));
  }

  private static Call inInference(Call call) {
    if (!call.attributes().flag("is_test", false)) {
      throw new LoweringFailure.Unsupported("it trains; export the model for inference");
    }
    return call;
  }
}
