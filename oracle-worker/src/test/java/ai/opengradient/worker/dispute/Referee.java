package ai.opengradient.worker.dispute;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.ElementRule;
import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.evaluation.EvaluationException;
import ai.opengradient.canon.evaluation.FoldStep;
import ai.opengradient.canon.evaluation.LeafOpening;
import ai.opengradient.canon.evaluation.LeafTensor;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.program.ProgramHead;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A court in plain words: knows what the chain knows, which is roots, and examines every answer and
 * proof from scratch. Throws {@link Refused} where the contract reverts.
 */
final class Referee {
  private final Hash programRoot;
  private final List<TensorHead> inputs;
  private final List<TensorHead> claim;
  private final List<Band> bands;
  private final Hash trace;
  private final int nodes;

  /** Types of tensors by node, once they were opened. */
  private final Map<Integer, Node> known = new HashMap<>();

  private final Map<Bytes, Accumulated> accumulators = new HashMap<>();

  /** Runs of terms that were added, with the leaves opened for each. */
  private record Accumulated(int node, int element, List<Run> runs) {}

  private record Run(List<ElementSource> operands, int until) {}

  /**
   * What a step means: the void tensor, a given one by its hash, or an element that is computed.
   */
  private sealed interface Meaning {
    record OfVoid() implements Meaning {}

    record OfGiven(Hash tensor) implements Meaning {}

    record OfComputed(Node.Computed node) implements Meaning {}
  }

  /**
   * A court about a job.
   *
   * @param inputs the job's
   * @param claim one for each output, of the model's types
   * @param trace what the worker asserts, with the preimage of the program's root
   */
  Referee(
      Hash programRoot,
      List<TensorHead> inputs,
      List<TensorHead> claim,
      List<Band> bands,
      Hash trace,
      ProgramHead program) {
    this.programRoot = programRoot;
    this.inputs = List.copyOf(inputs);
    this.claim = List.copyOf(claim);
    this.bands = List.copyOf(bands);
    this.trace = trace;
    Refused.unless(program.hash().equals(programRoot), "the head is another program's");
    nodes = program.nodes();
  }

  /** Whether the node's type is known already, so that a question need not show it. */
  boolean knows(int node) {
    return known.containsKey(node);
  }

  /** Takes what is asserted of the trace: the first hashes below its root, which it gives. */
  Hash assertTrace(List<Hash> top) {
    Hash root = rootOfRow(Path.Nodes.TOP, 0, 0, nodes, top, List.of());
    Refused.unless(root.equals(trace), "another trace");
    return trace;
  }

  /** Takes a question. */
  void ask(Path path, Optional<NodeOpening> node) {
    switch (path) {
      case Path.Nodes(int level, int index) ->
          requireBelowTop(path, HashTree.depth(nodes), level, index);
      case Path.Leaves(int position, int level, int index) -> {
        Node defined = known(path, position, node);
        // What is given has to be what it is, and need not fit.
        Refused.unless(defined instanceof Node.Computed, "a given tensor at " + path);
        int leaves = TensorTree.leafCount(defined.length());
        if (level == HashTree.depth(leaves)) {
          requireLeaf(path, leaves, index);
        } else {
          requireInner(path, HashTree.depth(leaves), level, index);
        }
      }
      case Path.Input(int input, int leaf) ->
          requireLeaf(path, leavesOf(path, inputs, input), leaf);
      case Path.Output(int output, int leaf) ->
          requireLeaf(path, leavesOf(path, claim, output), leaf);
      case Path.Weight(int position, int leaf) -> {
        Node defined = known(path, position, node);
        Refused.unless(defined instanceof Node.Weight, "no weight at " + path);
        requireLeaf(path, TensorTree.leafCount(defined.length()), leaf);
      }
    }
  }

  private static void requireBelowTop(Path path, int depth, int level, int index) {
    Refused.unless(level != 0, "it came with the trace: " + path);
    requireInner(path, depth, level, index);
  }

  private static void requireInner(Path path, int depth, int level, int index) {
    boolean isThere =
        level >= 0 && level < depth && level % 4 == 0 && index >= 0 && index >>> level == 0;
    Refused.unless(isThere, "nothing at " + path);
  }

