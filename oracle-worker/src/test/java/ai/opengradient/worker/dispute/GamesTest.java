package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.worker.dispute.Game.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whole disputes about random programs: a liar always falls, and a right claim never does. */
class GamesTest {
  private static final int SCENES = Integer.getInteger("worker.dispute.scenes", 24);

  private final long seed = Long.getLong("worker.dispute.seed", 20261202);
  private final Map<Lie, Map<Outcome, Integer>> outcomes = new EnumMap<>(Lie.class);
  private int games;
  private int alternations;
  private int runs;

  @Test
  void theLiarFallsAndTheRightClaimDoesNot() {
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int number = 0; number < SCENES; number++) {
      long sceneSeed = seeds.nextLong();
      SplittableRandom random = new SplittableRandom(sceneSeed);
      int nodes = 1 + (number % 8 == 7 ? random.nextInt(40) : number % 8);
      Scene scene =
          number % 3 == 2 ? Scene.withVoidNodes(random, nodes) : Scene.random(random, nodes);
      try {
        playAll(scene, random);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + sceneSeed + "L of scene " + number, e);
      }
    }
    System.out.printf(
        "%,d disputes about %,d random programs, seed %d: at most %d alternations, %,d runs of terms%n%s%n",
        games, SCENES, seed, alternations, runs, outcomes);
    assertThat(runs).isPositive();
    assertThat(outcomes).containsOnlyKeys(Lie.values());
  }

  /** Deeper trees: two questions down the nodes, three down the leaves. */
  @Test
  void aLongChainTakesFiveAlternations() {
    SplittableRandom random = new SplittableRandom(seed);
    Scene scene = Scene.chain(random, 300, 5_000);
    for (Lie lie : List.of(Lie.FIRST_NODE, Lie.MIDDLE_NODE, Lie.LAST_NODE)) {
      Lie.Told told = lie.tell(scene, random).orElseThrow();
      assertThat(play(scene, told.run(), told.claim(), scene.right(), random))
          .as("%s, seed %d", lie, seed)
          .isEqualTo(Outcome.PROVED);
    }
    assertThat(alternations).isEqualTo(5);
  }

  @Test
  void whoDoesNotAnswerFalls() {
    SplittableRandom random = new SplittableRandom(seed);
    Scene scene = Scene.random(random, 5);
    Lie.Told told = Lie.MIDDLE_NODE.tell(scene, random).orElseThrow();
    Hash root = told.run().tensors().root();
    Game game =
        new Game(
            scene.referee(told.claim(), root),
            new Defence(told.run(), scene.job(told.claim())).top(),
            new Interrogation(
                scene.right(), scene.job(told.claim()), scene.bands(), new Budget(1, 1)),
            path -> Optional.empty());
    assertThat(game.play()).as("seed %d", seed).isEqualTo(Outcome.SILENCED);
    assertThat(game.alternations()).isEqualTo(1);
  }

  private void playAll(Scene scene, RandomGenerator random) {
    boolean isRight = isRightPossible(scene);
    assertThat(play(scene, scene.right(), scene.claim(), scene.right(), random))
        .isEqualTo(isRight ? Outcome.CONCEDED : Outcome.PROVED);
    for (Lie lie : Lie.values()) {
      Optional<Lie.Told> told = lie.tell(scene, random);
      if (told.isPresent()) {
        MemoryRun run = told.get().run();
        Outcome outcome = play(scene, run, told.get().claim(), scene.right(), random);
        outcomes.computeIfAbsent(lie, _ -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        assertThat(outcome).as("%s", lie).isIn(Outcome.PROVED, Outcome.SILENCED);
        if (isRight) {
          assertThat(play(scene, scene.right(), scene.claim(), run, random))
              .as("a challenger with %s", lie)
              .isIn(Outcome.CONCEDED, Outcome.REFUSED);
        }
      }
    }
  }

  /** No claim of a void output is right. */
  private static boolean isRightPossible(Scene scene) {
    return scene.program().head().outputs().stream()
        .allMatch(output -> scene.right().tensor(output).isPresent());
  }

  private Outcome play(
      Scene scene,
      MemoryRun workers,
      List<WholeTensor> claim,
      MemoryRun challengers,
      RandomGenerator random) {
    Defence defence = new Defence(workers, scene.job(claim));
    Hash root = defence.root();
    Budget budget =
        random.nextBoolean() ? new Budget(2_000_000, 100_000) : new Budget(600_000, 9_000);
    Game game =
        new Game(
            scene.referee(claim, root),
            defence.top(),
            new Interrogation(challengers, scene.job(claim), scene.bands(), budget),
            path -> answer(defence, path));
    Outcome outcome = game.play();
    games++;
    alternations = Math.max(alternations, game.alternations());
    runs += game.runs();
    assertThat(game.alternations())
        .isLessThanOrEqualTo(game.mostAlternations(scene.program().nodes()));
    return outcome;
  }

  /** A liar's tree may not have what is asked for. */
  private static Optional<Answer> answer(Defence defence, Path path) {
    try {
      return Optional.of(defence.answer(path));
    } catch (DisputeException e) {
      return Optional.empty();
    }
  }
}
