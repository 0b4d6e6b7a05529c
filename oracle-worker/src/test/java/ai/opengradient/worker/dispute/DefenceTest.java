package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.RandomProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker can answer whatever the court lets anyone ask. */
class DefenceTest {
  private static final long SEED = 20261203;

  @TempDir private java.nio.file.Path folder;

  /** Every question of a job, the first ones with what shows their node. */
  private static List<Path> questions(Scene scene) {
    List<Path> questions = new ArrayList<>(rows(scene.program().nodes(), Path.Nodes::new));
    questions.remove(Path.Nodes.TOP);
    for (int node = 0; node < scene.program().nodes(); node++) {
      int position = node;
      Optional<Node> defined = scene.program().node(node);
      int leaves = TensorTree.leafCount(defined.map(Node::length).orElse(0L));
      if (defined.orElse(null) instanceof Node.Computed) {
        int depth = HashTree.depth(leaves);
        questions.addAll(rows(leaves, (level, index) -> new Path.Leaves(position, level, index)));
        IntStream.range(0, leaves)
            .forEach(leaf -> questions.add(new Path.Leaves(position, depth, leaf)));
      }
      if (defined.orElse(null) instanceof Node.Weight) {
        IntStream.range(0, leaves).forEach(leaf -> questions.add(new Path.Weight(position, leaf)));
      }
    }
    questions.addAll(leaves(scene.given().inputs(), Path.Input::new));
    questions.addAll(leaves(scene.claim(), Path.Output::new));
    return questions;
  }

  private interface Named {
    Path at(int first, int second);
  }

  private static List<Path> rows(int leaves, Named named) {
    List<Path> rows = new ArrayList<>();
    for (int level = 0; level < HashTree.depth(leaves); level += 4) {
      for (int index = 0; index < 1 << level; index++) {
        rows.add(named.at(level, index));
      }
    }
    return rows;
  }

  private static List<Path> leaves(List<WholeTensor> tensors, Named named) {
    List<Path> leaves = new ArrayList<>();
    for (int number = 0; number < tensors.size(); number++) {
      for (int leaf = 0;
          leaf < TensorTree.leafCount(tensors.get(number).data().remaining());
          leaf++) {
        leaves.add(named.at(number, leaf));
      }
    }
    return leaves;
  }

  private static void answerAll(Scene scene, Defence defence) {
    Referee referee = scene.referee(scene.claim(), defence.root());
    referee.assertTrace(defence.top());
    for (Path path : questions(scene)) {
      referee.ask(path, opening(scene, path));
      referee.answer(path, defence.answer(path));
    }
  }

  private static Optional<NodeOpening> opening(Scene scene, Path path) {
    return switch (path) {
      case Path.Leaves leaves -> Optional.of(scene.program().open(leaves.node()));
      case Path.Weight weight -> Optional.of(scene.program().open(weight.node()));
      case Path.Nodes _, Path.Input _, Path.Output _ -> Optional.empty();
    };
  }

  @Test
  void answersEveryQuestion() {
    for (int number = 0; number < 8; number++) {
      SplittableRandom random = new SplittableRandom(SEED + number);
      Scene scene =
          number % 2 == 0 ? Scene.random(random, 4 + number) : Scene.withVoidNodes(random, number);
      answerAll(scene, new Defence(scene.right(), scene.job(scene.claim())));
    }
  }

