package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The same elements in another shape, and shapes as values. */
final class Shaping {
  private Shaping() {}

  static void addTo(OperatorTable table) {
    table.add("Identity", call -> call.input(0));
    table.add("Reshape", Shaping::reshape);
    table.add("Flatten", Shaping::flatten);
    table.add("Squeeze", Shaping::squeeze);
    table.add("Unsqueeze", Shaping::unsqueeze);
    table.add("Transpose", Shaping::transpose);
    table.add("Expand", Shaping::expand);
    table.add("Tile", Shaping::tile);
    table.add("DepthToSpace", Shaping::depthToSpace);
    table.add("SpaceToDepth", Shaping::spaceToDepth);
    table.add("Shape", Shaping::shape);
    table.add("Size", call -> call.tensors().scalar(DataType.INT64, call.input(0).count()));
  }

  /** 0 stands for the old dimension unless allowzero is set, −1 for whatever is left. */
  private static Value reshape(Call call) {
    Value value = call.input(0);
    List<Long> wanted = call.integers(1, "the shape");
    boolean keepsZeros = call.attributes().flag("allowzero", false);
    List<Integer> shape = new ArrayList<>();
    int open = -1;
    for (int axis = 0; axis < wanted.size(); axis++) {
      long size = wanted.get(axis);
      if (size == -1 && open < 0) {
        open = axis;
        shape.add(1);
      } else if (size == 0 && !keepsZeros) {
        shape.add(value.dimension(Shapes.axis(axis, value.rank())));
      } else {
        shape.add(Shapes.dimension(size));
      }
    }
    long rest = Shapes.count(shape);
    if (open >= 0) {
      shape.set(open, rest == 0 ? 0 : Shapes.dimension(value.count() / rest));
    }
    if (Shapes.count(shape) != value.count()) {
      throw new LoweringFailure.Invalid(
          "the shape " + value.shape() + " does not become " + wanted);
    }
    return call.tensors().reshaped(value, shape);
  }

  private static Value flatten(Call call) {
    Value value = call.input(0);
    long stated = call.attributes().integer("axis", 1);
    int axis = stated == value.rank() ? value.rank() : Shapes.axis(stated, value.rank());
    return call.tensors()
        .reshaped(
            value,
            List.of(
                Shapes.product(value.shape().subList(0, axis)),
                Shapes.product(value.shape().subList(axis, value.rank()))));
  }

  /** Axes are an input since version 13. */
  private static Value squeeze(Call call) {
    Value value = call.input(0);
    List<Integer> axes =
        call.integersSince(13, 1, "axes")
            .map(list -> Shapes.axes(list, value.rank()))
            .orElseGet(() -> unitAxes(value));
    if (axes.stream().anyMatch(axis -> value.dimension(axis) != 1)) {
      throw new LoweringFailure.Invalid(
          "the axes " + axes + " of " + value.shape() + " are not all of extent 1");
    }
    return call.tensors().reshaped(value, Shapes.without(value.shape(), axes));
  }

  private static List<Integer> unitAxes(Value value) {
    return IntStream.range(0, value.rank())
        .filter(axis -> value.dimension(axis) == 1)
        .boxed()
        .toList();
  }

  /** Axes are an input since version 13. */
  private static Value unsqueeze(Call call) {
    Value value = call.input(0);
    List<Long> axes =
        call.integersSince(13, 1, "axes")
            .orElseThrow(() -> new LoweringFailure.Invalid("the axes are missing"));
    return call.tensors()
        .unsqueezed(value, Shapes.axes(axes, Math.addExact(value.rank(), axes.size())));
  }

  private static Value transpose(Call call) {
    Value value = call.input(0);
    return value.transposed(permutation(call.attributes(), value.rank()));
  }

  private static List<Integer> permutation(Attributes attributes, int rank) {
    return attributes
        .integers("perm")
        .map(list -> {
          if (list.size() != rank || Shapes.axes(list, rank).size() != rank) {
            throw new LoweringFailure.Invalid(list + " is no order of " + rank + " axes");
          }
          return Shapes.axesInOrder(list, rank);
        })
        .orElseGet(() -> Value.natural(rank).reversed());
  }

