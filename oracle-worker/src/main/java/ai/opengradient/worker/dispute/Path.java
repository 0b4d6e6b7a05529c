package ai.opengradient.worker.dispute;

import java.math.BigInteger;

/**
 * What a question asks for. Levels count from a tree's root down, indices from the left. Source:
 * {@code contracts/court/Path.sol}.
 */
public sealed interface Path {
  /** How many levels an answer descends, where there are so many. */
  int STRIDE = 4;

  /** Hashes below one of the trace's tree. */
  record Nodes(int level, int index) implements Path {
    /** The first ones below the root. They come with the trace, so nobody asks for them. */
    public static final Nodes TOP = new Nodes(0, 0);
  }

  /** Hashes below one of the tree of a node's tensor, or at its last level a leaf's bytes. */
  record Leaves(int node, int level, int index) implements Path {}

  /** A leaf of an input of the job. */
  record Input(int input, int leaf) implements Path {}

  /** A leaf of the data of a WEIGHT node. */
  record Weight(int node, int leaf) implements Path {}

  /** A leaf of an output of the claim. */
  record Output(int output, int leaf) implements Path {}

  /** How many levels below one an answer shows, in a tree of a depth. */
  static int stride(int depth, int level) {
    return Math.min(STRIDE, depth - level);
  }

  /** The path in the court's word. */
  default BigInteger word() {
    return switch (this) {
      case Nodes(int level, int index) -> PathWord.of(PathWord.NODES, 0, level, index);
      case Leaves(int node, int level, int index) ->
          PathWord.of(PathWord.LEAVES, node, level, index);
      case Input(int input, int leaf) -> PathWord.of(PathWord.INPUT, input, 0, leaf);
      case Weight(int node, int leaf) -> PathWord.of(PathWord.WEIGHT, node, 0, leaf);
      case Output(int output, int leaf) -> PathWord.of(PathWord.OUTPUT, output, 0, leaf);
    };
  }

  /**
   * The path that a word of the court stands for.
   *
   * @throws DisputeException if the word is no path's
   */
  static Path of(BigInteger word) {
    PathWord fields = PathWord.read(word);
    Path path =
        switch (fields.kind()) {
          case PathWord.NODES -> new Nodes(fields.level(), fields.index());
          case PathWord.LEAVES -> new Leaves(fields.node(), fields.level(), fields.index());
          case PathWord.INPUT -> new Input(fields.node(), fields.index());
          case PathWord.WEIGHT -> new Weight(fields.node(), fields.index());
          case PathWord.OUTPUT -> new Output(fields.node(), fields.index());
          default -> throw PathWord.noPath(word);
        };
    if (!path.word().equals(word)) {
      throw PathWord.noPath(word);
    }
    return path;
  }

  /** Refuses the path: what it names is not there. */
  default DisputeException notThere() {
    return new DisputeException(
        "there is nothing at " + this + "; the court refuses to ask for it");
  }
}
