package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramCommitment;
import ai.opengradient.canon.program.ProgramHead;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What commitments are made of makes the commitments. */
class HeadsTest {
  private static final Hash ROOT = TensorTree.root(new byte[] {1, 2, 3});

  @Test
  void ofTensors() {
    TensorHead head = TensorHead.of(DataType.INT8, 3, ROOT);
    assertThat(head.hash()).isEqualTo(TensorCommitment.of(DataType.INT8, 3, ROOT));
    assertThat(head.dataType()).contains(DataType.INT8);
    assertThat(TensorHead.VOID.hash()).isEqualTo(TensorCommitment.VOID);
    assertThat(TensorHead.VOID.dataType()).isEmpty();
  }

  @Test
  void ofPrograms() {
    Node input = new Node.Input(DataType.FLOAT32, 4, 0);
    Program program = new Program(List.of(input, input), List.of(1, 0));
    List<Descriptor> descriptors = program.descriptors();
    Hash nodes = ProgramCommitment.tree(descriptors).root();
    ProgramHead head = ProgramHead.of(2, nodes, List.of(1, 0));
    assertThat(head.hash()).isEqualTo(program.hash());
  }
}
