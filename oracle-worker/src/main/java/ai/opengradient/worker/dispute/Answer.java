package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import java.util.List;

/**
 * What answers a question, with what proves it. Siblings stand from below up to the root. Source:
 * the reveals of {@code contracts/court/ICourt.sol}.
 */
public sealed interface Answer {
  Path path();

  /**
   * Hashes of the trace's tree.
   *
   * @param siblings of the hash that the path names
   */
  record OfNodes(Path.Nodes path, List<Hash> hashes, List<Hash> siblings) implements Answer {
    public OfNodes {
      hashes = List.copyOf(hashes);
      siblings = List.copyOf(siblings);
    }
  }

  /**
   * Hashes of the tree of a node's tensor.
   *
   * @param siblings of the hash that the path names
   * @param traceSiblings of the tensor's commitment in the trace's tree
   */
  record OfLeaves(
      Path.Leaves path, List<Hash> hashes, List<Hash> siblings, List<Hash> traceSiblings)
      implements Answer {
    public OfLeaves {
      hashes = List.copyOf(hashes);
      siblings = List.copyOf(siblings);
      traceSiblings = List.copyOf(traceSiblings);
    }
  }

  /** A leaf of a node's tensor. */
  record OfLeaf(Path.Leaves path, Bytes leaf, List<Hash> siblings, List<Hash> traceSiblings)
      implements Answer {
    public OfLeaf {
      siblings = List.copyOf(siblings);
      traceSiblings = List.copyOf(traceSiblings);
    }
  }

  /** The tensor is the void one. */
  record OfVoid(Path.Leaves path, List<Hash> traceSiblings) implements Answer {
    public OfVoid {
      traceSiblings = List.copyOf(traceSiblings);
    }
  }

  /**
   * A leaf of an input.
   *
   * @param inputs commitments of all of the job's inputs
   */
  record OfInput(Path.Input path, Bytes leaf, List<Hash> siblings, List<Hash> inputs)
      implements Answer {
    public OfInput {
      siblings = List.copyOf(siblings);
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A leaf of a weight.
   *
   * @param node shows the WEIGHT node
   */
  record OfWeight(Path.Weight path, Bytes leaf, List<Hash> siblings, NodeOpening node)
      implements Answer {
    public OfWeight {
      siblings = List.copyOf(siblings);
    }
  }

  /** A leaf of a claimed output. */
  record OfOutput(Path.Output path, Bytes leaf, List<Hash> siblings) implements Answer {
    public OfOutput {
      siblings = List.copyOf(siblings);
    }
  }
}
