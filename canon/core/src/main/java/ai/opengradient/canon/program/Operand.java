package ai.opengradient.canon.program;

import ai.opengradient.canon.tensor.DataType;

/**
 * A tensor that a node reads, and where.
 *
 * @param node the position of the node that defines it
 * @param dataType of its elements
 */
public record Operand(int node, DataType dataType, View view) {
  /**
   * @throws ProgramException if no program is long enough to have that node
   */
  public Operand {
    if (node < 0 || node >= Caps.NODES) {
      throw new ProgramException(
          ProgramException.Fault.DANGLING_OPERAND, "an operand is a node that no program has");
    }
  }
}
