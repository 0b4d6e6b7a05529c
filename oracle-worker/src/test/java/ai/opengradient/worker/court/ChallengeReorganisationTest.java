package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.config.WatchPolicy;
import ai.opengradient.worker.demo.Lie;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.keys.LocalSigner;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.testing.Fork;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.WorkerStage;
import ai.opengradient.worker.transactions.Attempt;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import ai.opengradient.worker.watch.WatchTurn;
import ai.opengradient.worker.watch.Watcher;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A watcher, with one confirmation, from whom a reorganisation takes back its challenge, the
 * challenge's opening, or the move that convicts a worker who lied and says nothing.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChallengeReorganisationTest {
  private static final int WORKER = 1;
  private static final int WATCHER = 5;
  private static final int LONGEST_COURSE = 250;
  private static final Amount FUNDS = Amount.parse("50000");
  private static final Hash NO_HASH = Hash.of(new byte[Hash.LENGTH]);

  private final Address account = HardhatNode.account(WATCHER).address();
  private Path folder;
  private WorkerStage stage;
  private JudgedModel model;
  private Liars liars;
  private CanonicalProcess canonical;
  private StockProcesses stock;
  private MarketReader market;
  private CourtReader court;
  private MemoryOutbox outbox;
  private Runnable watcher;
  private List<String> peace;
  private Amount gain;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    stage = WorkerStage.withLongClocks(Files.createDirectory(folder.resolve("stage")));
    model = JudgedModel.small(stage);
    stage.join(WORKER);
    stage.fund(WATCHER, FUNDS);
    InferenceSettings settings =
        InferenceSettings.standard(folder.resolve("inference"))
            .withMemoryLimit(InferenceSettings.LEAST_MEMORY)
            .withThreads(1);
    canonical = CanonicalProcess.whenNeeded(settings);
    stock = StockProcesses.start(settings, 1);
    liars = new Liars(stage, WORKER, folder, Lie.FIRST_NODE);
    market = new MarketReader(stage.client(), stage.deployment());
    court = new CourtReader(stage.client(), stage.deployment());
    outbox = new MemoryOutbox();
    watcher = watcher();
    long start = stage.client().newestBlock().number() + 1;
    Amount before = funds();
    long job = liars.claim(model, Lie.FIRST_NODE).job();
    playToTheEnd(job);
    peace = functions(start);
    gain = funds().minus(before);
  }

  @AfterAll
  void stop() {
    liars.close();
    stock.close();
    canonical.close();
    stage.close();
  }

  private Runnable watcher() {
    LocalSigner signer = HardhatNode.account(WATCHER);
    TransactionSender sender =
        new TransactionSender(
            stage.client(),
            stage.deployment().chainId(),
            signer,
            outbox,
            new SenderSettings(1, 20, HardhatSender.FEES));
    DisputeLog log = new DisputeLog();
    Watcher watching =
        new Watcher(
            stage.client(),
            stage.deployment(),
            new Subjects(
                market,
                new ModelReader(stage.client(), stage.deployment()),
                new VerifiedFetch(
                    List.of(stage.blocks()),
                    folder.resolve("models"),
                    FetchSettings.usual(Long.MAX_VALUE, InstantSource.system()))),
            new TraceStore(canonical, folder.resolve("traces"), new WorkerMetrics()),
            stock,
            canonical,
            new CourtSends(stage.client(), outbox, account),
            new Watcher.Secrets(
                account,
                job -> signer.secret("challenge " + job),
                job -> signer.secret("share " + job)),
            new WatchPolicy(100, Amount.ZERO, new TreeSet<>(), FUNDS, BigInteger.TEN.pow(17)),
            Runnable::run,
            log);
    return new WatchTurn(watching::look, sender, log);
  }

  private Amount funds() {
    return new TokenReader(stage.client(), stage.deployment()).balance(account);
  }

  private List<String> functions(long start) {
    List<WorkerStage.Sent> sent = stage.sent(account, start);
    assertThat(sent).allMatch(WorkerStage.Sent::succeeded);
    return sent.stream().map(WorkerStage.Sent::function).toList();
  }

  private void playToTheEnd(long job) {
    for (int block = 0; block < LONGEST_COURSE; block++) {
      watcher.run();
      stage.mineSecond();
      if (market.job(job).state() == JobState.REFUTED && hasAllThatItIsDue()) {
        watcher.run();
        return;
      }
    }
    throw new AssertionError("no end of job " + job + ": " + market.job(job).state());
  }

  private boolean hasAllThatItIsDue() {
    return outbox.open().isEmpty()
        && court.balance(account).equals(Amount.ZERO)
        && court.coin(account).signum() == 0
        && market.balance(account).equals(Amount.ZERO);
  }

  /** What is taken back. */
  enum Taken {
    COMMITMENT,
    OPENING,
    CONVICTION
  }

  static Stream<Arguments> reorganisations() {
    return Arrays.stream(Taken.values())
        .flatMap(taken ->
            Stream.of(1, 3, 12)
                .flatMap(depth ->
                    Arrays.stream(Fork.Fate.values())
                        .map(fate -> Arguments.of(taken, depth, fate))));
  }

  @ParameterizedTest(name = "{0}, {1} blocks, {2}")
  @MethodSource("reorganisations")
  void a_challenge_is_made_once_and_won_as_in_peace(Taken taken, int depth, Fork.Fate fate) {
    Amount before = funds();
    long nonce = stage.client().nonce(account);
    long start = stage.client().newestBlock().number() + 1;
    long job = liars.claim(model, Lie.FIRST_NODE).job();
    watcher.run();
    Fork fork = Fork.at(stage, account, function(taken), watcher);
    for (int block = 1; block < depth; block++) {
      watcher.run();
      stage.mineSecond();
    }
    watcher.run();
    List<Attempt> attempts =
        outbox.recent(50).stream()
            .map(OutboxEntry::stage)
            .flatMap(stage -> stage.signed().stream())
            .toList();
    List<String> first =
        attempts.stream()
            .filter(attempt -> attempt.nonce() == nonceOf(taken, start))
            .map(attempt -> attempt.transaction().bytes())
            .limit(1)
            .toList();
    fork.reorganise(
        depth, fate, first, attempts.stream().map(one -> one.transaction().hash()).toList());
    playToTheEnd(job);
    // The allowance of peace is left over: nothing but that differs.
    assertThat(functions(start)).containsExactlyElementsOf(withoutApproval(peace));
    assertThat(stage.client().nonce(account)).isEqualTo(nonce + withoutApproval(peace).size());
    assertThat(funds().minus(before)).isEqualTo(gain);
  }

  private long nonceOf(Taken taken, long start) {
    return stage.sent(account, start).stream()
        .filter(sent -> sent.function().equals(function(taken)))
        .mapToLong(WorkerStage.Sent::nonce)
        .findFirst()
        .orElseThrow();
  }

  private List<String> withoutApproval(List<String> functions) {
    return functions.stream()
        .filter(function -> !function.startsWith(stage.deployment().token().toString()))
        .toList();
  }

  private String function(Taken taken) {
    CourtCalls calls = new CourtCalls(stage.deployment());
    Call call =
        switch (taken) {
          case COMMITMENT -> calls.challenge(NO_HASH, Amount.ZERO);
          case OPENING -> calls.open(1, 1, NO_HASH);
          case CONVICTION -> calls.timeout(1);
        };
    return stage.deployment().court() + " " + call.data().substring(0, 10);
  }
}
