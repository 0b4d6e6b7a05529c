package ai.opengradient.store.lowering;

import ai.opengradient.canon.evaluation.ElementRule;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Computes nodes whose operands are all constants, within a budget: a small file must not cause
 * work or tensors without end.
 */
final class ConstantArithmetic {
  private static final long STEPS = 1L << 26;
  private static final long STEPS_PER_BYTE = 16;
  private static final long BYTES = 1L << 27;
  private static final long BYTES_PER_BYTE = 16;
  private static final long STEPS_OF_FUNCTION = 8;
  private static final long STEADY_ELEMENTS_A_STEP = 8;

  private long stepsLeft;
  private long bytesLeft;

  /**
   * @param fileLength bytes of the model: what a model of that size may need is allowed
   */
  ConstantArithmetic(long fileLength) {
    stepsLeft = STEPS + STEPS_PER_BYTE * fileLength;
    bytesLeft = BYTES + BYTES_PER_BYTE * fileLength;
  }

  /** The node's tensor. */
  WholeTensor compute(Node.Computed node, List<WholeTensor> operands) {
    int count = node.count();
    ByteBuffer data = allocate(node.dataType(), count);
    if (node instanceof Node.Map map && SteadyMap.isPossible(map)) {
      spendSteps(count / STEADY_ELEMENTS_A_STEP);
      SteadyMap.compute(map, operands, data);
    } else {
      spendSteps(count * stepsOfElement(node));
      ElementRule rule = ElementRule.of(node, operands).orElseThrow();
      for (int index = 0; index < count; index++) {
        ConstantTensors.put(node.dataType(), data, rule.element(index));
      }
    }
    return new WholeTensor(node.dataType(), count, data.flip());
  }

  /** Room for so many elements. */
  ByteBuffer allocate(DataType type, long count) {
    long length = count * type.width();
    requireRoom(length);
    bytesLeft -= length;
    return ByteBuffer.allocate((int) length);
  }

  /** Throws unless so many bytes are left. */
  void requireRoom(long length) {
    if (length > bytesLeft || length > Integer.MAX_VALUE) {
      throw new LoweringFailure.Unsupported(
          "it makes constants without measure out of a small file; compute less of them in the model");
    }
  }

  private void spendSteps(long steps) {
    stepsLeft -= steps;
    if (stepsLeft < 0) {
      throw new LoweringFailure.Unsupported(
          "it takes too much work to compute the constants; store them in the model instead");
    }
  }

  private static long stepsOfElement(Node.Computed node) {
    return switch (node) {
      case Node.Map map ->
          1
              + map.slots().size()
              + map.expression().primitives().stream().mapToLong(ConstantArithmetic::stepsOf).sum();
      case Node.Fold fold -> fold.terms().size();
      case Node.Gather gather -> 2;
    };
  }

  private static long stepsOf(Primitive primitive) {
    return primitive instanceof Primitive.Function ? STEPS_OF_FUNCTION : 1;
  }
}
