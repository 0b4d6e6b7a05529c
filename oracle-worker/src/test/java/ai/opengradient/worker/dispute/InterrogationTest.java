package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.worker.dispute.Game.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterrogationTest {
  private static final long SEED = 20261204;
  private static final int TERMS = 4_608;
  private static final Budget LARGE = new Budget(2_500_000, 100_000);

  /** Three products of rows of 4,608 terms, with an addend. */
  private final Scene scene = products(Space.of(TERMS), View.Axis.along(TERMS, 1));

  private final Lie.Told told = Lie.LAST_NODE.tell(scene, new SplittableRandom(SEED)).orElseThrow();

  private static Scene products(Space terms, View.Axis row) {
    SplittableRandom random = new SplittableRandom(SEED);
    WholeTensor a = floats(random, 3 * TERMS);
    WholeTensor b = floats(random, TERMS);
    WholeTensor c = floats(random, 3);
    Hash weight = TensorTree.root(b.data());
    Node dot =
        new Node.Fold(
            DataType.FLOAT32,
            Reduction.DOT,
            Space.of(3),
            terms,
            List.of(
                new Operand(0, DataType.FLOAT32, View.of(View.Axis.along(3, 0), row)),
                new Operand(1, DataType.FLOAT32, View.of(row))),
            Optional.of(new Operand(2, DataType.FLOAT32, View.of(View.Axis.along(3, 0)))));
    Program program =
        new Program(
            List.of(
                new Node.Input(DataType.FLOAT32, a.count(), 0),
                new Node.Weight(DataType.FLOAT32, b.count(), weight),
                new Node.Input(DataType.FLOAT32, c.count(), 1),
                dot),
            List.of(3));
    GivenTensors given = new GivenTensors(List.of(a, c), Map.of(weight, b.data()), List.of());
    return Scene.of(DisputedProgram.of(program), given, random);
  }

  private static WholeTensor floats(SplittableRandom random, int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES);
    while (data.hasRemaining()) {
      data.putFloat(random.nextFloat() - 0.5f);
    }
    return new WholeTensor(DataType.FLOAT32, count, data.flip());
  }

  private Interrogation challenger(Budget budget) {
    return challenger(scene, told, budget);
  }

  private static Interrogation challenger(Scene scene, Lie.Told told, Budget budget) {
    return new Interrogation(scene.right(), scene.job(told.claim()), scene.bands(), budget);
  }

  private Defence liar() {
    return liar(scene, told);
  }

  private static Defence liar(Scene scene, Lie.Told told) {
    return new Defence(told.run(), scene.job(told.claim()));
  }

  private Game game(Budget budget) {
    return game(scene, told, budget);
  }

  private static Game game(Scene scene, Lie.Told told, Budget budget) {
    Defence liar = liar(scene, told);
    return new Game(
        scene.referee(told.claim(), liar.root()),
        liar.top(),
        challenger(scene, told, budget),
        path -> Optional.of(liar.answer(path)));
  }

  private static Evidence asserted(Defence worker) {
    return Game.asserted(worker.root(), worker.top());
  }

  @Test
  void awaitsTheTrace() {
    assertThat(challenger(LARGE).next(Evidence.NONE)).isEqualTo(new Move.Await());
  }

  @Test
  void concedesToARightTraceAndClaim() {
    Interrogation challenger =
        new Interrogation(scene.right(), scene.job(scene.claim()), scene.bands(), LARGE);
    assertThat(challenger.next(asserted(new Defence(scene.right(), scene.job(scene.claim())))))
        .isEqualTo(new Move.Concede());
  }

  @Test
  void provesALongSumAtOnceIfTheBudgetAllows() {
    Game game = game(LARGE);
    assertThat(game.play()).isEqualTo(Outcome.PROVED);
    assertThat(game.runs()).isZero();
    assertThat(game.alternations()).isEqualTo(1);
  }

  @Test
  void provesALongSumInRunsByGasOrByBytes() {
    Game byGas = game(new Budget(1_000_000, 100_000));
    assertThat(byGas.play()).isEqualTo(Outcome.PROVED);
    assertThat(byGas.runs()).isBetween(2, 4);
    Game byBytes = game(new Budget(100_000_000, 12_000));
    assertThat(byBytes.play()).isEqualTo(Outcome.PROVED);
    assertThat(byBytes.runs()).isBetween(4, 12);
  }

  @Test
  void countsTheRunsOfALongSum() {
    View.Axis row = View.Axis.affine(TERMS, 0, new View.Term(1, 8), new View.Term(2, 1));
    Scene shortRuns = products(Space.of(TERMS / 8, 8), row);
    Lie.Told lie = Lie.LAST_NODE.tell(shortRuns, new SplittableRandom(SEED)).orElseThrow();
    Game game = game(shortRuns, lie, LARGE);
    assertThat(game.play()).isEqualTo(Outcome.PROVED);
    // 576 runs at 12,000 gas; without them the budget would do for all at once.
    assertThat(game.runs()).isBetween(3, 8);
  }

  @Test
  void goesOnTermByTermUnderABudgetThatIsTooSmall() {
    Interrogation challenger = challenger(new Budget(1, 1));
    Evidence evidence = walked(challenger);
    assertThat(challenger.next(evidence))
        .isInstanceOfSatisfying(
            Move.ProveMore.class, more -> assertThat(more.until()).isEqualTo(1));
    Accumulation all = accumulation(challenger, evidence, TERMS);
    assertThat(challenger.next(evidence.with(new Event.Accumulated(all))))
        .isInstanceOf(Move.ProveStep.class);
  }

  @Test
  void opensWhatARunReadsAndNoMore() {
    Interrogation challenger = challenger(new Budget(100_000_000, 12_000));
    Evidence evidence = walked(challenger);
    Move.ProveMore more = (Move.ProveMore) challenger.next(evidence);
    List<OpenedTensor> operands = more.proof().step().operands();
    assertThat(operands.get(1).opened().places()).hasSize((more.until() * 4 + 1023) / 1024);
    assertThat(operands.get(2).opened()).isEqualTo(OpenedLeaves.NONE);
    assertThat(more.proof().result()).isEmpty();
    Accumulation nearly = accumulation(challenger, evidence, TERMS - 1);
    Move.ProveStep step =
        (Move.ProveStep) challenger.next(evidence.with(new Event.Accumulated(nearly)));
    assertThat(step.proof().step().accumulator()).isEqualTo(nearly.accumulator());
    assertThat(step.proof().step().operands().get(1).opened().places())
        .containsExactly((TERMS - 1) / 256);
    assertThat(step.proof().step().operands().get(2).opened().places()).containsExactly(0);
    assertThat(step.proof().result().orElseThrow().opened().places()).containsExactly(0);
  }

  @Test
  void takesNoAccumulatorOfAnotherElement() {
    Interrogation challenger = challenger(LARGE);
    Evidence evidence = walked(challenger);
    Accumulation other = new Accumulation(2, 0, 17, Bytes.of(new byte[] {1}));
    assertThat(challenger.next(evidence.with(new Event.Accumulated(other))))
        .isEqualTo(challenger.next(evidence));
  }

  /** What is shown to others serves as well, in whatever order it comes. */
  @Test
  void asksNothingThatIsAnsweredAlready() {
    Interrogation challenger = challenger(LARGE);
    List<Path> asked = new ArrayList<>();
    Evidence evidence = walked(challenger, asked);
    assertThat(asked).containsExactly(new Path.Leaves(3, 0, 0));
    Evidence backwards = Evidence.NONE;
    for (Path path : asked.reversed()) {
      backwards = backwards.with(Game.published(liar().answer(path)));
    }
    backwards = backwards.with(new Event.HashesRevealed(Path.Nodes.TOP, liar().top()));
    Move move = challenger.next(backwards.with(new Event.TraceAsserted(liar().root())));
    assertThat(move).isInstanceOf(Move.ProveStep.class).isEqualTo(challenger.next(evidence));
  }

  @Test
  void refusesAnswersThatAreNone() {
    Interrogation challenger = challenger(LARGE);
    Evidence start = Evidence.NONE.with(new Event.TraceAsserted(liar().root()));
    Path nodes = Path.Nodes.TOP;
    List<Hash> top = liar().top();
    List<Hash> swapped = new ArrayList<>(top.reversed());
    for (List<Hash> row : List.of(top.subList(0, 2), swapped)) {
      requireUnfitting(challenger, start.with(new Event.HashesRevealed(nodes, row)));
    }
    requireUnfitting(
        challenger, start.with(new Event.LeafRevealed(nodes, Bytes.of(new byte[1024]))));
    Evidence atLeaf = start.with(new Event.HashesRevealed(nodes, top));
    Path leaf = new Path.Leaves(3, 0, 0);
    Bytes right = Bytes.of(scene.right().tensor(3).orElseThrow().leaf(0));
    requireUnfitting(challenger, atLeaf.with(new Event.LeafRevealed(leaf, right)));
    byte[] another = right.toArray();
    another[0] ^= 64;
    requireUnfitting(challenger, atLeaf.with(new Event.LeafRevealed(leaf, Bytes.of(another))));
    byte[] padded = right.toArray();
    padded[1023] = 1;
    requireUnfitting(challenger, atLeaf.with(new Event.LeafRevealed(leaf, Bytes.of(padded))));
  }

  private static void requireUnfitting(Interrogation challenger, Evidence evidence) {
    assertThatThrownBy(() -> challenger.next(evidence))
        .isInstanceOf(DisputeException.class)
        .hasMessageContaining("read the chain again");
  }

  private Evidence walked(Interrogation challenger) {
    return walked(challenger, new ArrayList<>());
  }

  /** All that the liar shows until there is something to prove. */
  private Evidence walked(Interrogation challenger, List<Path> asked) {
    Defence liar = liar();
    Evidence evidence = asserted(liar);
    while (challenger.next(evidence) instanceof Move.Ask(Path path, Optional<NodeOpening> _)) {
      asked.add(path);
      evidence = evidence.with(Game.published(liar.answer(path)));
    }
    return evidence;
  }

  private static Accumulation accumulation(Interrogation challenger, Evidence evidence, int until) {
    int element =
        switch (challenger.next(evidence)) {
          case Move.ProveMore(StepProof proof, int _) -> proof.step().element();
          case Move.ProveStep(StepProof proof) -> proof.step().element();
          case Move other -> throw new AssertionError(other.toString());
        };
    return new Accumulation(3, element, until, Bytes.of(new byte[] {1, 2}));
  }
}
