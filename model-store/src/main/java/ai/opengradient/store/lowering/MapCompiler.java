package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes MAP nodes of formulas: one where it keeps to the caps, and otherwise parts of the formula
 * first.
 */
final class MapCompiler {
  /** Parts of a formula: the time that it takes to divide one grows with their square. */
  private static final int MAXIMUM_PARTS = 1_024;

  /** No node holds more, even if many of them are alike. */
  private static final int MAXIMUM_PARTS_OF_NODE = 256;

  private final ProgramBuilder program;

  MapCompiler(ProgramBuilder program) {
    this.program = program;
  }

  /** The value that has a formula's elements, stored as its largest operand is. */
  Value map(List<Integer> shape, Formula formula) {
    Formula resolved = resolve(formula, shape.size());
    List<Reading> readings = new ArrayList<>();
    reads(resolved.parts()).forEach(read -> readings.addAll(read.readings()));
    return compile(shape, Reading.order(shape.size(), readings), resolved);
  }

  /** The same, stored in an order that is given. */
  Value map(List<Integer> shape, List<Integer> order, Formula formula) {
    return compile(shape, order, resolve(formula, shape.size()));
  }

  /** The value, laid anew if it is stored in another order. */
  Value stored(Value value, List<Integer> order) {
    return value.isStoredIn(order)
        ? value.withOrder(order)
        : map(value.shape(), order, Formula.of(value));
  }

  private static List<Formula.Step.Read> reads(List<Formula> parts) {
    return parts.stream()
        .map(Formula::step)
        .filter(Formula.Step.Read.class::isInstance)
        .map(Formula.Step.Read.class::cast)
        .distinct()
        .toList();
  }

  /** With every value read by its own accesses, or written as the constant that it is. */
  private static Formula resolve(Formula formula, int rank) {
    return formula.replaced(part -> {
      if (!(part.step() instanceof Formula.Step.Stretched(Value value))) {
        return part;
      }
      OptionalLong element = value.uniform();
      return element.isPresent()
          ? Formula.element(value.dataType(), element.getAsLong())
          : Formula.of(value, Access.broadcast(value.shape(), rank));
    });
  }

  private Value compile(List<Integer> shape, List<Integer> order, Formula formula) {
    if (shape.contains(0)) {
      return Value.empty(formula.dataType(), shape);
    }
    if (formula.parts().size() > MAXIMUM_PARTS) {
      throw new LoweringFailure.Unsupported(
          "an element of it takes more than " + MAXIMUM_PARTS + " steps; make several nodes of it");
    }
    Draft draft = new Draft(shape, order, formula);
    for (Optional<ProgramException> misfit = draft.misfit();
        misfit.isPresent();
        misfit = draft.misfit()) {
      Formula part = largestFittingPart(shape, order, draft.formula).orElseThrow(misfit::get);
      Value value = define(shape, order, new Draft(shape, order, part));
      Formula read = Formula.of(value, Access.identity(shape.size()));
      draft =
          new Draft(shape, order, draft.formula.replaced(other -> other == part ? read : other));
    }
    return define(shape, order, draft);
  }

  private Value define(List<Integer> shape, List<Integer> order, Draft draft) {
    Source source =
        draft.isCopy() ? draft.sources().getFirst() : program.add(draft.sources(), draft::node);
    return new Value(draft.formula.dataType(), shape, order, source);
  }

  private static Optional<Formula> largestFittingPart(
      List<Integer> shape, List<Integer> order, Formula formula) {
    Optional<Formula> largest = Optional.empty();
    int size = 0;
    for (Formula part : formula.parts()) {
      List<Formula> parts = part.parts();
      boolean isWorthIt = !part.isLeaf() && parts.stream().anyMatch(Formula::varies);
      if (isWorthIt
          && parts.size() > size
          && parts.size() <= MAXIMUM_PARTS_OF_NODE
          && part != formula
          && new Draft(shape, order, part).misfit().isEmpty()) {
        largest = Optional.of(part);
        size = parts.size();
      }
    }
    return largest;
  }

