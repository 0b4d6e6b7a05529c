package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.demo.Lie;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.KilledProcess;
import ai.opengradient.worker.testing.TokenTransfer;
import ai.opengradient.worker.testing.WorkerStage;
import ai.opengradient.worker.transactions.Stage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Watcher and worker, each a process of its own, play disputes twice: in peace, and killed by
 * SIGKILL before and after each commit of each kind of effect, after each kind of send, and while a
 * trace is made. Both times the verdicts, the events, the transactions and the money have to be the
 * same.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES) // the limit ends what hangs
final class DisputeCrashTest {
  private static final int WORKER = 1;
  private static final int WATCHER = 5;
  private static final int GRIEFER = 6;
  private static final Amount FUNDS = Amount.parse("5000");

  /** Moments of each kind of effect that the short form kills at. */
  private static final int FEW = 2;

  private static final String JOB_ENDED = "job ended";

  /** How a worker's job goes on when it is disputed. */
  private static final List<String> DISPUTED_JOB =
      List.of("job frozen", "job waiting", "job finalising", JOB_ENDED);

  /** What a store of traces does. */
  private static final List<String> TRACES = List.of("trace made", "trace forgotten");

  private static final String DURING_A_TRACE = "during trace made";

  @TempDir private java.nio.file.Path folder;

  private WorkerStage stage;
  private MarketReader market;
  private CourtReader court;
  private TokenReader token;
  private JudgedModel small;
  private JudgedModel wide;
  private Liars liars;

  @BeforeEach
  void start() throws IOException {
    stage = new WorkerStage(folder);
    small = JudgedModel.small(stage);
    wide = JudgedModel.wide(stage, folder);
    liars = new Liars(stage, WORKER, folder, Lie.NONE, Lie.FIRST_NODE, Lie.LAST_NODE);
    market = new MarketReader(stage.client(), stage.deployment());
    court = new CourtReader(stage.client(), stage.deployment());
    token = new TokenReader(stage.client(), stage.deployment());
    stage.join(WORKER);
    stage.fund(GRIEFER, FUNDS);
    stage.send(
        stage.owner(),
        TokenTransfer.of(stage.deployment(), HardhatNode.account(WATCHER).address(), FUNDS));
  }

  @AfterEach
  void stop() {
    liars.close();
    stage.close();
  }

  @Test
  @Tag("long")
  void kills_change_nothing() throws Exception {
    run(FEW);
  }

  @Test
  @Tag("long")
  void no_kill_changes_anything() throws Exception {
    run(Integer.MAX_VALUE);
  }

  /** What came of a dispute. Withdrawals are left out: two may be one. */
  private record Told(
      JobState job,
      Dispute.Stage dispute,
      Challenge.Status challenge,
      List<String> events,
      Map<String, Long> transactions,
      Amount gain) {}

  /** Begins a dispute. */
  @FunctionalInterface
  private interface Scene {
    KilledParty.Play begin(long challenge) throws IOException;
  }

  /** One side of the disputes. */
  private record Half(
      KilledProcess.Program program,
      CourtTurn.Side side,
      int account,
      java.nio.file.Path configuration,
      List<Scene> scenes,
      List<Integer> purses) {}

  private void run(int momentsOfEach) throws Exception {
    long seed = Long.getLong("opg.seed", new Random().nextLong());
    System.out.println(
        "Dispute crash test, seed " + seed + " (repeat with -Dopg.seed=" + seed + ")");
    Random random = new Random(seed);
    Set<String> reached =
        new TreeSet<>(compare(watcher(stage.configure(WATCHER)), momentsOfEach, random));
    reached.addAll(
        compare(
            worker(stage.configure(WORKER, small.version(), wide.version())),
            momentsOfEach,
            random));
    Set<String> never = new TreeSet<>(ofEffects(Arrays.asList(CourtEffect.values())));
    never.addAll(around(Stream.concat(TRACES.stream(), DISPUTED_JOB.stream()).toList()));
    never.add(DURING_A_TRACE);
    never.removeAll(reached);
    assertThat(never).as("moments of disputes that no scene comes by").isEmpty();
    checkLedger();
  }

