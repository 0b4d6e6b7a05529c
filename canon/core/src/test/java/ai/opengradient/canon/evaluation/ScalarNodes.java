package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Nodes of one element, to look at one primitive. */
final class ScalarNodes {
  private ScalarNodes() {}

  /** A MAP of one primitive whose operands are its nodes 0, 1, … */
  static Node.Map of(DataType result, List<DataType> operands, Primitive primitive) {
    List<Slot> slots = new ArrayList<>();
    for (int node = 0; node < operands.size(); node++) {
      slots.add(Slot.of(new Operand(node, operands.get(node), View.SCALAR)));
    }
    return new Node.Map(result, Space.SCALAR, slots, Expression.of(primitive));
  }

  /** A tensor of one element in the bytes given. */
  static WholeTensor scalar(DataType type, byte[] bytes) {
    return new WholeTensor(type, 1, ByteBuffer.wrap(bytes));
  }

  /** An element's bytes. */
  static byte[] bytes(DataType type, long element) {
    ByteBuffer bytes = ByteBuffer.allocate(type.width());
    ElementBytes.write(type, bytes, element);
    return bytes.array();
  }
}
