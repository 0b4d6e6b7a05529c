package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Parts of tensors, and tensors put together. */
final class Slicing {
  private Slicing() {}

  static void addTo(OperatorTable table) {
    table.add("Slice", Slicing::slice);
    table.addMany("Split", Slicing::split);
    table.add("Concat", Slicing::concatenate);
  }

  /** Ranges are inputs since version 10. */
  private static Value slice(Call call) {
    Value value = call.input(0);
    int rank = value.rank();
    List<Long> starts = required(call.integersSince(10, 1, "starts"));
    List<Long> ends = required(call.integersSince(10, 2, "ends"));
    List<Integer> axes =
        call.integersSince(10, 3, "axes")
            .map(list -> Shapes.axesInOrder(list, rank))
            .orElseGet(() -> Value.natural(starts.size()));
    List<Long> steps =
        call.integersSince(10, 4, "steps").orElseGet(() -> Collections.nCopies(axes.size(), 1L));
    if (starts.size() != axes.size() || ends.size() != axes.size() || steps.size() != axes.size()) {
      throw new LoweringFailure.Invalid("starts, ends, axes and steps are not equally many");
    }
    List<Integer> from = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> by = new ArrayList<>(Collections.nCopies(rank, 1));
    List<Integer> sizes = new ArrayList<>(value.shape());
    for (int at = 0; at < axes.size(); at++) {
      int axis = Shapes.axis(axes.get(at), rank);
      Range range = range(starts.get(at), ends.get(at), steps.get(at), value.dimension(axis));
      from.set(axis, range.start());
      by.set(axis, range.step());
      sizes.set(axis, range.size());
    }
    return call.tensors().sliced(value, from, by, sizes);
  }

  private static List<Long> required(Optional<List<Long>> list) {
    return list.orElseThrow(() -> new LoweringFailure.Invalid("starts or ends are missing"));
  }

  private record Range(int start, int step, int size) {}

  /** Bounds beyond the ends mean the ends; negative ones count from the end. */
  private static Range range(long start, long end, long step, int dimension) {
    if (step == 0 || step == Long.MIN_VALUE) {
      throw new LoweringFailure.Invalid("a step of " + step + " leads nowhere");
    }
    boolean forward = step > 0;
    long first = clamp(start, forward ? 0 : -1, forward ? dimension : dimension - 1L, dimension);
    long last = clamp(end, forward ? 0 : -1, forward ? dimension : dimension - 1L, dimension);
    long distance = forward ? last - first : first - last;
    long size = distance <= 0 ? 0 : Math.ceilDiv(distance, Math.abs(step));
    // With a single element no step is taken, however long it is.
    return new Range((int) Math.max(0, first), size <= 1 ? 1 : (int) step, (int) size);
  }

  private static long clamp(long place, long least, long greatest, int dimension) {
    long fromFront = place < 0 ? place + dimension : place;
    return Math.min(Math.max(fromFront, least), greatest);
  }

  private static List<Value> split(Call call) {
    Value value = call.input(0);
    int axis = call.axis(0, value.rank());
    List<Value> parts = new ArrayList<>();
    int start = 0;
    for (int size : partSizes(call, value.dimension(axis))) {
      parts.add(call.tensors().part(value, axis, start, size));
      start += size;
    }
    return parts;
  }

  /** The sizes are an input since version 13; equal parts, of which the last may be shorter. */
  private static List<Integer> partSizes(Call call, int dimension) {
    Optional<List<Long>> stated = call.integersSince(13, 1, "split");
    if (stated.isPresent()) {
      List<Integer> sizes = Shapes.dimensions(stated.get());
      if (sizes.stream().mapToLong(Integer::longValue).sum() != dimension) {
        throw new LoweringFailure.Invalid(sizes + " does not add up to " + dimension);
      }
      return sizes;
    }
    int parts = (int) call.attributes().integer("num_outputs", call.outputCount());
    if (parts < 1 || parts > call.outputCount()) {
      throw new LoweringFailure.Invalid("it has " + call.outputCount() + " outputs, not " + parts);
    }
    int size = Math.ceilDiv(dimension, parts);
    List<Integer> sizes = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      sizes.add(Math.clamp((long) dimension - (long) part * size, 0, size));
    }
    return sizes;
  }

  private static Value concatenate(Call call) {
    List<Value> values = call.all();
    if (values.isEmpty()) {
      throw new LoweringFailure.Invalid("input 0 is missing");
    }
    Value first = values.getFirst();
    // Since version 4 the axis must be stated.
    int axis = call.axis(1, first.rank());
    for (Value value : values) {
      if (value.dataType() != first.dataType()
          || value.rank() != first.rank()
          || !Shapes.with(value.shape(), axis, 1).equals(Shapes.with(first.shape(), axis, 1))) {
        throw new LoweringFailure.Invalid(
            "the shapes " + first.shape() + " and " + value.shape() + " don't fit each other");
      }
    }
    return call.tensors().concatenated(values, axis);
  }
}