  private static List<String> ofEffects(List<CourtEffect> effects) {
    return effects.stream().map(CourtEffect::kind).flatMap(DisputeCrashTest::ofEffect).toList();
  }

  /**
   * Before and after each stage that the outbox takes an effect to, and the promise before it is
   * signed, and after its sending.
   */
  private static Stream<String> ofEffect(String kind) {
    List<String> transitions =
        Stream.concat(
                Stream.of("promised"),
                Arrays.stream(Stage.class.getPermittedSubclasses())
                    .map(stage -> stage.getSimpleName().toLowerCase(Locale.ROOT)))
            .map(stage -> "transaction " + stage + " " + kind)
            .toList();
    return Stream.concat(around(transitions).stream(), Stream.of("after transaction sent " + kind));
  }

  private static List<String> around(List<String> transitions) {
    return transitions.stream()
        .flatMap(transition -> Stream.of("before " + transition, "after " + transition))
        .toList();
  }

  // The scenes

  private Half watcher(java.nio.file.Path configuration) {
    return new Half(
        KilledProcess.Program.WATCHER,
        CourtTurn.Side.CHALLENGER,
        WATCHER,
        configuration,
        List.of(
            challenge -> lie(challenge, wide, Lie.FIRST_NODE),
            challenge -> lie(challenge, wide, Lie.LAST_NODE),
            challenge -> against(challenge, liars.claim(small, Lie.LAST_NODE), Lie.NONE, true),
            challenge ->
                against(challenge, liars.claim(small, Lie.LAST_NODE), Lie.LAST_NODE, false)),
        List.of(WATCHER));
  }

  private KilledParty.Play lie(long challenge, JudgedModel model, Lie lie) {
    return against(challenge, liars.claim(model, lie), lie, true);
  }

  /**
   * A watcher against a worker that lies.
   *
   * @param lie that its trace tells
   * @param isAnswering whether the worker answers, when it has asserted its trace
   */
  private KilledParty.Play against(long challenge, Claimed claimed, Lie lie, boolean isAnswering) {
    long job = claimed.job();
    Party liar = liars.party(lie);
    BooleanSupplier isSilent = () -> !isAnswering && court.dispute(job).isAsserted();
    return new KilledParty.Play(
        job,
        challenge,
        () -> {
          if (!isSilent.getAsBoolean() && !court.dispute(job).isRefuted()) {
            liar.step();
          }
        },
        () -> isSilent.getAsBoolean() && isRunning(challenge, CourtTurn.Side.WORKER),
        passed ->
            market.job(job).state() == JobState.REFUTED
                && isForgotten(passed)
                && court.challenge(challenge).status() == Challenge.Status.RETURNED
                && isPaidOut(WATCHER));
  }

  private Half worker(java.nio.file.Path configuration) {
    return new Half(
        KilledProcess.Program.WORKER,
        CourtTurn.Side.WORKER,
        WORKER,
        configuration,
        List.of(this::falseChallenge),
        List.of(WORKER, 9));
  }

  private KilledParty.Play falseChallenge(long challenge) throws IOException {
    stage.mineAtOnce();
    long job = stage.request(wide.version(), 0.01f);
    stage.mineByHand();
    int node = wide.firstComputed();
    List<Path> questions =
        List.of(
            new Path.Leaves(node, 0, 0),
            new Path.Leaves(node, 4, 1),
            new Path.Output(0, 0),
            new Path.Leaves(node, 6, 5));
    Party challenger = FurtherQuestions.party(stage, GRIEFER, job, questions);
    Set<JobState> unclaimed = EnumSet.of(JobState.REQUESTED, JobState.OPEN, JobState.LEASED);
    // Committed to before the claim, so that it can be opened at once.
    challenger.step();
    stage.mineSecond();
    BooleanSupplier isAnswered =
        () -> questions.stream().allMatch(question -> court.isRevealed(job, question));
    return new KilledParty.Play(
        job,
        challenge,
        () -> {
          if (!unclaimed.contains(market.job(job).state())) {
            challenger.step();
          }
        },
        () ->
            stage.client().newestBlock().number() < market.job(job).drawBlock() + 3
                || (isAnswered.getAsBoolean() && isRunning(challenge, CourtTurn.Side.CHALLENGER))
                || market.job(job).state() == JobState.FINALISED,
        passed ->
            market.job(job).state() == JobState.FINALISED
                && isForgotten(passed)
                && isAfter(JOB_ENDED, "transaction intended finalise", passed)
                && isPaidOut(WORKER));
  }

