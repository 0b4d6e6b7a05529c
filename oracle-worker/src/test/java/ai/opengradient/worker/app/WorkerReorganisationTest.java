package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.FaultyProxy;
import ai.opengradient.worker.testing.Fork;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import ai.opengradient.worker.transactions.Attempt;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Stage;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A running worker, with one confirmation, whose claim or payment a reorganisation takes back: one
 * block, which no confirmation covers, or 3 or 12, which the worker had counted as settled.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorkerReorganisationTest {

  private static final int ACCOUNT = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_COURSE = 200;

  /** A tenth of a second a block, but never before the worker has looked. */
  private static final long PAUSE_MILLISECONDS = 100;

  private final Address worker = HardhatNode.account(ACCOUNT).address();
  private Path folder;
  private WorkerStage stage;
  private FaultyProxy proxy;
  private WorkerApplication application;
  private MarketReader market;

  /** What the worker does in one job. */
  enum Step {
    CLAIM,
    FINALISE
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    stage = new WorkerStage(Files.createDirectory(folder.resolve("stage")));
    stage.join(ACCOUNT);
    market = new MarketReader(stage.client(), stage.deployment());
    proxy = new FaultyProxy(stage.node().url());
    application =
        WorkerApplication.start(configuration(stage, ACCOUNT, proxy), WorkerStage.PASSWORD);
  }

  private static WorkerConfiguration configuration(
      WorkerStage stage, int account, FaultyProxy proxy) {
    return AnyAdminPort.of(
        WorkerConfiguration.read(
            Optional.of(stage.configure(account, 1)),
            Map.of(
                "OPG_CHAIN_RPC",
                proxy.endpoint(1).url().toString(),
                "OPG_CHAIN_POLL_INTERVAL",
                "50ms")));
  }

  @AfterAll
  void stop() {
    application.close();
    proxy.close();
    stage.close();
  }

  @AfterEach
  void heal() {
    proxy.heal();
  }

  static Stream<Arguments> reorganisations() {
    return Stream.of(1, 3, 12)
        .flatMap(depth ->
            Arrays.stream(Step.values())
                .flatMap(step ->
                    Arrays.stream(Fork.Fate.values())
                        .map(fate -> Arguments.of(depth, step, fate))));
  }

  private String function(Step step) {
    MarketCalls calls = new MarketCalls(stage.deployment());
    String data =
        switch (step) {
          case CLAIM -> calls.claim(1, worker, List.<JobTensor>of()).data();
          case FINALISE -> calls.finalise(1).data();
        };
    return stage.deployment().market() + " " + data.substring(0, 10);
  }

  /** A little time, and as much as the worker needs to see the newest block. */
  private void look() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    BlockReference head = stage.client().newestBlock();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> application.service().status().block() >= head.number());
  }

  private List<Attempt> attempts() {
    List<Attempt> attempts = new ArrayList<>();
    for (OutboxEntry entry : application.service().transactions(50)) {
      attempts.addAll(entry.stage().signed());
    }
    return attempts;
  }

  private BigInteger total(String name) {
    return application.service().status().totals().getOrDefault(name, BigInteger.ZERO);
  }

  private boolean isAllSettled() {
    return application.service().status().busy() == 0
        && application.service().transactions(50).stream()
            .allMatch(entry -> entry.stage() instanceof Stage.Closed);
  }

  private long request() {
    stage.mineAtOnce();
    long job = stage.request(1, 2);
    stage.mineByHand();
    return job;
  }

  @ParameterizedTest(name = "{0} blocks, {1}, {2}")
  @MethodSource("reorganisations")
  void each_effect_happens_once_and_money_is_as_in_peace(int depth, Step step, Fork.Fate fate)
      throws Exception {
    BigInteger earned = total("earned");
    BigInteger paid = total("paid");
    Amount owed = market.balance(worker);
    long nonce = stage.client().nonce(worker);
    long start = stage.client().newestBlock().number() + 1;
    long job = request();
    Fork fork = Fork.at(stage, worker, function(step), this::look);
    for (int block = 1; block < depth; block++) {
      stage.mineSecond();
      look();
    }
    look();
    // While others mine other blocks, nothing of the worker's gets through.
    proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseQuestion());
    List<Attempt> attempts = attempts();
    List<String> lost = lost(attempts, start, depth);
    fork.reorganise(
        depth, fate, lost, attempts.stream().map(one -> one.transaction().hash()).toList());
    proxy.heal();
    for (int block = 0; block < LONGEST_COURSE && !isOver(job); block++) {
      stage.mineSecond();
      look();
    }
    assertThat(events(job, MarketEvent.JobClaimed.class)).hasSize(1);
    assertThat(events(job, MarketEvent.JobFinalised.class)).hasSize(1);
    List<WorkerStage.Sent> sent = stage.sent(worker, start);
    assertThat(sent)
        .allMatch(WorkerStage.Sent::succeeded)
        .extracting(WorkerStage.Sent::function)
        .containsExactly(function(Step.CLAIM), function(Step.FINALISE));
    assertThat(stage.client().nonce(worker)).isEqualTo(nonce + 2);
    assertThat(stage.client().pendingNonce(worker)).isEqualTo(nonce + 2);
    assertThat(market.balance(worker).minus(owed)).isEqualTo(WorkerStage.PRICE);
    assertThat(total("earned").subtract(earned)).isEqualTo(WorkerStage.PRICE.units());
    assertThat(total("paid").subtract(paid)).isEqualTo(BigInteger.ONE);
    await().atMost(PATIENCE).until(() -> application.service().status().troubles().isEmpty());
    assertThat(application.service().status().block())
        .isEqualTo(stage.client().newestBlock().number());
  }

  /** The transactions that the fork takes back, in the order of their nonces. */
  private List<String> lost(List<Attempt> attempts, long start, int depth) {
    long since = Math.max(start, stage.client().newestBlock().number() - depth + 1);
    List<Long> nonces = stage.sent(worker, since).stream().map(WorkerStage.Sent::nonce).toList();
    return attempts.stream()
        .filter(attempt -> nonces.contains(attempt.nonce()))
        .filter(attempt -> stage.client().receipt(attempt.transaction().hash()).isPresent())
        .sorted((one, other) -> Long.compare(one.nonce(), other.nonce()))
        .limit(1)
        .map(attempt -> attempt.transaction().bytes())
        .toList();
  }

  private boolean isOver(long job) {
    return events(job, MarketEvent.JobFinalised.class).size() == 1 && isAllSettled();
  }

  private <T extends MarketEvent> List<T> events(long job, Class<T> kind) {
    LogPoller poller = new LogPoller(stage.client(), stage.deployment(), 0, 10_000);
    BlockReference cursor = stage.deployment().start(stage.client());
    List<T> events = new ArrayList<>();
    while (poller.poll(List.of(cursor)) instanceof LogPoller.Poll.Batch batch) {
      batch.events().stream()
          .filter(event -> event.job() == job)
          .filter(kind::isInstance)
          .map(kind::cast)
          .forEach(events::add);
      cursor = batch.to();
    }
    return events;
  }

  @Test
  void below_all_that_it_remembers_it_stops_with_an_alert_and_takes_nothing() throws Exception {
    try (WorkerStage own = new WorkerStage(Files.createDirectory(folder.resolve("own")));
        FaultyProxy ownProxy = new FaultyProxy(own.node().url())) {
      own.join(ACCOUNT);
      WorkerConfiguration configuration = configuration(own, ACCOUNT, ownProxy);
      String below = own.node().snapshot();
      own.mineMany(3, 1);
      begin(own, configuration.data());
      try (WorkerApplication running =
          WorkerApplication.start(configuration, WorkerStage.PASSWORD)) {
        await()
            .atMost(PATIENCE)
            .until(() -> running.service().status().block() == own.client().newestBlock().number());
        own.node().revert(below);
        own.node().passTime(100);
        own.mineMany(20, 1);
        await()
            .atMost(PATIENCE)
            .until(() ->
                running
                    .service()
                    .status()
                    .troubles()
                    .getOrDefault("chain", "")
                    .contains("which counted as final"));
        own.request(1, 2);
        own.mineMany(10, 1);
        assertThat(running.service().jobs(10)).isEmpty();
        assertThat(running.service().transactions(10)).isEmpty();
      }
    }
  }

  /** A journal that begins at the newest block. */
  private void begin(WorkerStage own, Path data) throws Exception {
    Journal.open(
            Files.createDirectories(data),
            new Identity(
                own.deployment().chainId(),
                own.deployment().genesisHash(),
                own.deployment().market(),
                worker),
            own.client().newestBlock(),
            new WorkerMetrics())
        .close();
  }
}
