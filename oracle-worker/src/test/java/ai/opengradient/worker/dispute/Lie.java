package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.commitment.Words;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What a dishonest worker gets wrong, or a dishonest challenger has instead of a canonical run. */
enum Lie {
  /** One bit in an element of the first computed node; what follows is computed from it. */
  FIRST_NODE,
  MIDDLE_NODE,
  LAST_NODE,
  INPUT,
  WEIGHT,
  /** A right trace, and a claim that is not its output. */
  CLAIM,
  /** Bytes behind the last element. */
  PADDING,
  /** A bool that is neither 0 nor 1. */
  BOOL,
  /** −0 where there is one zero only. */
  MINUS_ZERO,
  /** A hash behind those of the nodes. */
  TRACE_PADDING,
  /** So many hashes behind those of the nodes that the trace's tree is deeper. */
  TRACE_DEPTH,
  /** A leaf too many. */
  TENSOR_DEPTH,
  /** Another type, or one element more. */
  TYPE,
  COUNT,
  /** A void tensor where there is one to compute. */
  VOID,
  /** A tensor where the node is void. */
  NOT_VOID;

  /** A run of a dishonest worker and what it claims. */
  record Told(MemoryRun run, List<WholeTensor> claim) {}

  /** Tells the lie; nothing where the scene has no place for it. */
  Optional<Told> tell(Scene scene, RandomGenerator random) {
    MemoryRun right = scene.right();
    return switch (this) {
      case FIRST_NODE ->
          computed(scene).stream().findFirst().map(node -> flipped(scene, node, random));
      case MIDDLE_NODE -> any(computed(scene), random).map(node -> flipped(scene, node, random));
      case LAST_NODE ->
          computed(scene).reversed().stream().findFirst().map(node -> flipped(scene, node, random));
      case INPUT ->
          any(nodes(scene, Node.Input.class::isInstance), random)
              .map(node -> flipped(scene, node, random));
      case WEIGHT ->
          any(nodes(scene, Node.Weight.class::isInstance), random)
              .map(node -> flipped(scene, node, random));
      case CLAIM -> Optional.of(new Told(right, wrongClaim(scene, random)));
      case PADDING ->
          any(
                  where(scene, tensor -> tensor.data().remaining() % TensorTree.LEAF_LENGTH != 0),
                  random)
              .map(node ->
                  told(
                      scene, right.with(node, PaddedRun.padded(right.tensor(node).orElseThrow()))));
      case BOOL ->
          any(where(scene, tensor -> tensor.dataType() == DataType.BOOL), random)
              .map(node -> tampered(scene, node, tensor -> put(tensor, tensor.count() - 1, 2)));
      case MINUS_ZERO ->
          any(where(scene, tensor -> zeroOf(tensor).isPresent()), random)
              .map(node ->
                  tampered(
                      scene,
                      node,
                      tensor -> put(tensor, zeroOf(tensor).orElseThrow(), Integer.MIN_VALUE)));
      case TRACE_PADDING ->
          Optional.of(scene.program().nodes())
              .filter(nodes -> Integer.bitCount(nodes) != 1)
              .map(_ -> told(scene, right.followedBy(garbage(1))));
      case TRACE_DEPTH -> {
        int more = 2 * Integer.highestOneBit(scene.program().nodes());
        yield Optional.of(told(scene, right.followedBy(garbage(more))));
      }
      case TENSOR_DEPTH ->
          any(computed(scene), random)
              .map(node -> told(scene, right.with(node, longer(right.tensor(node).orElseThrow()))));
      case TYPE ->
          any(where(scene, tensor -> tensor.dataType().width() == 4), random)
              .map(node -> retyped(scene, node));
      case COUNT -> any(computed(scene), random).map(node -> recounted(scene, node));
      case VOID ->
          any(computed(scene), random)
              .map(node -> tamperedAnyhow(scene, node, _ -> Optional.empty()));
      case NOT_VOID ->
          any(
                  IntStream.range(0, scene.program().nodes())
                      .filter(node -> right.tensor(node).isEmpty())
                      .boxed()
                      .toList(),
                  random)
              .map(node ->
                  tamperedAnyhow(
                      scene, node, _ -> Optional.of(new Elements(DataType.FLOAT32, 3).tensor())));
    };
  }

