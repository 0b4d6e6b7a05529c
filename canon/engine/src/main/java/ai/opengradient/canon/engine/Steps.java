package ai.opengradient.canon.engine;

import ai.opengradient.canon.engine.fold.Folds;
import ai.opengradient.canon.engine.map.Gather;
import ai.opengradient.canon.engine.map.Maps;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.util.List;

/** Chooses how nodes are computed. */
final class Steps {
  private Steps() {}

  static Step of(Node.Computed node, Program program) {
    List<Integer> counts =
        node.operands().stream()
            .map(operand -> program.nodes().get(operand.node()).count())
            .toList();
    return switch (node) {
      case Node.Map map -> Maps.step(map, counts);
      case Node.Fold fold -> Folds.step(fold, counts);
      case Node.Gather gather -> new Gather(gather, counts);
    };
  }
}