  private static boolean isForgotten(List<String> passed) {
    return isAfter("trace forgotten", "trace made", passed);
  }

  private static boolean isAfter(String second, String first, List<String> passed) {
    return passed.lastIndexOf("after " + second) > passed.lastIndexOf("after " + first);
  }

  private boolean isRunning(long challenge, CourtTurn.Side side) {
    CourtTurn turn = court.turn(challenge);
    return turn.side() == side && stage.client().newestBlock().timestamp() < turn.deadline();
  }

  private boolean isPaidOut(int account) {
    Address address = HardhatNode.account(account).address();
    return court.balance(address).equals(Amount.ZERO)
        && court.coin(address).signum() == 0
        && (account != WATCHER || market.balance(address).equals(Amount.ZERO));
  }

  // The comparison

  /** Gives the moments that the half comes by in peace. */
  private Set<String> compare(Half half, int momentsOfEach, Random random) throws Exception {
    KilledProcess process = new KilledProcess(half.program(), half.configuration(), List.of());
    try {
      KilledParty party = new KilledParty(stage, process, half.side(), random);
      List<Told> peace = play(half, party);
      List<String> passed = process.passed();
      assertThat(process.stop()).isTrue();
      forgetAllowance(half);
      List<String> plan = plan(passed, momentsOfEach, random);
      System.out.println(half.program() + " kills itself (occurrence, moment):");
      plan.forEach(moment -> System.out.println("  " + moment));
      process.start(plan);
      List<Told> killed = play(half, new KilledParty(stage, process, half.side(), random));
      System.out.println(
          half.program()
              + ": "
              + new TreeSet<>(passed).size()
              + " kinds of moments passed, killed at "
              + process.came().size()
              + " of "
              + plan.size()
              + " moments");
      assertThat(killed).isEqualTo(peace);
      assertThat(process.came())
          .containsExactlyInAnyOrderElementsOf(
              plan.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList());
      assertThat(process.stop()).isTrue();
      checkFiles(half);
      return new TreeSet<>(passed);
    } catch (AssertionError | RuntimeException failure) {
      System.out.println(process.history());
      throw failure;
    } finally {
      process.close();
    }
  }

  private List<Told> play(Half half, KilledParty party) throws Exception {
    List<Told> told = new ArrayList<>();
    Address account = HardhatNode.account(half.account()).address();
    for (Scene scene : half.scenes()) {
      long since = stage.client().newestBlock().number() + 1;
      Amount before = purse(half);
      KilledParty.Play play = scene.begin(court.challengeCount() + 1);
      party.play(play);
      List<String> events = new ArrayList<>();
      court
          .events(market.job(play.job()))
          .forEach(event -> events.add(event.getClass().getSimpleName()));
      told.add(
          new Told(
              market.job(play.job()).state(),
              court.dispute(play.job()).stage(),
              court.challenge(play.challenge()).status(),
              events,
              transactions(stage.sent(account, since)),
              purse(half).minus(before)));
      System.out.println(half.program() + ", " + told.getLast());
    }
    return told;
  }

  /** By function. Each was taken, and none was sent twice. */
  private Map<String, Long> transactions(List<WorkerStage.Sent> sent) {
    assertThat(sent).allMatch(WorkerStage.Sent::succeeded);
    assertThat(sent.stream().map(WorkerStage.Sent::nonce))
        .containsExactlyElementsOf(
            IntStream.range(0, sent.size())
                .mapToObj(place -> sent.getFirst().nonce() + place)
                .toList());
    List<WorkerStage.Sent> once =
        sent.stream().filter(transaction -> !isWithdrawal(transaction)).toList();
    assertThat(once).extracting(WorkerStage.Sent::data).doesNotHaveDuplicates();
    return new TreeMap<>(
        once.stream()
            .collect(Collectors.groupingBy(WorkerStage.Sent::function, Collectors.counting())));
  }