  @Test
  void answersFromATraceOnDisk() throws InterruptedException, IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    RandomProgram drawn = new RandomProgram(random).addNodes(12);
    Program program = drawn.program();
    Scene scene = Scene.of(DisputedProgram.of(program), drawn.given(), random);
    java.nio.file.Path path = folder.resolve("trace");
    try (Engine engine = Engine.withThreads(2)) {
      engine
          .prepare(program, scene.given().weights())
          .runTraced(scene.job(List.of()), path, RunListener.NONE);
    }
    try (TraceFile file = TraceFile.open(path, program)) {
      RecordedRun run = RecordedRun.of(program, file, scene.given().weights());
      Defence defence = new Defence(run, scene.job(scene.claim()));
      assertThat(defence.root()).isEqualTo(scene.right().tensors().root());
      assertThat(defence.program()).isEqualTo(scene.program().head());
      assertThat(defence.recheck(scene.bands())).isEqualTo(new Recheck.Sound());
      answerAll(scene, defence);
    }
  }

  @Test
  void needsTheWeightsOfATraceOnDisk() throws InterruptedException, IOException {
    RandomProgram drawn = new RandomProgram(new SplittableRandom(SEED)).addNodes(12);
    Program program = drawn.program();
    int weight =
        program
            .nodes()
            .indexOf(
                program.nodes().stream()
                    .filter(Node.Weight.class::isInstance)
                    .findFirst()
                    .orElseThrow());
    java.nio.file.Path path = folder.resolve("trace");
    try (Engine engine = Engine.withThreads(2)) {
      engine
          .prepare(program, drawn.given().weights())
          .runTraced(JobTensors.of(drawn.given().inputs()), path, RunListener.NONE);
    }
    try (TraceFile file = TraceFile.open(path, program)) {
      RecordedRun run = RecordedRun.of(program, file, Map.of());
      assertThatThrownBy(() -> run.tensor(weight))
          .isInstanceOf(DisputeException.class)
          .hasMessageContaining("fetch the model");
    }
  }

  @Test
  void saysThatATensorIsVoid() {
    Scene scene = Scene.withVoidNodes(new SplittableRandom(SEED), 3);
    int node = scene.program().nodes() - 2;
    Defence defence = new Defence(scene.right(), scene.job(scene.claim()));
    Referee referee = scene.referee(scene.claim(), defence.root());
    Path path = new Path.Leaves(node, 0, 0);
    referee.ask(path, opening(scene, path));
    Answer answer = defence.answer(path);
    assertThat(answer).isInstanceOf(Answer.OfVoid.class);
    referee.answer(path, answer);
  }

  @Test
  void refusesWhatNobodyCanAsk() {
    Scene scene = Scene.random(new SplittableRandom(SEED), 6);
    Defence defence = new Defence(scene.right(), scene.job(scene.claim()));
    int nodes = scene.program().nodes();
    for (Path path :
        List.of(
            Path.Nodes.TOP,
            new Path.Nodes(1, 0),
            new Path.Nodes(0, 1),
            new Path.Nodes(-4, 0),
            new Path.Nodes(HashTree.depth(nodes), 0),
            new Path.Leaves(nodes, 0, 0),
            new Path.Leaves(-1, 0, 0),
            new Path.Leaves(0, 30, 0),
            new Path.Input(99, 0),
            new Path.Weight(nodes - 1, 0),
            new Path.Output(0, 1 << 20),
            new Path.Output(0, -1),
            new Path.Output(2, 0))) {
      assertThatThrownBy(() -> defence.answer(path))
          .as("%s", path)
          .isInstanceOf(DisputeException.class)
          .hasMessageContaining("there is nothing at");
    }
  }

  @Test
  void looksAtRunAndClaimOnceMore() {
    SplittableRandom random = new SplittableRandom(SEED);
    Scene scene = Scene.random(random, 6);
    assertThat(new Defence(scene.right(), scene.job(scene.claim())).recheck(scene.bands()))
        .isEqualTo(new Recheck.Sound());
    Lie.Told wrong = Lie.CLAIM.tell(scene, random).orElseThrow();
    assertThat(new Defence(wrong.run(), scene.job(wrong.claim())).recheck(scene.bands()))
        .isInstanceOf(Recheck.Wrong.class);
    MemoryRun right = scene.right();
    int last = scene.program().nodes() - 1;
    List<Optional<HeldTensor>> held = new ArrayList<>(right.held());
    held.set(last, Optional.of(HeldTensor.of(new Elements(DataType.BOOL, 1).tensor())));
    MemoryRun damaged = new MemoryRun(scene.program(), held, right.elements(), right.tensors());
    assertThat(new Defence(damaged, scene.job(scene.claim())).recheck(scene.bands()))
        .isEqualTo(new Recheck.Damaged(last));
  }
}
