package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.StepGas;
import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A way to make one node of a fold: in which order its axes are taken, and how each factor has to
 * be stored. The innermost axis must move every factor by one element; where it does not, factors
 * are laid anew, or an axis of extent 1 is added, with which every term is a run of its own.
 *
 * @param termOrder the fold's axes, outermost first
 * @param stored the factors, in the order of storage that they should have
 * @param gas of a step
 * @param paid how many factors have to be laid anew at a price
 */
record FoldPlan(
    FoldRequest request, List<Integer> termOrder, List<Reading> stored, long gas, int paid) {
  /** Where a step costs more, laying a factor anew is worth its price. */
  static final long DEAR = 4_000_000;

  /** Where every element of a factor takes part in so many terms, laying it anew costs nothing. */
  private static final long USES = 32;

  private static final Comparator<FoldPlan> CHEAPEST_FIRST =
      Comparator.comparing(FoldPlan::isDear)
          .thenComparingInt(plan -> plan.isDear() ? 0 : plan.paid())
          .thenComparingLong(FoldPlan::gas)
          .thenComparingInt(FoldPlan::moved);

  boolean isDear() {
    return gas > DEAR;
  }

  /** How many factors have to be laid anew. */
  private int moved() {
    int moved = 0;
    for (int factor = 0; factor < stored.size(); factor++) {
      if (isMoved(request.factors().get(factor), stored.get(factor))) {
        moved++;
      }
    }
    return moved;
  }

  private static boolean isMoved(Reading given, Reading stored) {
    return !given.value().isStoredIn(stored.value().order());
  }

  /** The best plan for a fold, if one node can do it. */
  static Optional<FoldPlan> best(FoldRequest request) {
    List<FoldPlan> plans = new ArrayList<>();
    for (List<Integer> termOrder : termOrders(request)) {
      for (List<Reading> stored : waysToStore(request, termOrder)) {
        gas(request, termOrder, stored)
            .ifPresent(gas ->
                plans.add(new FoldPlan(request, termOrder, stored, gas, paid(request, stored))));
      }
    }
    // Of equal ones the first stays first.
    return plans.stream().min(CHEAPEST_FIRST);
  }

  /** With each axis innermost in turn; a position has a meaning in one order only. */
  private static List<List<Integer>> termOrders(FoldRequest request) {
    List<Integer> given = Value.natural(request.terms().size());
    if (request.reduction() == Reduction.ARGMAX || request.reduction() == Reduction.ARGMIN) {
      return List.of(given);
    }
    List<List<Integer>> orders = new ArrayList<>(List.of(given));
    for (int innermost = 0; innermost < given.size() - 1; innermost++) {
      List<Integer> outer = Shapes.without(given, List.of(innermost));
      orders.add(Shapes.join(outer, List.of(innermost)));
    }
    return orders;
  }

  private static List<List<Reading>> waysToStore(FoldRequest request, List<Integer> termOrder) {
    List<List<Reading>> ways = new ArrayList<>(List.of(List.of()));
    for (Reading factor : request.factors()) {
      Reading anew = factor.with(factor.value().withOrder(order(request, factor, termOrder)));
      List<List<Reading>> longer = new ArrayList<>();
      for (List<Reading> way : ways) {
        longer.add(Shapes.join(way, List.of(factor)));
        if (isMoved(factor, anew)) {
          longer.add(Shapes.join(way, List.of(anew)));
        }
      }
      ways = longer;
    }
    return ways;
  }

  /** A factor's axes with those that follow the fold's last, in the order of the terms. */
  private static List<Integer> order(FoldRequest request, Reading factor, List<Integer> termOrder) {
    return factor.value().order().stream()
        .sorted(
            Comparator.comparingInt(axis ->
                factor.accesses().get(axis).parts().stream()
                    .mapToInt(part -> termOrder.indexOf(part.axis() - request.rank()))
                    .max()
                    .orElse(-1)))
        .toList();
  }

  private static int paid(FoldRequest request, List<Reading> stored) {
    long terms = Shapes.count(request.shape()) * request.termCount();
    int paid = 0;
    for (int factor = 0; factor < stored.size(); factor++) {
      Value value = stored.get(factor).value();
      boolean isFree = value.isConstant() || terms / value.count() >= USES;
      if (!isFree && isMoved(request.factors().get(factor), stored.get(factor))) {
        paid++;
      }
    }
    return paid;
  }

  private static Optional<Long> gas(
      FoldRequest request, List<Integer> termOrder, List<Reading> stored) {
    try {
      List<Integer> positions = Collections.nCopies(stored.size() + 1, 0);
      return Optional.of(StepGas.of(node(request, termOrder, stored, positions)));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  /**
   * The node.
   *
   * @param factors as they are stored by now
   * @param positions of the factors, then of the addend if there is one
   */
  Node.Computed node(List<Reading> factors, List<Integer> positions) {
    return node(request, termOrder, factors, positions);
  }

  private static Node.Fold node(
      FoldRequest request,
      List<Integer> termOrder,
      List<Reading> factors,
      List<Integer> positions) {
    Geometry geometry = new Geometry(request.shape(), request.order(), request.terms(), termOrder);
    factors.forEach(geometry::add);
    request.addend().ifPresent(geometry::add);
    geometry.simplify();
    if (!geometry.isContiguous(factors.size())) {
      geometry.addUnitTerm(factors.size());
    }
    List<Operand> operands = new ArrayList<>();
    for (int factor = 0; factor < factors.size(); factor++) {
      operands.add(operand(positions.get(factor), factors.get(factor), geometry.view(factor)));
    }
    return new Node.Fold(
        request.dataType(),
        request.reduction(),
        geometry.space(),
        geometry.terms(),
        operands,
        request
            .addend()
            .map(addend ->
                operand(positions.get(factors.size()), addend, geometry.view(factors.size()))));
  }

  private static Operand operand(int position, Reading reading, View view) {
    return new Operand(position, reading.value().dataType(), view);
  }
}
