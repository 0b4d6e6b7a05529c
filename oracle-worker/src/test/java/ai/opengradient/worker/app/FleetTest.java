package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.KilledProcess;
import ai.opengradient.worker.testing.KilledProcess.Program;
import ai.opengradient.worker.testing.KilledProcessMain;
import ai.opengradient.worker.testing.PostgresServer;
import ai.opengradient.worker.testing.WorkerStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One worker as a fleet: two processes that may act for it and four executors, each a process of
 * its own. Twice it answers the same jobs: in peace, and with the acting one killed by SIGKILL when
 * it has signed a claim, an executor killed, and the next acting one frozen by SIGSTOP while it
 * sends a claim, until the first one has taken over again. Claims and money are the same.
 */
@Tag("long")
final class FleetTest {

  private static final int WAVE = 4;
  private static final int EXECUTORS = 4;
  private static final int WORKER = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path folder;

  /**
   * What a play came to.
   *
   * @param claims jobs in the order of their claims, one as often as it was claimed
   * @param balances in the market, of all accounts
   * @param held by the market
   */
  private record Sums(List<Long> claims, List<Long> payments, List<Amount> balances, Amount held) {}

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void itsCoordinatorMayDieOrFreeze() throws Exception {
    Sums peace = play("peace", false);
    Sums war = play("war", true);
    System.out.println("Fleet: " + war);
    assertThat(war).isEqualTo(peace);
    assertThat(war.claims()).containsExactlyElementsOf(jobs());
    assertThat(war.payments()).containsExactlyElementsOf(jobs());
  }

  private static List<Long> jobs() {
    return LongStream.rangeClosed(1, 2 * WAVE).boxed().toList();
  }

  private Sums play(String name, boolean war) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    String journal = PostgresServer.database();
    List<KilledProcess> all = new ArrayList<>();
    try (WorkerStage stage = new WorkerStage(home)) {
      stage.join(WORKER);
      KilledProcess first =
          coordinator(stage, "first", journal, war ? "1 after transaction signed claim" : "");
      all.add(first);
      until("the first has the lease", first::isUp);
      KilledProcess second =
          coordinator(stage, "second", journal, war ? "stop 1 after transaction sent claim" : "");
      all.add(second);
      for (int executor = 1; executor <= EXECUTORS; executor++) {
        all.add(
            new KilledProcess(
                Program.EXECUTOR,
                stage.configureExecutor("executor" + executor, journal),
                List.of()));
      }
      until("the second stands by", second::standsBy);
      until("executors are up", () -> all.stream().skip(2).allMatch(KilledProcess::isUp));
      stage.mineByHand();
      // An offer counts some blocks after it was made.
      stage.mineMany(10, 1);
      Thread miner = Thread.ofPlatform().daemon().start(() -> mine(stage, first, second));
      request(stage, 1);
      if (war) {
        until("the first has killed itself", () -> !first.isAlive());
        all.getLast().kill();
        until("the second has taken over", second::isUp);
        first.startAgainIfKilled();
        until("the first stands by", first::standsBy);
      }
      request(stage, 1 + WAVE);
      if (war) {
        until("the second has frozen itself", () -> !second.came().isEmpty());
        until("the first has taken over", first::isUp);
        List<String> before = second.passed();
        second.thaw();
        until("the second has ended", () -> !second.isAlive());
        assertThat(second.status()).isEqualTo(KilledProcessMain.SUPERSEDED);
        assertThat(second.passed().subList(before.size(), second.passed().size()))
            .noneMatch(moment -> moment.startsWith("after transaction"));
      }
      until("all is paid", () -> payments(stage).size() == 2 * WAVE);
      miner.interrupt();
      miner.join();
      return sums(stage);
    } catch (AssertionError | RuntimeException failure) {
      all.forEach(process -> System.out.println(process.history()));
      throw failure;
    } finally {
      all.forEach(KilledProcess::close);
    }
  }

  private static KilledProcess coordinator(
      WorkerStage stage, String name, String journal, String moment) {
    return new KilledProcess(
        Program.COORDINATOR,
        stage.configureCoordinator(name, WORKER, journal, 1, 2),
        moment.isEmpty() ? List.of() : List.of(moment));
  }

  private static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    System.out.println("Fleet: " + what);
  }

  private static void request(WorkerStage stage, int from) {
    for (int job = from; job < from + WAVE; job++) {
      stage.request(1 + job % 2, job / 16f);
    }
  }

  /** Chain time waits while nobody acts: on a slow machine it takes long to start a process. */
  private static void mine(WorkerStage stage, KilledProcess first, KilledProcess second) {
    try {
      while (true) {
        if (first.isUp() || (second.isUp() && second.came().isEmpty())) {
          stage.mineSecond();
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Long> payments(WorkerStage stage) {
    return events(stage).stream()
        .filter(MarketEvent.JobFinalised.class::isInstance)
        .map(MarketEvent::job)
        .sorted()
        .toList();
  }

  private static Sums sums(WorkerStage stage) {
    Address worker = HardhatNode.account(WORKER).address();
    assertThat(stage.sent(worker, 0)).allMatch(WorkerStage.Sent::succeeded);
    assertThat(stage.client().pendingNonce(worker)).isEqualTo(stage.client().nonce(worker));
    assertThat(
            new WorkerReader(stage.client(), stage.deployment())
                .worker(worker)
                .orElseThrow()
                .locked())
        .isEqualTo(Amount.ZERO);
    MarketReader market = new MarketReader(stage.client(), stage.deployment());
    return new Sums(
        events(stage).stream()
            .filter(MarketEvent.JobClaimed.class::isInstance)
            .map(MarketEvent::job)
            .sorted()
            .toList(),
        payments(stage),
        IntStream.rangeClosed(0, 9)
            .mapToObj(account -> market.balance(HardhatNode.account(account).address()))
            .toList(),
        new TokenReader(stage.client(), stage.deployment()).balance(stage.deployment().market()));
  }

  private static List<MarketEvent> events(WorkerStage stage) {
    LogPoller poller = new LogPoller(stage.client(), stage.deployment(), 0, 10_000);
    BlockReference cursor = stage.deployment().start(stage.client());
    List<MarketEvent> events = new ArrayList<>();
    while (poller.poll(List.of(cursor)) instanceof LogPoller.Poll.Batch batch) {
      events.addAll(batch.events());
      cursor = batch.to();
    }
    return events;
  }
}