  private static Value expand(Call call) {
    Value value = call.input(0);
    List<Integer> wanted = Shapes.dimensions(call.integers(1, "the shape"));
    return call.tensors().stretched(value, Shapes.broadcast(value.shape(), wanted));
  }

  /** Each axis as two: which copy, and where in it. */
  private static Value tile(Call call) {
    Value value = call.input(0);
    List<Integer> repeats = Shapes.dimensions(call.integers(1, "the repeats"));
    if (repeats.size() != value.rank()) {
      throw new LoweringFailure.Invalid("it takes one number of repeats for each axis");
    }
    List<Integer> pairs = new ArrayList<>();
    List<Integer> shape = new ArrayList<>();
    List<Access> accesses = new ArrayList<>();
    for (int axis = 0; axis < value.rank(); axis++) {
      pairs.add(repeats.get(axis));
      pairs.add(value.dimension(axis));
      shape.add(Shapes.product(pairs.subList(2 * axis, 2 * axis + 2)));
      accesses.add(Access.along(2 * axis + 1));
    }
    if (shape.contains(0)) {
      return Value.empty(value.dataType(), shape);
    }
    Value copies =
        call.tensors().map(pairs, Value.natural(pairs.size()), Formula.of(value, accesses));
    return call.tensors().reshaped(copies, shape);
  }

  private static int blockSize(Call call, Value value) {
    if (value.rank() != 4) {
      throw new LoweringFailure.Invalid("it takes a tensor of rank 4");
    }
    int size = Shapes.dimension(call.attributes().integer("blocksize", 0));
    if (size == 0) {
      throw new LoweringFailure.Invalid("the blocksize is missing");
    }
    return size;
  }

  private static Value depthToSpace(Call call) {
    Value value = call.input(0);
    int block = blockSize(call, value);
    int depth = value.dimension(1) / Math.multiplyExact(block, block);
    int batch = value.dimension(0);
    int height = value.dimension(2);
    int width = value.dimension(3);
    boolean columnFirst = call.attributes().text("mode", "DCR").equals("CRD");
    List<Integer> shape =
        columnFirst
            ? List.of(batch, depth, block, block, height, width)
            : List.of(batch, block, block, depth, height, width);
    List<Integer> order = columnFirst ? List.of(0, 1, 4, 2, 5, 3) : List.of(0, 3, 4, 1, 5, 2);
    requireCount(value, shape);
    return call.tensors()
        .reshaped(
            call.tensors().reshaped(value, shape).transposed(order),
            List.of(
                batch, depth, Math.multiplyExact(height, block), Math.multiplyExact(width, block)));
  }

  private static Value spaceToDepth(Call call) {
    Value value = call.input(0);
    int block = blockSize(call, value);
    int batch = value.dimension(0);
    int depth = value.dimension(1);
    int height = value.dimension(2) / block;
    int width = value.dimension(3) / block;
    List<Integer> shape = List.of(batch, depth, height, block, width, block);
    requireCount(value, shape);
    return call.tensors()
        .reshaped(
            call.tensors().reshaped(value, shape).transposed(List.of(0, 3, 5, 1, 2, 4)),
            List.of(
                batch, Math.multiplyExact(depth, Math.multiplyExact(block, block)), height, width));
  }

  private static void requireCount(Value value, List<Integer> shape) {
    if (Shapes.count(shape) != value.count()) {
      throw new LoweringFailure.Invalid("the blocks don't divide " + value.shape());
    }
  }

  private static Value shape(Call call) {
    List<Integer> shape = call.input(0).shape();
    int start = bound(call.attributes().integer("start", 0), shape.size());
    int end = bound(call.attributes().integer("end", shape.size()), shape.size());
    return call.tensors().vector(shape.subList(Math.min(start, end), end));
  }

  private static int bound(long place, int rank) {
    return Math.clamp(place < 0 ? place + rank : place, 0, rank);
  }
}
