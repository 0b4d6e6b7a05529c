package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * An output without elements. A tensor of the protocol has one at least: such an output is no part
 * of a job's answer, and the file alone decides it.
 *
 * @param shape its dimensions, outermost first, one of them 0
 */
public record EmptyOutput(String name, DataType dataType, List<Integer> shape) {
  public EmptyOutput {
    shape = List.copyOf(shape);
  }

  /** Such as {@code float32[2, 0]}. */
  public String type() {
    return dataType.label() + shape;
  }
}
