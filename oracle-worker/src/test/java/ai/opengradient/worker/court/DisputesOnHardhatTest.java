package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Dispute;
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
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import ai.opengradient.worker.watch.Watcher;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole disputes on a chain, a block a second, by those who take part in them outside of tests,
 * too: the watcher, and the worker's defender. The worker that lies is the demo's.
 */
final class DisputesOnHardhatTest {
  private static final int WORKER = 1;
  private static final int WATCHER = 5;
  private static final int GRIEFER = 6;
  private static final Amount FUNDS = Amount.parse("5000");

  /** More blocks, and far more time, than any dispute takes whose parties move. */
  private static final int LONG = 12_000;

  private static final int MINUTE = 60;

  @TempDir private static Path folder;

  private static WorkerStage stage;
  private static JudgedModel small;
  private static JudgedModel wide;
  private static CanonicalProcess canonical;
  private static StockProcesses stock;
  private static MarketReader market;
  private static CourtReader court;
  private static Liars liars;
  private static int folders;

  @BeforeAll
  static void start() throws Exception {
    stage = new WorkerStage(Files.createDirectory(folder.resolve("stage")));
    small = JudgedModel.small(stage);
    wide = JudgedModel.wide(stage, folder);
    stage.join(WORKER);
    stage.fund(WATCHER, FUNDS);
    stage.fund(GRIEFER, FUNDS);
    InferenceSettings settings =
        InferenceSettings.standard(folder.resolve("inference"))
            .withMemoryLimit(InferenceSettings.LEAST_MEMORY)
            .withThreads(1);
    canonical = CanonicalProcess.whenNeeded(settings);
    stock = StockProcesses.start(settings, 1);
    liars = new Liars(stage, WORKER, folder, Lie.NONE, Lie.FIRST_NODE, Lie.LAST_NODE);
    market = new MarketReader(stage.client(), stage.deployment());
    court = new CourtReader(stage.client(), stage.deployment());
  }

  @AfterAll
  static void stop() {
    liars.close();
    stock.close();
    canonical.close();
    stage.close();
  }