  private static void requireLeaf(Path path, int leaves, int index) {
    Refused.unless(index >= 0 && index < leaves, "nothing at " + path);
  }

  private static int leavesOf(Path path, List<TensorHead> tensors, int number) {
    Refused.unless(number >= 0 && number < tensors.size(), "nothing at " + path);
    return leavesOf(tensors.get(number));
  }

  private static int leavesOf(TensorHead head) {
    return TensorTree.leafCount((long) head.count() * head.dataType().orElseThrow().width());
  }

  private Node known(Path path, int position, Optional<NodeOpening> opening) {
    Node before = known.get(position);
    if (before != null) {
      return before;
    }
    Refused.unless(opening.isPresent(), "the node of " + path + " is not known");
    requireNode(opening.get(), position);
    Optional<Node> node = nodeOf(opening.get().descriptor(), position);
    Refused.unless(node.isPresent(), "the node of " + path + " is void");
    known.put(position, node.orElseThrow());
    return node.orElseThrow();
  }

  private void requireNode(NodeOpening opening, int position) {
    ProgramHead head = opening.program();
    Refused.unless(head.hash().equals(programRoot), "the head is another program's");
    Refused.unless(position < nodes, "the program has no node " + position);
    requireAt(
        head.nodesRoot(),
        HashTree.depth(nodes),
        position,
        opening.descriptor().hash(),
        opening.siblings(),
        "node " + position + " is another one");
  }

