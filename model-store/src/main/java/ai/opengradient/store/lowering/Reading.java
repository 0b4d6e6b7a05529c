package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * An operand of what is computed: a value, and where on each of its axes an element is found.
 *
 * @param accesses one for each axis of the value
 */
record Reading(Value value, List<Access> accesses) {
  Reading {
    accesses = List.copyOf(accesses);
    if (accesses.size() != value.rank()) {
      throw new LoweringFailure.Invalid(
          "a tensor of " + value.shape() + " where one of rank " + accesses.size() + " belongs");
    }
  }

  /** Element by element, axis by axis. */
  static Reading identity(Value value) {
    return new Reading(value, Access.identity(value.rank()));
  }

  Reading with(Value other) {
    return new Reading(other, accesses);
  }

  /** The accesses in the order in which the value's axes are stored. */
  List<Access> stored() {
    return value.order().stream().map(accesses::get).toList();
  }

  /**
   * The axes below a rank in the order in which the operands are stored, of which larger ones count
   * first. Axes that nobody follows come first, so that what is repeated is repeated whole.
   */
  static List<Integer> order(int rank, List<Reading> readings) {
    SequencedSet<Integer> followed = new LinkedHashSet<>();
    readings.stream()
        .sorted(Comparator.comparingLong(reading -> -reading.value().count()))
        .flatMap(reading -> reading.stored().stream())
        .flatMap(access -> access.parts().stream())
        .map(Access.Part::axis)
        .filter(axis -> axis < rank)
        .forEach(followed::add);
    List<Integer> order = new ArrayList<>(Value.natural(rank));
    order.removeAll(followed);
    order.addAll(followed);
    return order;
  }
}
