package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.elements.FloatElements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Tally;
import java.util.List;

/** DOT to float32. */
final class FloatDot implements ElementFold {
  private final SingleDot dot;
  private final Addends addends;
  private final List<Elements> operands;
  private final long[] addendValues;

  FloatDot(List<Terms> terms, Addends addends, List<Elements> operands, Workspace workspace) {
    dot = new SingleDot(terms, operands, workspace);
    this.addends = addends;
    this.operands = operands;
    addendValues = addends.newValues();
  }

  @Override
  public long element(int[] x, Tally tally) {
    dot.locate(x);
    float addend = Float.intBitsToFloat((int) addends.at(operands, x, addendValues));
    return FloatElements.bits(dot.rounded(addend, tally));
  }
}
