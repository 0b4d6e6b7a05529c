package ai.opengradient.worker.demo;

import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** The MAP that gets the first element of a tensor wrong, by so much that nothing makes it good. */
final class FalseElement {
  private static final int VALUE = 0;
  private static final float LARGE = 0x1p20f;

  private FalseElement() {}

  /**
   * The tensor of a node with its first element wrong.
   *
   * @param position the node's
   */
  static Node of(Node node, int position) {
    DataType type = node.dataType();
    Space space = Space.of(node.count());
    List<Primitive> primitives = new ArrayList<>();
    int wrong = add(primitives, wrong(type));
    int place = add(primitives, List.of(new Primitive.Index(0)));
    int first = add(primitives, List.of(new Primitive.Constant(DataType.INT64, 0)));
    int isFirst = add(primitives, List.of(Primitive.apply(Operation.EQ, place, first)));
    add(primitives, List.of(Primitive.apply(Operation.SELECT, isFirst, wrong, VALUE)));
    return new Node.Map(
        type,
        space,
        List.of(Slot.of(new Operand(position, type, View.identity(space)))),
        new Expression(primitives));
  }

  /** The register of the last one. */
  private static int add(List<Primitive> primitives, List<Primitive> more) {
    primitives.addAll(more);
    return primitives.size();
  }

  private static List<Primitive> wrong(DataType type) {
    return switch (type) {
      case BOOL -> List.of(Primitive.apply(Operation.NOT, VALUE));
      // A large number, or zero for one that is larger, and for NaN.
      case FLOAT32 ->
          List.of(
              new Primitive.Constant(type, Float.floatToRawIntBits(LARGE)),
              Primitive.apply(Operation.ADD, VALUE, 1),
              Primitive.apply(Operation.ABS, VALUE),
              Primitive.apply(Operation.LT, 3, 1),
              new Primitive.Constant(type, 0),
              Primitive.apply(Operation.SELECT, 4, 2, 5));
      case INT8, UINT8 -> exclusive(type, 1 << 6);
      case INT32, INT64 -> exclusive(type, 1 << 20);
    };
  }

  private static List<Primitive> exclusive(DataType type, int bit) {
    return List.of(new Primitive.Constant(type, bit), Primitive.apply(Operation.XOR, VALUE, 1));
  }
}
