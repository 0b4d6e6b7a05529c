package ai.opengradient.canon.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramOpening.OpenedNode;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is damaged opens nothing, or another program. */
class ProgramOpeningTest {
  private static final Program PROGRAM =
      new Program(
          IntStream.range(0, 5)
              .<Node>mapToObj(input -> new Node.Input(DataType.FLOAT32, 1 + input, input))
              .toList(),
          List.of(4, 2));
  private static final ProgramOpening OPENING =
      ProgramOpening.of(PROGRAM, new TreeSet<>(List.of(1, 2, 4)));

  @ParameterizedTest
  @MethodSource("programs")
  void givesTheRootOfEveryGoldenProgram(JsonNode vector) {
    Program program = Program.decode(GoldenVectors.bytes(vector.get("file")));
    Hash root = Hash.fromHex(vector.get("program").textValue());
    TreeSet<Integer> last = new TreeSet<>(List.of(program.nodes().size() - 1));
    assertThat(ProgramOpening.of(program, last).programRoot()).contains(root);
    ProgramOpening ends = ProgramOpening.ofEnds(program);
    assertThat(ends.programRoot()).contains(root);
    for (int position = 0; position < program.nodes().size(); position++) {
      boolean isEnd =
          program.nodes().get(position) instanceof Node.Input
              || program.outputs().contains(position);
      assertThat(ends.nodes().contains(opened(program, position))).isEqualTo(isEnd);
    }
  }

  private static OpenedNode opened(Program program, int position) {
    return new OpenedNode(position, program.descriptors().get(position));
  }

  private static Stream<Named<JsonNode>> programs() {
    return GoldenVectors.read("programs.json", "programs")
        .filter(vector -> vector.get("valid").booleanValue())
        .map(vector -> Named.of(vector.get("name").textValue(), vector));
  }

  @Test
  void opensNoNodesThatAreNotThere() {
    for (List<Integer> positions : List.of(List.<Integer>of(), List.of(-1), List.of(0, 5))) {
      assertThatThrownBy(() -> ProgramOpening.of(PROGRAM, new TreeSet<>(positions)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void opensNothingThatIsDamaged() {
    assertThat(OPENING.programRoot()).contains(PROGRAM.hash());
    List<OpenedNode> nodes = OPENING.nodes();
    List<Hash> siblings = OPENING.siblings();
    List<Integer> outputs = OPENING.outputs();
    Hash root = OPENING.nodesRoot();
    for (ProgramOpening damaged :
        List.of(
            new ProgramOpening(1, 5, root, outputs, List.of(), siblings),
            new ProgramOpening(1, 5, root, outputs, nodes.reversed(), siblings),
            new ProgramOpening(1, 5, root, outputs, nodes.subList(1, 3), siblings),
            new ProgramOpening(1, 5, root, outputs, with(nodes, 0, opened(PROGRAM, 0)), siblings),
            new ProgramOpening(
                1,
                5,
                root,
                outputs,
                with(nodes, 0, new OpenedNode(1, PROGRAM.descriptors().getFirst())),
                siblings),
            new ProgramOpening(1, 5, root, outputs, nodes, siblings.subList(1, siblings.size())),
            new ProgramOpening(1, 5, root, outputs, nodes, with(siblings, 0, root)),
            new ProgramOpening(1, 5, siblings.getFirst(), outputs, nodes, siblings),
            new ProgramOpening(1, 4, root, outputs, nodes, siblings),
            new ProgramOpening(1, 9, root, outputs, nodes, siblings),
            new ProgramOpening(1, 0, root, outputs, nodes, siblings),
            new ProgramOpening(1, -5, root, outputs, nodes, siblings),
            new ProgramOpening(-1, 5, root, outputs, nodes, siblings),
            new ProgramOpening(1, 5, root, List.of(4, -2), nodes, siblings))) {
      assertThat(damaged.programRoot()).isEmpty();
    }
  }

  @Test
  void opensAnotherProgramWhereTheOtherPartsAreAnother() {
    List<OpenedNode> nodes = OPENING.nodes();
    List<Hash> siblings = OPENING.siblings();
    List<Integer> outputs = OPENING.outputs();
    Hash root = OPENING.nodesRoot();
    assertThat(
            List.of(
                new ProgramOpening(2, 5, root, outputs, nodes, siblings),
                new ProgramOpening(1, 6, root, outputs, nodes, siblings),
                new ProgramOpening(1, 5, root, outputs.reversed(), nodes, siblings),
                new ProgramOpening(1, 5, root, List.of(4), nodes, siblings)))
        .allSatisfy(
            other -> assertThat(other.programRoot().orElseThrow()).isNotEqualTo(PROGRAM.hash()));
  }

  private static <T> List<T> with(List<T> list, int index, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, element);
    return changed;
  }
}
