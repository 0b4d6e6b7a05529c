package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Losses of classes on the axis 1, whose logarithms of probabilities are given or computed. */
final class Losses {
  private Losses() {}

  static void addTo(OperatorTable table) {
    table.add("NegativeLogLikelihoodLoss", call -> loss(call, call.input(0)));
    table.addMany("SoftmaxCrossEntropyLoss", Losses::ofScores);
  }

  private static List<Value> ofScores(Call call) {
    Value logarithms = Softmaxes.logarithmic(call.tensors(), call.input(0), List.of(1));
    return List.of(loss(call, logarithms), logarithms);
  }

  private static Value loss(Call call, Value logarithms) {
    TensorBuilder tensors = call.tensors();
    Value targets = call.input(1);
    List<Integer> shape = targets.shape();
    if (logarithms.rank() < 2 || !Shapes.without(logarithms.shape(), List.of(1)).equals(shape)) {
      throw new LoweringFailure.Invalid(
          "targets of " + shape + " don't fit a tensor of " + logarithms.shape());
    }
    List<Access> accesses = new ArrayList<>(Access.identity(shape.size()));
    accesses.add(1, Access.at(0));
    Value picked =
        tensors.gathered(shape, Reading.identity(targets), new Reading(logarithms, accesses), 1);
    Optional<Formula> isIgnored = isIgnored(call, targets);
    Optional<Formula> weight = weight(call, targets, isIgnored);
    Formula plain = Formula.of(picked).negated();
    Formula kept = isIgnored.map(ignored -> ignored.choose(zero(), plain)).orElse(plain);
    Value losses = tensors.map(shape, weight.map(kept::times).orElse(kept));
    return reduced(call, losses, weight);
  }

  private static Formula zero() {
    return Formula.number(0);
  }

  private static Optional<Formula> isIgnored(Call call, Value targets) {
    if (!call.attributes().has("ignore_index")) {
      return Optional.empty();
    }
    long index = call.attributes().integer("ignore_index", 0);
    return Optional.of(Formula.of(targets).to(DataType.INT64).isEqual(Formula.integer(index)));
  }

  /** Of each target: its class's, or one; zero where the target is ignored. */
  private static Optional<Formula> weight(Call call, Value targets, Optional<Formula> isIgnored) {
    Optional<Formula> ofClass =
        call.optional(2)
            .map(weights ->
                Formula.of(
                    call.tensors()
                        .gathered(
                            targets.shape(),
                            Reading.identity(targets),
                            new Reading(weights, List.of(Access.at(0))),
                            0)));
    return isIgnored
        .map(ignored -> ignored.choose(zero(), ofClass.orElse(Formula.number(1))))
        .or(() -> ofClass);
  }

  private static Value reduced(Call call, Value losses, Optional<Formula> weight) {
    TensorBuilder tensors = call.tensors();
    return switch (call.attributes().text("reduction", "mean")) {
      case "none" -> losses;
      case "sum" -> total(tensors, losses);
      case "mean" -> {
        if (weight.isEmpty()) {
          yield tensors.reduced(
              Reduction.MEAN, DataType.FLOAT32, losses, Value.natural(losses.rank()));
        }
        Value weights = total(tensors, tensors.map(losses.shape(), weight.get()));
        yield tensors.elementwise(Formula.of(total(tensors, losses)).over(Formula.of(weights)));
      }
      default -> throw new LoweringFailure.Invalid("there is no such reduction");
    };
  }

  private static Value total(TensorBuilder tensors, Value value) {
    return tensors.reduced(Reduction.SUM, DataType.FLOAT32, value, Value.natural(value.rank()));
  }
}