  private static Path fresh() {
    try {
      return Files.createDirectory(folder.resolve("party" + folders++));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Subjects subjects(Path data) {
    return new Subjects(
        market,
        new ModelReader(stage.client(), stage.deployment()),
        new VerifiedFetch(
            List.of(stage.blocks()),
            data.resolve("models"),
            FetchSettings.usual(Long.MAX_VALUE, InstantSource.system())));
  }

  private static Party watcher() {
    LocalSigner signer = HardhatNode.account(WATCHER);
    Path data = fresh();
    return Party.of(
        stage,
        WATCHER,
        sends ->
            new Watcher(
                    stage.client(),
                    stage.deployment(),
                    subjects(data),
                    new TraceStore(canonical, data.resolve("traces"), new WorkerMetrics()),
                    stock,
                    canonical,
                    sends,
                    new Watcher.Secrets(
                        signer.address(),
                        job -> signer.secret("challenge " + job),
                        job -> signer.secret("share " + job)),
                    new WatchPolicy(
                        100, Amount.ZERO, new TreeSet<>(), FUNDS, BigInteger.TEN.pow(17)),
                    Runnable::run,
                    new DisputeLog())
                ::look);
  }

  private static Party defender() {
    Path data = fresh();
    return Party.defender(
        stage,
        WORKER,
        new CanonicalDefences(
            subjects(data),
            new TraceStore(canonical, data.resolve("traces"), new WorkerMetrics())));
  }

  private static void play(int seconds, BooleanSupplier end, Party... parties) {
    for (int second = 0; second < seconds; second++) {
      for (Party party : parties) {
        party.step();
      }
      stage.mineSecond();
      if (end.getAsBoolean()) {
        return;
      }
    }
    throw new AssertionError("no end after " + seconds + " seconds");
  }

  private static BooleanSupplier isOver(long job) {
    return () -> court.dispute(job).stage().compareTo(Dispute.Stage.DISPUTED) > 0;
  }

  private static Amount funds(int account) {
    return new TokenReader(stage.client(), stage.deployment())
        .balance(HardhatNode.account(account).address());
  }

  private static long sent(int account) {
    return stage.client().nonce(HardhatNode.account(account).address());
  }

  private static List<String> events(long job) {
    List<String> names = new ArrayList<>();
    court.events(market.job(job)).forEach(event -> names.add(event.getClass().getSimpleName()));
    return names;
  }

  /** Plays to the end, and makes sure that the watcher gains and the worker pays. */
  private static void convict(Claimed claimed, Party watcher, Party worker) {
    Amount before = funds(WATCHER);
    play(150, isOver(claimed.job()), watcher, worker);
    assertThat(market.job(claimed.job()).state()).isEqualTo(JobState.REFUTED);
    play(10, () -> watcherHasAllThatItIsDue(claimed.job()), watcher);
    assertThat(funds(WATCHER)).isGreaterThan(before);
  }

  private static boolean watcherHasAllThatItIsDue(long job) {
    Address watcher = HardhatNode.account(WATCHER).address();
    return events(job).contains("BondReturned")
        && court.balance(watcher).equals(Amount.ZERO)
        && court.coin(watcher).signum() == 0
        && market.balance(watcher).equals(Amount.ZERO);
  }

  @Test
  void a_lie_in_the_first_node_is_convicted() {
    Claimed claimed = liars.claim(small, Lie.FIRST_NODE);
    convict(claimed, watcher(), liars.party(Lie.FIRST_NODE));
    assertThat(events(claimed.job())).contains("TraceAsserted", "Asked", "StepDisproved");
  }

  @Test
  void a_lie_in_the_last_node_is_convicted_by_a_watcher_that_forgets_everything() {
    Claimed claimed = liars.claim(small, Lie.LAST_NODE);
    long before = sent(WATCHER);
    convict(claimed, watcher(), liars.party(Lie.LAST_NODE));
    long needed = sent(WATCHER) - before;

    Claimed again = liars.claim(small, Lie.LAST_NODE);
    convict(
        again,
        Party.forgetful(DisputesOnHardhatTest::watcher),
        Party.forgetful(() -> liars.party(Lie.LAST_NODE)));

    assertThat(events(again.job())).isEqualTo(events(claimed.job()));
    assertThat(sent(WATCHER) - before - needed).isEqualTo(needed);
  }

  @Test
  void a_sum_too_long_for_one_transaction_is_proved_in_pieces() {
    Claimed claimed = liars.claim(wide, Lie.LAST_NODE);
    convict(claimed, Party.forgetful(DisputesOnHardhatTest::watcher), liars.party(Lie.LAST_NODE));
    assertThat(events(claimed.job())).contains("Accumulated", "StepDisproved");
  }

  @Test
  void a_wrong_claim_beside_a_right_trace_is_convicted() {
    Claimed claimed = liars.claim(small, Lie.LAST_NODE);
    convict(claimed, watcher(), liars.party(Lie.NONE));
    assertThat(events(claimed.job())).contains("OutputDisproved");
  }

  @Test
  void silence_is_convicted() {
    Claimed claimed = liars.claim(small, Lie.LAST_NODE);
    convict(claimed, watcher(), () -> {});
    assertThat(events(claimed.job())).contains("WorkerSilent").doesNotContain("TraceAsserted");
  }

  @Test
  void a_false_challenger_loses_against_a_worker_that_forgets_everything() {
    Amount griefer = funds(GRIEFER);
    Amount cold = new TokenReader(stage.client(), stage.deployment()).balance(stage.cold());
    Claimed claimed = liars.claim(small, Lie.NONE);
    Party worker = Party.forgetful(DisputesOnHardhatTest::defender);
    play(
        150,
        isOver(claimed.job()),
        Party.falseChallenger(stage, GRIEFER, claimed.job()),
        worker,
        watcher());
    play(10, () -> court.coin(HardhatNode.account(WORKER).address()).signum() == 0, worker);

    assertThat(court.dispute(claimed.job()).stage()).isEqualTo(Dispute.Stage.UPHELD);
    assertThat(market.job(claimed.job()).state()).isEqualTo(JobState.CLAIMED);
    assertThat(events(claimed.job()))
        .containsExactly(
            "ChallengeOpened",
            "TraceDue",
            "TraceAsserted",
            "HashesRevealed",
            "Asked",
            "LeafRevealed",
            "ChallengeLost",
            "TimeoutRewarded",
            "Settled");
    assertThat(funds(GRIEFER)).isLessThan(griefer);
    assertThat(new TokenReader(stage.client(), stage.deployment()).balance(stage.cold()))
        .isGreaterThan(cold);
  }

  @Test
  void a_watcher_ends_what_nobody_has_ended_long_after_all_deadlines() {
    Claimed claimed = liars.claim(small, Lie.LAST_NODE);
    play(20, () -> events(claimed.job()).contains("ChallengeOpened"), watcher());
    stage.mineMany(LONG, MINUTE);
    convict(claimed, watcher(), () -> {});
    assertThat(events(claimed.job())).contains("WorkerSilent");
  }

  @Test
  void a_worker_ends_what_nobody_has_ended_long_after_all_deadlines() {
    Claimed claimed = liars.claim(small, Lie.NONE);
    play(
        20,
        () -> events(claimed.job()).contains("LeafRevealed"),
        Party.falseChallenger(stage, GRIEFER, claimed.job()),
        defender());
    stage.mineMany(LONG, MINUTE);
    play(20, isOver(claimed.job()), defender());
    assertThat(events(claimed.job())).contains("ChallengeLost", "TimeoutRewarded");
    assertThat(court.dispute(claimed.job()).stage()).isEqualTo(Dispute.Stage.UPHELD);
  }

  @Test
  void a_right_claim_is_left_alone() {
    Claimed claimed = liars.claim(small, Lie.NONE);
    long before = sent(WATCHER);
    Party watcher = watcher();
    play(3, () -> true, watcher);
    assertThat(sent(WATCHER)).isEqualTo(before);
    assertThat(court.dispute(claimed.job()).stage()).isEqualTo(Dispute.Stage.NONE);
  }
}
