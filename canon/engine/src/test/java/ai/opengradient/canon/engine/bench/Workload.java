package ai.opengradient.canon.engine.bench;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT8;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A program of one computed node, with random operands as models have them.
 *
 * @param operations additions and multiplications of numbers, or values of a function
 */
record Workload(
    String name,
    Program program,
    Map<Hash, ByteBuffer> weights,
    JobTensors job,
    double operations) {

  /** A product of two matrices: rows × terms of an input, terms × columns of a weight. */
  static Workload product(DataType type, int rows, int columns, int terms) {
    Random random = new Random(1);
    WholeTensor input = tensor(type, rows * terms, random);
    WholeTensor weight = tensor(type, columns * terms, random);
    View rowsView = View.of(View.Axis.along(rows, 0), View.Axis.along(terms, 2));
    View columnsView = View.of(View.Axis.along(columns, 1), View.Axis.along(terms, 2));
    return dot(
        "product %d×%d×%d %s".formatted(rows, terms, columns, type.label()),
        Space.of(rows, columns),
        Space.of(terms),
        input,
        rowsView,
        weight,
        columnsView);
  }

  /** A convolution with square kernels of so many points a side, padded to its input's size. */
  static Workload convolution(int side, int kernel, int channels) {
    Random random = new Random(2);
    WholeTensor image = tensor(FLOAT32, side * side * channels, random);
    WholeTensor weight = tensor(FLOAT32, channels * kernel * kernel * channels, random);
    return dot(
        "convolution %d×%d of %d×%d×%d".formatted(kernel, kernel, side, side, channels),
        Space.of(side, side, channels),
        Space.of(kernel, kernel, channels),
        image,
        View.of(slid(side, kernel, 0, 3), slid(side, kernel, 1, 4), View.Axis.along(channels, 5)),
        weight,
        View.of(
            View.Axis.along(channels, 2),
            View.Axis.along(kernel, 3),
            View.Axis.along(kernel, 4),
            View.Axis.along(channels, 5)));
  }

  /** A convolution of each channel by itself. */
  static Workload depthwise(int side, int kernel, int channels) {
    Random random = new Random(3);
    WholeTensor image = tensor(FLOAT32, side * side * channels, random);
    WholeTensor weight = tensor(FLOAT32, channels * kernel * kernel, random);
    return dot(
        "depthwise %d×%d of %d×%d×%d".formatted(kernel, kernel, side, side, channels),
        Space.of(side, side, channels),
        Space.of(kernel, kernel, 1),
        image,
        View.of(
            slid(side, kernel, 0, 3),
            slid(side, kernel, 1, 4),
            View.Axis.affine(channels, 0, new View.Term(2, 1), new View.Term(5, 1))),
        weight,
        View.of(
            View.Axis.along(channels, 2),
            View.Axis.along(kernel, 3),
            View.Axis.along(kernel, 4),
            View.Axis.along(1, 5)));
  }

  private static View.Axis slid(int side, int kernel, int axis, int foldAxis) {
    return View.Axis.affine(
        side, -(kernel / 2), new View.Term(axis, 1), new View.Term(foldAxis, 1));
  }

  /** A function at normally distributed arguments; of LOG, at their magnitudes. */
  static Workload function(UnaryFunction function, int count) {
    Random random = new Random(4);
    ByteBuffer arguments = ByteBuffer.allocate(count * FLOAT32.width());
    while (arguments.hasRemaining()) {
      float argument = (float) random.nextGaussian();
      arguments.putFloat(function == UnaryFunction.LOG ? Math.abs(argument) : argument);
    }
    WholeTensor input = new WholeTensor(FLOAT32, count, arguments.flip());
    View view = View.of(View.Axis.along(count, 0));
    Node map =
        new Node.Map(
            FLOAT32,
            Space.of(count),
            List.of(Slot.of(new Operand(0, FLOAT32, view))),
            Expression.of(new Primitive.Function(function, 0)));
    return new Workload(
        function.label(),
        new Program(List.of(new Node.Input(FLOAT32, count, 0), map), List.of(1)),
        Map.of(),
        JobTensors.of(List.of(input)),
        count);
  }

  private static Workload dot(
      String name,
      Space space,
      Space terms,
      WholeTensor input,
      View inputView,
      WholeTensor weight,
      View weightView) {
    DataType type = input.dataType();
    Hash root = TensorTree.root(weight.data());
    Node fold =
        new Node.Fold(
            type == INT8 ? INT32 : type,
            Reduction.DOT,
            space,
            terms,
            List.of(new Operand(0, type, inputView), new Operand(1, type, weightView)),
            Optional.empty());
    return new Workload(
        name,
        new Program(
            List.of(
                new Node.Input(type, input.count(), 0),
                new Node.Weight(type, weight.count(), root),
                fold),
            List.of(2)),
        Map.of(root, weight.data()),
        JobTensors.of(List.of(input)),
        2.0 * space.size() * terms.size());
  }

  private static WholeTensor tensor(DataType type, int count, Random random) {
    ByteBuffer data = ByteBuffer.allocate(count * type.width());
    if (type == FLOAT32) {
      while (data.hasRemaining()) {
        data.putFloat((float) random.nextGaussian());
      }
    } else {
      random.nextBytes(data.array());
    }
    return new WholeTensor(type, count, data.rewind());
  }
}
