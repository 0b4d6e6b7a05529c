package ai.opengradient.worker.dispute;

import ai.opengradient.canon.program.Descriptor;
import java.util.List;

/**
 * One element of one node, as the court hands it to the canon.
 *
 * @param position of the node in its program
 * @param operands in the order in which the descriptor names them; none if it is not valid
 * @param accumulator of the terms that were added before; empty if there are none
 */
public record ElementStep(
    Descriptor descriptor,
    int position,
    int element,
    List<OpenedTensor> operands,
    Bytes accumulator) {
  public ElementStep {
    operands = List.copyOf(operands);
  }
}
