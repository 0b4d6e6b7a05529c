package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Pad and CenterCropPad. */
final class Padding {
  private Padding() {}

  static void addTo(OperatorTable table) {
    table.add("Pad", Padding::pad);
    table.add("CenterCropPad", Padding::centre);
  }

  /** So many places more on each side of each axis, or fewer. */
  private record Margins(List<Integer> before, List<Integer> after) {
    static Margins of(Call call, int rank) {
      List<Long> pads =
          call.integersSince(11, 1, "pads")
              .orElseThrow(() -> new LoweringFailure.Invalid("the pads are missing"));
      List<Integer> axes =
          call.optionalIntegers(3, "the axes")
              .map(list -> Shapes.axesInOrder(list, rank))
              .orElseGet(() -> Value.natural(rank));
      if (pads.size() != 2 * axes.size()) {
        throw new LoweringFailure.Invalid("it takes two pads for each axis, not " + pads);
      }
      List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
      List<Integer> after = new ArrayList<>(before);
      for (int at = 0; at < axes.size(); at++) {
        before.set(axes.get(at), Math.toIntExact(pads.get(at)));
        after.set(axes.get(at), Math.toIntExact(pads.get(at + axes.size())));
      }
      return new Margins(before, after);
    }

    int extent(Value value, int axis) {
      return Shapes.dimension((long) value.dimension(axis) + before.get(axis) + after.get(axis));
    }
  }

  private static Value pad(Call call) {
    Value value = call.input(0);
    Margins margins = Margins.of(call, value.rank());
    return switch (call.attributes().text("mode", "constant")) {
      case "constant" -> withConstant(call, value, margins);
      case "edge" -> byPlaces(call, margins, (place, size) -> Math.clamp(place, 0, size - 1));
      case "reflect" -> byPlaces(call, margins, Padding::reflected);
      case "wrap" -> byPlaces(call, margins, Math::floorMod);
      default -> throw new LoweringFailure.Invalid("there is no such mode of padding");
    };
  }

  private static Value withConstant(Call call, Value value, Margins margins) {
    List<Integer> shape = new ArrayList<>();
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < value.rank(); axis++) {
      shape.add(margins.extent(value, axis));
      accesses.add(Access.along(axis).shifted(-margins.before().get(axis)));
    }
    if (call.opset() >= 11 && call.optional(2).isPresent()) {
      Value pad = call.tensors().reshaped(call.input(2), List.of());
      return padded(call, value, shape, accesses, pad);
    }
    float number = call.opset() < 11 ? call.attributes().number("value", 0) : 0;
    Value pad = call.tensors().cast(call.tensors().numbers(List.of(), number), value.dataType());
    return padded(call, value, shape, accesses, pad);
  }

  private static Value padded(
      Call call, Value value, List<Integer> shape, List<Access> accesses, Value pad) {
    if (value.isEmpty()) {
      return call.tensors().map(shape, Formula.of(pad));
    }
    Reading inside = new Reading(value, accesses);
    OptionalLong element = pad.uniform();
    if (element.isPresent()) {
      return call.tensors().map(shape, Formula.firstOf(element.getAsLong(), List.of(inside)));
    }
    return call.tensors()
        .map(shape, Formula.firstOf(0, List.of(inside, new Reading(pad, List.of()))));
  }

  /** Which place of an axis of some size stands where padding begins or ends beyond it. */
  @FunctionalInterface
  private interface Rule {
    int place(int place, int size);
  }

  private static Value byPlaces(Call call, Margins margins, Rule rule) {
    Value value = call.input(0);
    for (int axis = 0; axis < value.rank(); axis++) {
      int size = value.dimension(axis);
      int[] places = new int[call.tensors().room(margins.extent(value, axis))];
      if (size == 0 && places.length > 0) {
        throw new LoweringFailure.Invalid("there is nothing to pad with");
      }
      for (int at = 0; at < places.length; at++) {
        places[at] = rule.place(at - margins.before().get(axis), size);
      }
      value = Picking.picked(call.tensors(), value, axis, places);
    }
    return value;
  }

  /** To and fro, the ends once. */
  private static int reflected(int place, int size) {
    if (size == 1) {
      return 0;
    }
    int turn = Math.floorMod(place, 2 * (size - 1));
    return Math.min(turn, 2 * (size - 1) - turn);
  }

  /** The middle of each axis, or zeros on both sides; the second half gets the odd one. */
  private static Value centre(Call call) {
    Value value = call.input(0);
    List<Long> wanted = call.integers(1, "the shape");
    List<Integer> axes =
        call.attributes()
            .integers("axes")
            .map(list -> Shapes.axesInOrder(list, value.rank()))
            .orElseGet(() -> Value.natural(value.rank()));
    if (axes.size() != wanted.size()) {
      throw new LoweringFailure.Invalid("it takes one size for each axis, not " + wanted);
    }
    List<Integer> shape = new ArrayList<>(value.shape());
    List<Access> accesses = new ArrayList<>(Access.identity(value.rank()));
    for (int at = 0; at < axes.size(); at++) {
      int axis = axes.get(at);
      int size = Shapes.dimension(wanted.get(at));
      // Floor of half the difference in front, in both directions.
      int missing = size - value.dimension(axis);
      int before = missing >= 0 ? missing / 2 : -(-missing / 2);
      shape.set(axis, size);
      accesses.set(axis, Access.along(axis).shifted(-before));
    }
    return value.isEmpty()
        ? call.tensors().map(shape, Formula.whole(value.dataType(), 0))
        : call.tensors().map(shape, Formula.of(value, accesses));
  }
}
