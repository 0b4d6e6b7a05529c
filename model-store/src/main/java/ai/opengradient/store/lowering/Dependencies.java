package ai.opengradient.store.lowering;

import ai.opengradient.store.graph.Graph;
import ai.opengradient.store.graph.GraphNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What has to be lowered before a node: all that it reads, but for what turns out to be needless.
 */
final class Dependencies {
  private Dependencies() {}

  /** What is needed in any case. */
  static List<String> first(Graph graph, GraphNode node) {
    if (isIf(node)) {
      return given(node.inputs());
    }
    return convolutionBefore(graph, node)
        .map(convolution ->
            given(
                Shapes.join(convolution.inputs(), node.inputs().subList(1, node.inputs().size()))))
        .orElseGet(() -> given(Shapes.join(node.inputs(), node.captured())));
  }

  /**
   * What is needed besides, once the first ones are known.
   *
   * @param isTrue of a condition that is known
   */
  static List<String> second(Scope scope, GraphNode node, Predicate<Value> isTrue) {
    if (isIf(node)) {
      Optional<Value> condition = input(scope, node, 0);
      return condition
          .filter(Value::isConstant)
          .map(value -> ControlFlow.branch(node.attributes(), isTrue.test(value)).captured())
          .orElse(List.of());
    }
    boolean isKept =
        convolutionBefore(scope.graph(), node).isPresent()
            && foldedConvolution(scope, node).isEmpty();
    return isKept ? List.of(node.inputs().getFirst()) : List.of();
  }

  private static boolean isIf(GraphNode node) {
    return node.domain().isEmpty() && node.operator().equals("If");
  }

  private static List<String> given(List<String> names) {
    return names.stream().filter(name -> !name.isEmpty()).toList();
  }

  private static Optional<Value> input(Scope scope, GraphNode node, int number) {
    return node.inputs().size() <= number || node.inputs().get(number).isEmpty()
        ? Optional.empty()
        : scope.owner(node.inputs().get(number)).known(node.inputs().get(number));
  }

  /** The convolution into which a normalisation with constant statistics is folded. */
  static Optional<GraphNode> foldedConvolution(Scope scope, GraphNode node) {
    return convolutionBefore(scope.graph(), node)
        .filter(convolution -> hasConstants(scope, convolution) && hasConstants(scope, node));
  }

  private static boolean hasConstants(Scope scope, GraphNode node) {
    for (int number = 1; number < node.inputs().size(); number++) {
      Optional<Value> value = input(scope, node, number);
      if (value.isPresent() && !value.get().isConstant()) {
        return false;
      }
    }
    return true;
  }

  /** The convolution whose sole consumer a normalisation is. */
  private static Optional<GraphNode> convolutionBefore(Graph graph, GraphNode node) {
    if (!node.domain().isEmpty()
        || !node.operator().equals("BatchNormalization")
        || !BatchNormalisation.isForInference(node)
        || node.inputs().size() != BatchNormalisation.INPUTS) {
      return Optional.empty();
    }
    String before = node.inputs().getFirst();
    return graph
        .producer(before)
        .filter(producer -> producer.domain().isEmpty() && producer.operator().equals("Conv"))
        .filter(producer -> producer.inputs().size() >= 2 && graph.uses(before) == 1);
  }
}
