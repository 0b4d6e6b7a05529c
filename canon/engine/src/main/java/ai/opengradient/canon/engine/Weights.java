package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.EngineException.Fault;
import ai.opengradient.canon.engine.elements.Codec;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads the tensors of WEIGHT nodes: the first elements of the leaves with their root. */
final class Weights {
  private Weights() {}

  static Elements read(Node.Weight weight, int position, Map<Hash, ByteBuffer> data, Crew crew)
      throws InterruptedException {
    ByteBuffer leaves = data.get(weight.root());
    if (leaves == null) {
      throw missing(weight, position, "is not at hand; fetch the model");
    }
    long length = weight.length();
    int needed = TensorTree.leafCount(length);
    int there = TensorTree.leafCount(leaves.remaining());
    if (there < needed || HashTree.depth(there) != HashTree.depth(needed)) {
      throw missing(
          weight,
          position,
          "has "
              + there
              + " leaves here, its node a tree of "
              + needed
              + "; fetch the model again");
    }
    ByteBuffer elements = first(leaves, Math.toIntExact(length));
    return Codec.decoded(new WholeTensor(weight.dataType(), weight.count(), elements), crew);
  }

  /** The first bytes, or all with the zeros that fill the last leaf. */
  private static ByteBuffer first(ByteBuffer leaves, int length) {
    if (length <= leaves.remaining()) {
      return leaves.slice(leaves.position(), length);
    }
    return ByteBuffer.allocate(length).put(leaves.duplicate()).rewind();
  }

  private static EngineException missing(Node.Weight weight, int position, String cause) {
    return new EngineException(
        Fault.MISSING_WEIGHT,
        "node " + position + ": the weight with the tree root " + weight.root() + " " + cause);
  }
}
