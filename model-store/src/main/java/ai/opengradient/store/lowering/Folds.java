package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes FOLD nodes: one where a step can be paid for, and otherwise several in stages. */
final class Folds {
  /** Terms of a stage: for float32 in one run, less than 4 M gas. */
  private static final int STAGE = 8_192;

  private static final int STAGE_OF_SUM = 32_768;

  private final ProgramBuilder program;
  private final MapCompiler maps;
  private final Gathers gathers;

  Folds(ProgramBuilder program, MapCompiler maps, Gathers gathers) {
    this.program = program;
    this.maps = maps;
    this.gathers = gathers;
  }

  Value fold(FoldRequest given) {
    FoldRequest request = withoutZero(given);
    if (request.shape().contains(0)) {
      return Value.empty(request.dataType(), request.shape());
    }
    if (request.terms().contains(0)) {
      return ofNothing(request);
    }
    Optional<FoldPlan> plan = FoldPlan.best(request);
    if (plan.isPresent() && !(plan.get().isDear() && isLongFor(request))) {
      return carryOut(plan.get());
    }
    return inStages(request);
  }

  /** An addend that is zero throughout adds nothing. */
  private static FoldRequest withoutZero(FoldRequest request) {
    return request.plus(request.addend().filter(addend -> !addend.value().isZero()));
  }

  /** Whether stages would make a step cheaper: those of sums need not fit one transaction. */
  private static boolean isLongFor(FoldRequest request) {
    return switch (request.reduction()) {
      case DOT, SUM, MEAN, MEANSQ -> false;
      case MAX, MIN, ARGMAX, ARGMIN, AND -> request.termCount() > STAGE;
    };
  }

  private Value carryOut(FoldPlan plan) {
    List<Reading> factors = new ArrayList<>();
    for (Reading wanted : plan.stored()) {
      Reading given = plan.request().factors().get(factors.size());
      factors.add(given.with(maps.stored(given.value(), wanted.value().order())));
    }
    List<Source> sources = new ArrayList<>();
    factors.forEach(factor -> sources.add(factor.value().source()));
    plan.request().addend().ifPresent(addend -> sources.add(addend.value().source()));
    Source source = program.add(sources, positions -> plan.node(factors, positions));
    FoldRequest request = plan.request();
    return new Value(request.dataType(), request.shape(), request.order(), source);
  }

  /** What a fold of no terms is, everywhere. Source: section 6 of {@code docs/canon.md}. */
  private Value ofNothing(FoldRequest request) {
    DataType type = request.dataType();
    Formula element =
        switch (request.reduction()) {
          case DOT -> request.addend().map(Formula::of).orElse(Formula.whole(type, 0));
          case SUM, ARGMAX, ARGMIN -> Formula.whole(type, 0);
          case MEAN, MEANSQ -> Formula.element(type, Float32.NAN);
          case MAX -> Formula.element(type, ConstantTensors.least(type));
          case MIN -> Formula.element(type, ConstantTensors.greatest(type));
          case AND -> Formula.whole(type, 1);
        };
    return maps.map(request.shape(), request.order(), element);
  }

  private Value inStages(FoldRequest request) {
    if (request.termCount() == 1) {
      throw new LoweringFailure.Unsupported(
          "its window is too long, or it has more axes than a node can have; use a smaller window, or"
              + " reshape its operands");
    }
    return switch (request.reduction()) {
      case MEAN -> mean(request.as(Reduction.SUM, request.dataType()));
      case MEANSQ -> mean(request.squared());
      case DOT, SUM -> sum(request);
      case MAX, MIN, AND -> {
        FoldStages stages = stages(request);
        yield fold(stages.second(fold(stages.first())));
      }
      case ARGMAX, ARGMIN -> position(request);
    };
  }

  private static FoldStages stages(FoldRequest request) {
    long stage =
        switch (request.reduction()) {
          case DOT, SUM, MEAN, MEANSQ -> STAGE_OF_SUM;
          case MAX, MIN, ARGMAX, ARGMIN, AND -> STAGE;
        };
    return FoldStages.of(request, Math.min(stage, request.termCount() - 1));
  }

  /** A sum over its number of terms; none of them may be absent. */
  private Value mean(FoldRequest sum) {
    if (!FoldStages.hasAllTerms(sum)) {
      throw new LoweringFailure.Unsupported("a mean over so large a window; use smaller ones");
    }
    Formula count = Formula.number((double) sum.termCount());
    return maps.map(sum.shape(), sum.order(), Formula.of(fold(sum)).over(count));
  }

  private Value sum(FoldRequest request) {
    FoldStages stages = stages(request);
    Value sum = fold(stages.second(fold(stages.first())));
    return request
        .addend()
        .map(addend ->
            maps.map(request.shape(), request.order(), Formula.of(sum).plus(Formula.of(addend))))
        .orElse(sum);
  }

  /** That of the best part, times the length of a part, and the one in that part. */
  private Value position(FoldRequest request) {
    FoldStages stages = stages(request);
    FoldRequest first = stages.first();
    boolean greatest = request.reduction() == Reduction.ARGMAX;
    DataType type = request.factors().getFirst().value().dataType();
    Value extremes = fold(first.as(greatest ? Reduction.MAX : Reduction.MIN, type));
    Value best = fold(stages.second(extremes));
    List<Access> same = Access.identity(request.rank());
    Value inBest =
        gathers.gather(
            request.shape(),
            request.order(),
            new Reading(best, same),
            new Reading(fold(first), Shapes.join(same, List.of(Access.at(0)))),
            request.rank());
    Formula length = Formula.integer(stages.length());
    return maps.map(
        request.shape(), request.order(), Formula.of(best).times(length).plus(Formula.of(inBest)));
  }
}
