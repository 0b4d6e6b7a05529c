package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** However a fold is cut into runs, it is one fold, and each run reads its own leaves only. */
class FoldStepTest {
  private static final int ROWS = 3;
  private static final int TERMS = 700;

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  private final List<WholeTensor> operands =
      List.of(floats(ROWS * TERMS), floats(TERMS - 5), floats(ROWS));

  private WholeTensor floats(int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES);
    while (data.hasRemaining()) {
      data.putInt(random.nextInt(0x3f000000, 0x40000000) | random.nextInt() << 31);
    }
    return new WholeTensor(DataType.FLOAT32, count, data.flip());
  }

  /** The terms beyond the second operand are absent. */
  private static Node.Fold fold(Reduction reduction) {
    Operand a = operand(0, View.Axis.along(ROWS, 0), View.Axis.along(TERMS, 1));
    Operand b = operand(1, View.Axis.along(TERMS, 1));
    boolean isDot = reduction == Reduction.DOT;
    return new Node.Fold(
        DataType.FLOAT32,
        reduction,
        Space.of(ROWS),
        Space.of(TERMS),
        isDot ? List.of(a, b) : List.of(a),
        isDot ? Optional.of(operand(2, View.Axis.along(ROWS, 0))) : Optional.empty());
  }

  private static Operand operand(int node, View.Axis... axes) {
    return new Operand(node, DataType.FLOAT32, View.of(axes));
  }

  private List<WholeTensor> operandsOf(Node.Fold fold) {
    return operands.subList(0, fold.operands().size());
  }

  @Test
  void isTheSameInRuns() {
    for (Reduction reduction :
        List.of(Reduction.DOT, Reduction.SUM, Reduction.MEAN, Reduction.MEANSQ, Reduction.MAX)) {
      Node.Fold fold = fold(reduction);
      List<WholeTensor> read = operandsOf(fold);
      for (int element = 0; element < ROWS; element++) {
        FoldStep runs = new FoldStep(fold, element);
        while (runs.next() < TERMS - 40) {
          runs.add(read, runs.next() + 1 + random.nextInt(40));
        }
        assertThat(runs.element(read))
            .as("%s of element %d, seed %d", reduction, element, seed)
            .isEqualTo(ElementRule.of(fold, read).orElseThrow().element(element));
      }
    }
  }

  @Test
  void goesOnFromWhatWasWrittenDown() {
    for (Reduction reduction :
        List.of(Reduction.DOT, Reduction.SUM, Reduction.MEAN, Reduction.MEANSQ)) {
      Node.Fold fold = fold(reduction);
      List<WholeTensor> read = operandsOf(fold);
      FoldStep whole = new FoldStep(fold, 1);
      whole.add(read, TERMS);
      FoldStep step = new FoldStep(fold, 1);
      while (step.next() < TERMS) {
        step.add(read, Math.min(TERMS, step.next() + 1 + random.nextInt(90)));
        step = FoldStep.resumed(fold, 1, step.encoded());
      }
      assertThat(step.encoded()).as("seed %d", seed).isEqualTo(whole.encoded());
      assertThat(step.element(read)).as("seed %d", seed).isEqualTo(whole.element(read));
    }
  }

  @Test
  void takesNoOtherAccumulators() {
    Node.Fold fold = fold(Reduction.SUM);
    FoldStep step = new FoldStep(fold, 0);
    step.add(operandsOf(fold), 10);
    byte[] written = step.encoded();
    for (byte[] damaged :
        List.of(
            new byte[7],
            Arrays.copyOf(written, written.length - 1),
            ByteBuffer.wrap(written.clone()).putInt(0, TERMS + 1).array(),
            ByteBuffer.wrap(written.clone()).putInt(Integer.BYTES, 11).array())) {
      assertThatThrownBy(() -> FoldStep.resumed(fold, 0, damaged))
          .isInstanceOf(EvaluationException.MalformedAccumulator.class)
          .hasMessageContaining("hand in what was given out");
    }
    byte[] great = ByteBuffer.wrap(written.clone()).putInt(2 * Integer.BYTES, 0x100).array();
    assertThatThrownBy(() -> FoldStep.resumed(fold, 0, great))
        .isInstanceOfSatisfying(
            EvaluationException.MalformedSum.class,
            e ->
                assertThat(e.encoded())
                    .isEqualTo(Arrays.copyOfRange(great, 2 * Integer.BYTES, great.length)));
  }

  @Test
  void readsWhatItsTermsNeed() {
    Node.Fold fold = fold(Reduction.DOT);
    // Element 1 begins at number 700 of 256 a leaf.
    assertThat(StepReads.ofRun(fold, operands, 1, 0, 68).leaves().getFirst()).containsExactly(2);
    assertThat(StepReads.ofRun(fold, operands, 1, 68, 69).leaves().getFirst()).containsExactly(3);
    assertThat(StepReads.ofRun(fold, operands, 1, 255, 257).leaves().get(1)).containsExactly(0, 1);
    assertThat(StepReads.ofRun(fold, operands, 1, 0, TERMS).leaves().getLast()).isEmpty();
    assertThat(StepReads.of(fold, operands, 1, TERMS).leaves().getFirst()).isEmpty();
    assertThat(StepReads.of(fold, operands, 1, TERMS).leaves().getLast()).containsExactly(0);
    assertThat(StepReads.of(fold, operands, 1, 0).leaves().getFirst()).containsExactly(2, 3, 4, 5);
    // Absent terms read nothing.
    assertThat(StepReads.ofRun(fold, operands, 1, TERMS - 5, TERMS).leaves().getFirst()).isEmpty();
  }

  @Test
  void readsWhatAGatherNeeds() {
    WholeTensor indices = new WholeTensor(DataType.INT32, 1, ByteBuffer.allocate(4).putInt(0, 600));
    Node.Gather gather =
        new Node.Gather(
            DataType.FLOAT32,
            Space.of(1),
            new Operand(0, DataType.INT32, View.of(View.Axis.along(1, 0))),
            new Operand(1, DataType.FLOAT32, View.of(View.Axis.affine(ROWS * TERMS, 0))),
            0);
    assertThat(StepReads.of(gather, List.of(indices, operands.getFirst()), 0, 0).leaves())
        .extracting(List::copyOf)
        .containsExactly(List.of(0), List.of(2));
  }

  @Test
  void refusesTermsThatAreNotNext() {
    FoldStep step = new FoldStep(fold(Reduction.SUM), 0);
    List<WholeTensor> read = operandsOf(fold(Reduction.SUM));
    step.add(read, 10);
    assertThat(step.next()).isEqualTo(10);
    for (int until : new int[] {9, TERMS + 1, -1}) {
      assertThatThrownBy(() -> step.add(read, until))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not among the terms 10 to 700");
    }
  }
}