  private boolean isWithdrawal(WorkerStage.Sent transaction) {
    CourtCalls calls = new CourtCalls(stage.deployment());
    return Stream.of(
            calls.withdraw(Address.ZERO),
            calls.withdrawCoin(Address.ZERO),
            new MarketCalls(stage.deployment()).withdraw(Address.ZERO))
        .anyMatch(call ->
            call.to().equals(transaction.to())
                && transaction.data().startsWith(call.data().substring(0, 10)));
  }

  /** All $OPG that a side has or can withdraw. */
  private Amount purse(Half half) {
    return half.purses().stream()
        .map(account -> HardhatNode.account(account).address())
        .map(address ->
            token.balance(address).plus(market.balance(address)).plus(court.balance(address)))
        .reduce(Amount.ZERO, Amount::plus);
  }

  private void forgetAllowance(Half half) {
    if (half.account() == WATCHER) {
      stage.mineAtOnce();
      stage.send(
          HardhatNode.account(WATCHER),
          new TokenCalls(stage.deployment()).approve(stage.deployment().court(), Amount.ZERO));
    }
  }

  /** Which of the moments that were passed are killed at. */
  private static List<String> plan(List<String> passed, int momentsOfEach, Random random) {
    List<String> plan = new ArrayList<>();
    int turn = random.nextInt(Short.MAX_VALUE);
    for (CourtEffect effect : CourtEffect.values()) {
      List<String> moments = ofEffect(effect.kind()).filter(passed::contains).toList();
      for (int moment = 0; moment < Math.min(momentsOfEach, moments.size()); moment++) {
        // Where not all are taken, the next effect goes on with the next ones.
        String chosen = moments.get(turn++ % moments.size());
        plan.add(occurrence(chosen, isTaking(effect), passed, random));
      }
    }
    for (String transition : Stream.concat(TRACES.stream(), DISPUTED_JOB.stream()).toList()) {
      List<String> moments = new ArrayList<>(around(List.of(transition)));
      Collections.shuffle(moments, random);
      moments.stream()
          .filter(passed::contains)
          .limit(Math.max(1, momentsOfEach / 2))
          .forEach(moment ->
              plan.add(occurrence(moment, DISPUTED_JOB.contains(transition), passed, random)));
    }
    plan.add("1 " + DURING_A_TRACE);
    return plan;
  }

  private static boolean isTaking(CourtEffect effect) {
    return switch (effect) {
      case COURT_WITHDRAW, COURT_COIN, MARKET_WITHDRAW -> true;
      case APPROVE,
          CHALLENGE,
          OPEN,
          ASSERT_TRACE,
          ASK,
          REVEAL,
          PROVE_MORE,
          PROVE_STEP,
          PROVE_OUTPUT,
          TIMEOUT,
          SETTLE,
          RECLAIM ->
          false;
    };
  }

  /**
   * Two withdrawals in peace may be one among kills, and who comes back may find a job further on.
   */
  private static String occurrence(
      String moment, boolean isFirst, List<String> passed, Random random) {
    int most = isFirst ? 1 : Collections.frequency(passed, moment);
    return 1 + random.nextInt(most) + " " + moment;
  }

  /** Nothing is kept of disputes that are over, nor of what kills left unfinished. */
  private static void checkFiles(Half half) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.walk(half.configuration().resolveSibling(""))) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.endsWith(".trace") || name.startsWith(TraceStore.UNFINISHED));
    }
  }

  /** The court holds what it owes, and owes nothing but to those who are not killed. */
  private void checkLedger() {
    Amount owed = Amount.ZERO;
    BigInteger coin = BigInteger.ZERO;
    for (int account = 0; account < 10; account++) {
      Address address = HardhatNode.account(account).address();
      owed = owed.plus(court.balance(address));
      coin = coin.add(court.coin(address));
    }
    assertThat(token.balance(stage.deployment().court())).isEqualTo(owed);
    assertThat(stage.client().coinBalance(stage.deployment().court())).isEqualTo(coin);
    for (int account : List.of(WORKER, WATCHER)) {
      Address address = HardhatNode.account(account).address();
      assertThat(stage.client().pendingNonce(address)).isEqualTo(stage.client().nonce(address));
    }
  }
}
