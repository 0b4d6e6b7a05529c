package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Einsum: sums of products over named axes. Operands are put together two by two, and an axis is
 * summed over as soon as nobody else needs it.
 */
final class Einsum {
  /** Stands for the axes that an ellipsis covers, the last of which is the first one. */
  private static final int ELLIPSIS = 0x10000;

  /** A value and the names of its axes, of which one may stand twice. */
  private record Term(Value value, List<Integer> names) {}

  private final TensorBuilder tensors;
  private final Map<Integer, Integer> extents = new HashMap<>();

  private Einsum(TensorBuilder tensors) {
    this.tensors = tensors;
  }

  static void addTo(OperatorTable table) {
    table.add("Einsum", call -> new Einsum(call.tensors()).lower(call));
  }

  private Value lower(Call call) {
    String equation = call.attributes().text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    List<String> inputs = Arrays.asList(sides[0].split(",", -1));
    if (sides.length > 2 || inputs.size() != call.inputCount()) {
      throw new LoweringFailure.Invalid(
          "the equation '" + equation + "' does not fit " + call.inputCount() + " inputs");
    }
    List<Term> terms = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      terms.add(term(call.input(input), inputs.get(input)));
    }
    List<Integer> result = sides.length == 2 ? names(sides[1], covered(terms)) : implied(terms);
    if (result.stream().distinct().count() != result.size()
        || !extents.keySet().containsAll(result)) {
      throw new LoweringFailure.Invalid("the equation '" + equation + "' has no such result");
    }
    return combined(terms, result);
  }

  private Term term(Value value, String text) {
    int letters = text.replace("...", "").length();
    List<Integer> names = names(text, value.rank() - letters);
    if (names.size() != value.rank()) {
      throw new LoweringFailure.Invalid("'" + text + "' does not name " + value.rank() + " axes");
    }
    for (int axis = 0; axis < names.size(); axis++) {
      int extent = value.dimension(axis);
      int known = extents.merge(names.get(axis), extent, (one, other) -> one == 1 ? other : one);
      if (extent != known && extent != 1) {
        throw new LoweringFailure.Invalid("an axis has the extents " + extent + " and " + known);
      }
    }
    return new Term(value, names);
  }

  private static List<Integer> names(String text, int covered) {
    List<Integer> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("...", at)) {
        for (int axis = covered - 1; axis >= 0; axis--) {
          names.add(ELLIPSIS + axis);
        }
        at += 3;
      } else if (Character.isLetter(text.charAt(at))) {
        names.add((int) text.charAt(at++));
      } else {
        throw new LoweringFailure.Invalid("'" + text + "' names no axes");
      }
    }
    return names;
  }

  /** How many axes the ellipses cover at most. */
  private static int covered(List<Term> terms) {
    return (int)
        terms.stream()
            .flatMap(term -> term.names().stream())
            .filter(name -> name >= ELLIPSIS)
            .distinct()
            .count();
  }

  /** The axes of ellipses, then those that stand once, by name. */
  private static List<Integer> implied(List<Term> terms) {
    List<Integer> all = terms.stream().flatMap(term -> term.names().stream()).toList();
    List<Integer> names = new ArrayList<>();
    for (int axis = covered(terms) - 1; axis >= 0; axis--) {
      names.add(ELLIPSIS + axis);
    }
    all.stream()
        .filter(name -> name < ELLIPSIS)
        .filter(name -> all.indexOf(name) == all.lastIndexOf(name))
        .sorted()
        .forEach(names::add);
    return names;
  }

  private Value combined(List<Term> terms, List<Integer> result) {
    Term first = terms.getFirst();
    if (terms.size() == 1) {
      return reduced(first, result);
    }
    for (int next = 1; next < terms.size() - 1; next++) {
      SequencedSet<Integer> needed = new LinkedHashSet<>(result);
      terms.subList(next + 1, terms.size()).forEach(term -> needed.addAll(term.names()));
      SequencedSet<Integer> kept = new LinkedHashSet<>(first.names());
      kept.addAll(terms.get(next).names());
      kept.retainAll(needed);
      List<Integer> names = List.copyOf(kept);
      first = new Term(product(first, terms.get(next), names), names);
    }
    return product(first, terms.getLast(), result);
  }

  private Reading reading(Term term, List<Integer> axes) {
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < term.names().size(); axis++) {
      int name = term.names().get(axis);
      boolean isRepeated = term.value().dimension(axis) == 1;
      accesses.add(isRepeated ? Access.at(0) : Access.along(axes.indexOf(name)));
    }
    return new Reading(term.value(), accesses);
  }

  private List<Integer> shape(List<Integer> names) {
    return names.stream().map(name -> extents.getOrDefault(name, 1)).toList();
  }

  private static List<Integer> summed(List<Integer> names, List<Integer> kept) {
    return names.stream().distinct().filter(name -> !kept.contains(name)).toList();
  }

  private Value reduced(Term term, List<Integer> result) {
    List<Integer> summed = summed(term.names(), result);
    Reading reading = reading(term, Shapes.join(result, summed));
    return summed.isEmpty()
        ? tensors.map(shape(result), Formula.of(reading))
        : tensors.fold(
            FoldRequest.of(
                Reduction.SUM, term.value().dataType(), shape(result), shape(summed), reading));
  }

  private Value product(Term one, Term other, List<Integer> result) {
    List<Integer> summed = summed(Shapes.join(one.names(), other.names()), result);
    List<Integer> axes = Shapes.join(result, summed);
    Reading first = reading(one, axes);
    Reading second = reading(other, axes);
    if (summed.isEmpty()) {
      return tensors.map(shape(result), Formula.of(first).times(Formula.of(second)));
    }
    return tensors.fold(
        FoldRequest.dot(one.value().dataType(), shape(result), shape(summed), first, second));
  }
}
