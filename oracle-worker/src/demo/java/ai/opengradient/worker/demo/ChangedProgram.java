package ai.opengradient.worker.demo;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Renumbering;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.calibration.DegradedModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a liar runs in place of a model: another program, whose tensors it passes off as the
 * model's.
 *
 * @param weights data by tree root
 * @param positions by node of the model: the node that is passed off as it
 */
public record ChangedProgram(
    Program program, Map<Hash, ByteBuffer> weights, List<Integer> positions) {
  public ChangedProgram {
    weights = Map.copyOf(weights);
    positions = List.copyOf(positions);
  }

  /** The model itself. */
  static ChangedProgram same(LoweredModel model) {
    return degraded(model, Degradation.NONE);
  }

  /** Less precise, or with other weights. */
  static ChangedProgram degraded(LoweredModel model, Degradation degradation) {
    DegradedModel degraded = DegradedModel.of(model.program(), model.weights(), degradation);
    return new ChangedProgram(degraded.program(), degraded.weights(), degraded.positions());
  }

  /**
   * With one wrong element in a computed node: what reads the node is computed from that.
   *
   * @param wrong the node's position
   */
  static ChangedProgram falsified(LoweredModel model, int wrong) {
    List<Node> before = model.program().nodes();
    List<Node> nodes = new ArrayList<>();
    Map<Integer, Integer> moved = new HashMap<>();
    for (int position = 0; position < before.size(); position++) {
      nodes.add(Renumbering.of(before.get(position), moved));
      if (position == wrong) {
        nodes.add(FalseElement.of(before.get(position), nodes.size() - 1));
      }
      moved.put(position, nodes.size() - 1);
    }
    List<Integer> positions =
        IntStream.range(0, before.size()).mapToObj(moved::get).toList();
    return new ChangedProgram(
        new Program(nodes, model.program().outputs().stream().map(positions::get).toList()),
        model.weights(),
        positions);
  }
}