  /** A MAP in the making: its slots first, then one register a primitive. */
  private static final class Draft {
    private final Formula formula;
    private final Geometry geometry;
    private final List<Formula.Step.Read> slots;
    private final List<Primitive> primitives = new ArrayList<>();
    private final Map<Formula, Integer> registers = new HashMap<>();
    private final Map<Primitive, Integer> known = new HashMap<>();

    Draft(List<Integer> shape, List<Integer> order, Formula formula) {
      this.formula = formula;
      List<Formula> parts = formula.parts();
      slots = reads(parts);
      geometry = new Geometry(shape, order, List.of(), List.of());
      for (Formula.Step.Read slot : slots) {
        slot.readings().forEach(geometry::add);
      }
      for (Formula part : parts) {
        if (part.step() instanceof Formula.Step.Index(int axis)) {
          geometry.keep(axis);
        }
      }
      geometry.simplify();
      parts.forEach(part -> registers.put(part, register(part)));
    }

    /** Which cap it exceeds as one node. */
    Optional<ProgramException> misfit() {
      try {
        Descriptor.of(node(Collections.nCopies(sources().size(), 0)));
        return Optional.empty();
      } catch (ProgramException e) {
        if (e.fault() == Fault.TOO_MUCH) {
          return Optional.of(e);
        }
        throw e;
      }
    }

    private int register(Formula part) {
      if (part.step() instanceof Formula.Step.Read read) {
        return slots.indexOf(read);
      }
      Primitive primitive = primitive(part);
      Integer register = known.get(primitive);
      if (register == null) {
        register = slots.size() + primitives.size();
        primitives.add(primitive);
        known.put(primitive, register);
      }
      return register;
    }

    private Primitive primitive(Formula part) {
      List<Integer> operands = part.operands().stream().map(registers::get).toList();
      return switch (part.step()) {
        case Formula.Step.Constant constant ->
            new Primitive.Constant(part.dataType(), constant.element());
        case Formula.Step.Index index -> new Primitive.Index(geometry.position(index.axis()));
        case Formula.Step.Cast cast -> new Primitive.Cast(part.dataType(), operands.getFirst());
        case Formula.Step.Function function ->
            new Primitive.Function(function.function(), operands.getFirst());
        case Formula.Step.Apply apply -> new Primitive.Apply(apply.operation(), operands);
        case Formula.Step.Read read -> throw new IllegalStateException("a slot is no primitive");
        case Formula.Step.Stretched stretched ->
            throw new IllegalStateException("how it is read is not known yet");
      };
    }

    /** Whether every element is that of the same number of one value as long. */
    boolean isCopy() {
      if (!primitives.isEmpty() || slots.size() != 1 || slots.getFirst().readings().size() != 1) {
        return false;
      }
      Space space = geometry.space();
      return geometry.view(0).equals(View.identity(space))
          && space.size() == slots.getFirst().readings().getFirst().value().count();
    }

    List<Source> sources() {
      return slots.stream()
          .flatMap(slot -> slot.readings().stream())
          .map(reading -> reading.value().source())
          .toList();
    }

    Node.Computed node(List<Integer> positions) {
      List<Slot> finished = new ArrayList<>();
      int operand = 0;
      for (Formula.Step.Read slot : slots) {
        List<Operand> alternatives = new ArrayList<>();
        for (Reading reading : slot.readings()) {
          alternatives.add(
              new Operand(
                  positions.get(operand), reading.value().dataType(), geometry.view(operand)));
          operand++;
        }
        finished.add(new Slot(alternatives.getFirst().dataType(), slot.pad(), alternatives));
      }
      return new Node.Map(
          formula.dataType(), geometry.space(), finished, new Expression(primitives));
    }
  }
}
