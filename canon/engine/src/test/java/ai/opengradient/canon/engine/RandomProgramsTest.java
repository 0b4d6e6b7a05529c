package ai.opengradient.canon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.engine.step.Algorithm;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of random programs, each of whose nodes has to have the core's bits. */
class RandomProgramsTest {
  private static final long SEED = 20261201;
  private static final int PROGRAMS = Integer.getInteger("canon.engine.programs", 1_000);

  @Test
  void haveTheTensorsOfTheCore() throws InterruptedException {
    try (Engine engine = Engine.withThreads(2)) {
      Comparison comparison = new Comparison(engine);
      SplittableRandom seeds = new SplittableRandom(SEED);
      for (int number = 0; number < PROGRAMS; number++) {
        long seed = seeds.nextLong();
        RandomProgram random = new RandomProgram(new SplittableRandom(seed));
        random.addNodes(1 + number % 6);
        comparison.compare("seed " + seed + "L", random.program(), random.given());
      }
      System.out.printf(
          "Engine against core, seed %d: %,d random programs, none differ%n%s",
          SEED, PROGRAMS, comparison);
      for (Algorithm algorithm : Algorithm.values()) {
        assertThat(comparison.nodes(algorithm)).as("%s", algorithm).isPositive();
      }
    }
  }
}