  private static Told told(Scene scene, MemoryRun run) {
    return new Told(run, run.claim(scene.claim()));
  }

  private static Told tamperedAnyhow(
      Scene scene, int node, UnaryOperator<Optional<WholeTensor>> change) {
    return told(scene, MemoryRun.of(scene.program(), scene.given(), Map.of(node, change)));
  }

  private static Told tampered(Scene scene, int node, UnaryOperator<WholeTensor> change) {
    return tamperedAnyhow(scene, node, tensor -> tensor.map(change));
  }

  private static Told flipped(Scene scene, int node, RandomGenerator random) {
    return tampered(
        scene,
        node,
        tensor -> {
          int element = random.nextInt(tensor.count());
          return put(tensor, element, tensor.element(element) ^ 1);
        });
  }

  private static WholeTensor put(WholeTensor tensor, int element, long bits) {
    return Elements.of(tensor).put(element, bits).tensor();
  }

  private static List<WholeTensor> wrongClaim(Scene scene, RandomGenerator random) {
    List<WholeTensor> claim = new ArrayList<>(scene.claim());
    int output = random.nextInt(claim.size());
    WholeTensor tensor = claim.get(output);
    int element = random.nextInt(tensor.count());
    long exact = tensor.element(element);
    claim.set(output, put(tensor, element, another(tensor.dataType(), exact)));
    return claim;
  }

  /** A value that is in no band of the exact one. */
  private static long another(DataType type, long exact) {
    if (type != DataType.FLOAT32) {
      return exact ^ 1;
    }
    return exact == Float32.NAN ? 0 : Float32.NAN;
  }

  private static HeldTensor longer(HeldTensor tensor) {
    return new HeldTensor(
        tensor.dataType(),
        tensor.count(),
        tensor.leaves() + 1,
        place -> place < tensor.leaves() ? tensor.leaf(place) : new byte[TensorTree.LEAF_LENGTH]);
  }

  private static Told retyped(Scene scene, int node) {
    HeldTensor tensor = scene.right().tensor(node).orElseThrow();
    DataType other = tensor.dataType() == DataType.FLOAT32 ? DataType.INT32 : DataType.FLOAT32;
    return told(
        scene,
        scene
            .right()
            .with(node, new HeldTensor(other, tensor.count(), tensor.leaves(), tensor::leaf)));
  }

  private static Told recounted(Scene scene, int node) {
    HeldTensor tensor = scene.right().tensor(node).orElseThrow();
    return told(
        scene,
        scene
            .right()
            .with(
                node,
                new HeldTensor(
                    tensor.dataType(), tensor.count() + 1, tensor.leaves(), tensor::leaf)));
  }

  private static Hash[] garbage(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> Words.tagged(9).add(at).hash())
        .toArray(Hash[]::new);
  }

  private static Optional<Integer> zeroOf(WholeTensor tensor) {
    return tensor.dataType() != DataType.FLOAT32
        ? Optional.empty()
        : IntStream.range(0, tensor.count())
            .filter(element -> tensor.element(element) == 0)
            .boxed()
            .findFirst();
  }

  /** Computed nodes that are not void. */
  private static List<Integer> computed(Scene scene) {
    return nodes(scene, Node.Computed.class::isInstance);
  }

  private static List<Integer> nodes(Scene scene, Predicate<Node> kind) {
    return IntStream.range(0, scene.program().nodes())
        .filter(node -> scene.right().tensor(node).isPresent())
        .filter(node -> scene.program().node(node).filter(kind).isPresent())
        .boxed()
        .toList();
  }

  /** Computed nodes with such tensors. */
  private static List<Integer> where(Scene scene, Predicate<WholeTensor> kind) {
    return computed(scene).stream()
        .filter(node -> scene.right().elements().get(node).filter(kind).isPresent())
        .toList();
  }

  private static Optional<Integer> any(List<Integer> nodes, RandomGenerator random) {
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(nodes.get(random.nextInt(nodes.size())));
  }
}