  private static Optional<Node> nodeOf(Descriptor descriptor, int position) {
    try {
      return Optional.of(descriptor.node(position));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  private static Optional<Hash> climb(int depth, int place, Hash hash, List<Hash> siblings) {
    return HashTree.root(depth, List.of(place), List.of(hash), siblings);
  }

  private static void requireAt(
      Hash root, int depth, int place, Hash hash, List<Hash> siblings, String message) {
    Refused.unless(climb(depth, place, hash, siblings).equals(Optional.of(root)), message);
  }

  /** Takes the answer to a question that was asked. */
  void answer(Path path, Answer answer) {
    Refused.unless(answer.path().equals(path), "an answer to another question");
    switch (answer) {
      case Answer.OfNodes(Path.Nodes asked, List<Hash> row, List<Hash> siblings) -> {
        Hash root = rootOfRow(path, asked.level(), asked.index(), nodes, row, siblings);
        Refused.unless(root.equals(trace), path + " does not fit");
      }
      case Answer.OfLeaves(
              Path.Leaves asked,
              List<Hash> row,
              List<Hash> siblings,
              List<Hash> traceSiblings) -> {
        Node node = Objects.requireNonNull(known.get(asked.node()));
        int leaves = TensorTree.leafCount(node.length());
        Hash root = rootOfRow(path, asked.level(), asked.index(), leaves, row, siblings);
        requireTensor(
            asked.node(), TensorHead.of(node.dataType(), node.count(), root).hash(), traceSiblings);
      }
      case Answer.OfLeaf(
              Path.Leaves asked,
              Bytes leaf,
              List<Hash> siblings,
              List<Hash> traceSiblings) -> {
        Node node = Objects.requireNonNull(known.get(asked.node()));
        requireFits(path, node.dataType(), node.count(), asked.index(), leaf);
        Hash root =
            rootOfLeaf(path, TensorTree.leafCount(node.length()), asked.index(), leaf, siblings);
        requireTensor(
            asked.node(), TensorHead.of(node.dataType(), node.count(), root).hash(), traceSiblings);
      }
      case Answer.OfVoid(Path.Leaves asked, List<Hash> traceSiblings) ->
          requireTensor(asked.node(), TensorHead.VOID.hash(), traceSiblings);
      case Answer.OfInput(Path.Input asked, Bytes leaf, List<Hash> siblings, List<Hash> all) -> {
        Refused.unless(all.equals(inputHashes()), "other inputs");
        requireRoot(path, inputs.get(asked.input()), asked.leaf(), leaf, siblings);
      }
      case Answer.OfOutput(Path.Output asked, Bytes leaf, List<Hash> siblings) ->
          requireRoot(path, claim.get(asked.output()), asked.leaf(), leaf, siblings);
      case Answer.OfWeight(
              Path.Weight asked,
              Bytes leaf,
              List<Hash> siblings,
              NodeOpening opening) -> {
        requireNode(opening, asked.node());
        Node.Weight weight = (Node.Weight) nodeOf(opening.descriptor(), asked.node()).orElseThrow();
        TensorHead head = TensorHead.of(weight.dataType(), weight.count(), weight.root());
        requireRoot(path, head, asked.leaf(), leaf, siblings);
      }
    }
  }

  private List<Hash> inputHashes() {
    return inputs.stream().map(TensorHead::hash).toList();
  }

  private static void requireRoot(
      Path path, TensorHead head, int place, Bytes leaf, List<Hash> siblings) {
    Hash root = rootOfLeaf(path, leavesOf(head), place, leaf, siblings);
    Refused.unless(root.equals(head.root()), path + " does not fit");
  }

  private void requireTensor(int node, Hash tensor, List<Hash> siblings) {
    requireAt(
        trace,
        HashTree.depth(nodes),
        node,
        tensor,
        siblings,
        "node " + node + " has another tensor in the trace");
  }

  /** The root of a tree of so many leaves in which the row stands below that place. */
  private static Hash rootOfRow(
      Path path, int level, int index, int leaves, List<Hash> row, List<Hash> siblings) {
    int depth = HashTree.depth(leaves);
    int stride = Math.min(4, depth - level);
    Refused.unless(row.size() == 1 << stride, path + " does not fit");
    int height = depth - level - stride;
    Hash missing = HashTree.MISSING;
    for (int up = 0; up < height; up++) {
      missing = HashTree.inner(missing, missing);
    }
    for (int at = 0; at < row.size(); at++) {
      long firstLeaf = (((long) index << stride) + at) << height;
      Refused.unless(
          firstLeaf < leaves || row.get(at).equals(missing), path + " is not missing where due");
    }
    Optional<Hash> root = climb(level, index, HashTree.of(row).root(), siblings);
    Refused.unless(root.isPresent(), path + " does not fit");
    return root.orElseThrow();
  }

  private static Hash rootOfLeaf(
      Path path, int leaves, int place, Bytes leaf, List<Hash> siblings) {
    Refused.unless(leaf.length() == TensorTree.LEAF_LENGTH, path + " is no leaf");
    Optional<Hash> root =
        climb(HashTree.depth(leaves), place, TensorTree.leafHash(leaf.toArray()), siblings);
    Refused.unless(root.isPresent(), path + " does not fit");
    return root.orElseThrow();
  }

  private static void requireFits(Path path, DataType type, int count, int place, Bytes leaf) {
    byte[] bytes = leaf.toArray();
    long used = (long) count * type.width() - (long) place * TensorTree.LEAF_LENGTH;
    for (int at = 0; at < bytes.length; at++) {
      int greatest = at >= used ? 0 : type == DataType.BOOL ? 1 : 255;
      Refused.unless(Byte.toUnsignedInt(bytes[at]) <= greatest, path + " does not fit");
    }
  }

  /** Takes a proof that a step is false. */
  void prove(StepProof proof) {
    requireOpened(proof);
    ElementStep step = proof.step();
    Hash inTrace = tensorAt(proof.trace(), step.position());
    boolean differs =
        switch (meaning(proof)) {
          case Meaning.OfVoid _ -> !inTrace.equals(TensorHead.VOID.hash());
          case Meaning.OfGiven(Hash tensor) -> !inTrace.equals(tensor);
          case Meaning.OfComputed(Node.Computed node) -> differs(proof, node, inTrace);
        };
    Refused.unless(differs, "no difference");
  }

  private boolean differs(StepProof proof, Node.Computed node, Hash inTrace) {
    ElementStep step = proof.step();
    Refused.unless(step.element() >= 0 && step.element() < node.count(), "no such element");
    long value = compute(step, node);
    Refused.unless(proof.result().isPresent(), "the node's own tensor is not opened");
    OpenedTensor result = proof.result().orElseThrow();
    Refused.unless(result.head().hash().equals(inTrace), "another tensor than the trace's");
    if (result.head().code() != node.dataType().code() || result.head().count() != node.count()) {
      return true;
    }
    int width = node.dataType().width() * Byte.SIZE;
    long bits = value & (-1L >>> (Long.SIZE - width));
    return bits(result.head(), result.opened(), step.element()) != bits;
  }

  /** Adds terms to the proof's accumulator; gives the new one. */
  Bytes add(StepProof proof, int until) {
    requireOpened(proof);
    ElementStep step = proof.step();
    if (!(meaning(proof) instanceof Meaning.OfComputed(Node.Fold fold))
        || !fold.reduction().isSum()) {
      throw new Refused("only sums are accumulated");
    }
    List<Run> runs = new ArrayList<>(runs(step));
    int next = runs.isEmpty() ? 0 : runs.getLast().until();
    Refused.unless(until > next && until <= fold.terms().size(), "no such terms");
    runs.add(new Run(operands(step), until));
    replay(fold, step.element(), runs);
    Bytes accumulator = Bytes.of(new byte[] {(byte) accumulators.size(), 7});
    accumulators.put(accumulator, new Accumulated(step.position(), step.element(), runs));
    return accumulator;
  }

  private static FoldStep replay(Node.Fold fold, int element, List<Run> runs) {
    FoldStep step = new FoldStep(fold, element);
    try {
      runs.forEach(run -> step.add(run.operands(), run.until()));
    } catch (EvaluationException.MissingLeaf e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
    return step;
  }

  private List<Run> runs(ElementStep step) {
    if (step.accumulator().length() == 0) {
      return List.of();
    }
    Accumulated before = accumulators.get(step.accumulator());
    if (before == null || before.node() != step.position() || before.element() != step.element()) {
      throw new Refused("another accumulator");
    }
    return before.runs();
  }

  private long compute(ElementStep step, Node.Computed node) {
    List<ElementSource> operands = operands(step);
    try {
      if (node instanceof Node.Fold fold) {
        return replay(fold, step.element(), runs(step)).element(operands);
      }
      Refused.unless(step.accumulator().length() == 0, "no sum");
      return ElementRule.of(node, operands).orElseThrow().element(step.element());
    } catch (EvaluationException.MissingLeaf e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static List<ElementSource> operands(ElementStep step) {
    return step.operands().stream().map(Referee::opened).toList();
  }

  private static ElementSource opened(OpenedTensor tensor) {
    DataType type = tensor.head().dataType().orElseThrow();
    if (tensor.opened().places().isEmpty()) {
      return new LeafTensor(
          type,
          tensor.head().count(),
          place -> {
            throw new Refused("leaf " + place + " is not opened");
          });
    }
    LeafOpening opening =
        new LeafOpening(
            type,
            tensor.head().count(),
            tensor.opened().places(),
            tensor.opened().leaves().stream().map(Bytes::toArray).toList(),
            tensor.opened().siblings());
    return opening
        .verified(tensor.head().hash())
        .orElseThrow(() -> new Refused("an operand is not opened"));
  }

  private void requireOpened(StepProof proof) {
    ElementStep step = proof.step();
    requireNode(
        new NodeOpening(proof.program(), step.descriptor(), proof.siblings()), step.position());
    requireTrace(proof.trace());
  }

  private void requireTrace(TraceOpening opening) {
    Optional<Hash> root =
        HashTree.root(
            HashTree.depth(nodes), opening.nodes(), opening.tensors(), opening.siblings());
    Refused.unless(root.equals(Optional.of(trace)), "not the trace's tensors");
  }

  private static Hash tensorAt(TraceOpening opening, int node) {
    int at = Collections.binarySearch(opening.nodes(), node);
    Refused.unless(at >= 0, "node " + node + " is not opened in the trace");
    return opening.tensors().get(at);
  }

  private Meaning meaning(StepProof proof) {
    ElementStep step = proof.step();
    Optional<Node> valid = nodeOf(step.descriptor(), step.position());
    if (valid.isEmpty()) {
      Refused.unless(step.operands().isEmpty(), "a void node names no operands");
      return new Meaning.OfVoid();
    }
    Node node = valid.get();
    List<Operand> named = node.operands();
    Refused.unless(named.size() == step.operands().size(), "another number of operands");
    boolean fits = true;
    for (int at = 0; at < named.size(); at++) {
      TensorHead head = step.operands().get(at).head();
      Refused.unless(
          head.hash().equals(tensorAt(proof.trace(), named.get(at).node())),
          "an operand is not the trace's");
      fits &= head.code() == named.get(at).dataType().code();
    }
    if (!fits) {
      return new Meaning.OfVoid();
    }
    return switch (node) {
      case Node.Weight weight ->
          new Meaning.OfGiven(
              TensorHead.of(weight.dataType(), weight.count(), weight.root()).hash());
      case Node.Input input -> {
        Meaning given = given(inputs, input.input(), input);
        Refused.unless(
            given instanceof Meaning.OfVoid || proof.inputs().equals(inputHashes()),
            "other inputs");
        yield given;
      }
      case Node.Claim output -> given(claim, output.output(), output);
      case Node.Computed computed -> new Meaning.OfComputed(computed);
    };
  }

  private static Meaning given(List<TensorHead> tensors, int number, Node.Given node) {
    if (number >= tensors.size()) {
      return new Meaning.OfVoid();
    }
    TensorHead head = tensors.get(number);
    return head.code() == node.dataType().code() && head.count() == node.count()
        ? new Meaning.OfGiven(head.hash())
        : new Meaning.OfVoid();
  }

  /** Takes a proof that the claim is wrong. */
  void prove(int output, int element, OutputProof proof) {
    Refused.unless(proof.program().hash().equals(programRoot), "the head is another program's");
    requireTrace(proof.trace());
    Refused.unless(output >= 0 && output < claim.size(), "no such output");
    TensorHead right = proof.result().head();
    Hash inTrace = tensorAt(proof.trace(), proof.program().outputs().get(output));
    Refused.unless(right.hash().equals(inTrace), "another tensor than the trace's");
    TensorHead claimed = claim.get(output);
    if (right.code() != claimed.code() || right.count() != claimed.count()) {
      return;
    }
    Refused.unless(element >= 0 && element < right.count(), "no such element");
    long exact = bits(right, proof.result().opened(), element);
    long given = bits(claimed, proof.claimed(), element);
    DataType type = right.dataType().orElseThrow();
    boolean isRight =
        switch (type) {
          case FLOAT32 -> bands.get(output).within(canonical(given), canonical(exact));
          case BOOL -> (exact == 0) == (given == 0);
          case UINT8, INT8, INT32, INT64 -> exact == given;
        };
    Refused.unless(!isRight, "no difference");
  }

  private static int canonical(long bits) {
    return Float32.canonical((int) bits);
  }

  /** The bits of an element as they stand in its leaf, the only one opened. */
  private static long bits(TensorHead head, OpenedLeaves opened, int element) {
    DataType type = head.dataType().orElseThrow();
    int place = LeafTensor.leafOf(type, element);
    Refused.unless(opened.places().equals(List.of(place)), "the element's leaf is not opened");
    Bytes leaf = opened.leaves().getFirst();
    Refused.unless(leaf.length() == TensorTree.LEAF_LENGTH, "no leaf");
    requireAt(
        head.root(),
        HashTree.depth(leavesOf(head)),
        place,
        TensorTree.leafHash(leaf.toArray()),
        opened.siblings(),
        "the element's leaf is not opened");
    ByteBuffer data = ByteBuffer.wrap(leaf.toArray());
    int offset = (int) ((long) element * type.width() % TensorTree.LEAF_LENGTH);
    return switch (type.width()) {
      case Byte.BYTES -> Byte.toUnsignedLong(data.get(offset));
      case Integer.BYTES -> Integer.toUnsignedLong(data.getInt(offset));
      default -> data.getLong(offset);
    };
  }
}
