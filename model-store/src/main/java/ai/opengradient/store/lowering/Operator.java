package ai.opengradient.store.lowering;

import java.util.List;

/** How the nodes of one ONNX operator are lowered. */
@FunctionalInterface
interface Operator {
  /** The node's outputs, at least those that are wanted. */
  List<Value> lower(Call call);
}
