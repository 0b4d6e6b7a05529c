package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.keys.LightKeystore;
import ai.opengradient.worker.testing.ChildJava;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.KillPlan;
import ai.opengradient.worker.testing.TokenTransfer;
import ai.opengradient.worker.testing.WorkerStage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user asks for one answer by a command that kills itself with SIGKILL before and after each
 * commit, after each send, and before and after its own answer, and repeats it until it ends. There
 * is one job, from one transaction, and every answer names it.
 */
final class RequestCrashTest {
  private static final int SIGKILL = 128 + 9;
  private static final int ACCOUNT = 7;
  private static final int MOST_RUNS = 60;

  /** Of the allowance and of the request. */
  private static final List<String> OF_TRANSACTIONS =
      List.of(
          "transaction intended command",
          "transaction promised command",
          "transaction signed command",
          "transaction sent command",
          "transaction included command",
          "transaction closed command");

  private static final List<String> OF_RUNS = List.of("opened", "begun", "answer");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // two on an idle machine; the limit ends what hangs
  void aJobIsRequestedOnceHoweverOftenTheCommandIsKilled() throws Exception {
    long seed = Long.getLong("opg.seed", new Random().nextLong());
    System.out.println(
        "Request crash test, seed " + seed + " (repeat with -Dopg.seed=" + seed + ")");
    List<String> plan = plan(new Random(seed));
    try (WorkerStage stage = new WorkerStage(folder)) {
      stage.join(1);
      Address user = HardhatNode.account(ACCOUNT).address();
      stage.send(stage.owner(), TokenTransfer.of(stage.deployment(), user, Amount.parse("100")));
      stage.mineEverySecond();
      Path home = configure(stage);
      KillPlan.write(home, plan);
      long nonce = stage.client().nonce(user);
      List<JsonNode> answers = runUntilItEnds(home);

      System.out.println("Killed at: " + String.join("; ", KillPlan.came(home)));
      System.out.println(
          KillPlan.came(home).size()
              + " kills of "
              + plan.size()
              + " moments, "
              + answers.size()
              + " answers");
      assertThat(KillPlan.came(home)).hasSameSizeAs(plan);
      assertThat(new MarketReader(stage.client(), stage.deployment()).jobCount()).isEqualTo(1);
      assertThat(stage.client().nonce(user) - nonce).as("an allowance and a request").isEqualTo(2);
      assertThat(answers)
          .hasSizeGreaterThan(1)
          .allSatisfy(answer -> {
            assertThat(answer.path("job").asLong()).isEqualTo(1);
            assertThat(answer.path("transaction"))
                .isEqualTo(answers.getFirst().path("transaction"));
          });
      assertThat(home.resolve(user.hex() + ".sent")).isEmptyDirectory();
    }
  }

  private static List<String> plan(Random random) {
    List<String> plan = new ArrayList<>();
    OF_TRANSACTIONS.stream()
        .flatMap(RequestCrashTest::around)
        // What is sent was committed as signed before.
        .filter(moment -> !moment.startsWith("before transaction sent"))
        .forEach(moment -> plan.add(1 + random.nextInt(2) + " " + moment));
    OF_RUNS.stream().flatMap(RequestCrashTest::around).forEach(moment -> plan.add("1 " + moment));
    Collections.shuffle(plan, random);
    System.out.println("The command kills itself (occurrence, moment): " + plan);
    return plan;
  }

  private static Stream<String> around(String transition) {
    return Stream.of("before " + transition, "after " + transition);
  }

  private Path configure(WorkerStage stage) throws IOException {
    Path home = Files.createDirectory(folder.resolve("user"));
    LightKeystore.write(home.resolve("keystore.json"), WorkerStage.PASSWORD, ACCOUNT);
    OwnerOnlyFile.create(home.resolve("password"), WorkerStage.PASSWORD);
    OwnerOnlyFile.create(
        home.resolve("opg.properties"),
        """
        chain.rpc=%s
        chain.deployment=%s
        chain.confirmations=1
        chain.poll-interval=50ms
        key.password-file=password
        """
            .formatted(stage.node().url(), folder.resolve("deployment.json")));
    return home;
  }

  /** Everything that the command answered, whether it was killed afterwards or not. */
  private static List<JsonNode> runUntilItEnds(Path home) throws Exception {
    List<JsonNode> answers = new ArrayList<>();
    for (int run = 0; run < MOST_RUNS; run++) {
      Path log = home.resolve("log");
      Process process =
          new ProcessBuilder(
                  ChildJava.command(
                      List.of("-Xmx256m"),
                      KilledCommandMain.class,
                      home.toString(),
                      "--json",
                      "job",
                      "request",
                      "1",
                      "--accept-undisputable",
                      "--input",
                      "0=[1]"))
              .redirectError(log.toFile())
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!out.isBlank()) {
        answers.add(new ObjectMapper().readTree(out));
      }
      int status = process.waitFor();
      if (status != SIGKILL) {
        assertThat(status).as(Files.readString(log)).isZero();
        return answers;
      }
    }
    throw new AssertionError("it never came to its end");
  }
}
