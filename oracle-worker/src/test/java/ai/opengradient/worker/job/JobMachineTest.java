package ai.opengradient.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every state against every event: what is not in the table must leave the state as it is, without
 * effects.
 */
final class JobMachineTest {

  private static final Terms TERMS = new Terms(7, 100, 1_000, 2_000);
  private static final JobMachine EAGER = new JobMachine(TERMS, true);
  private static final JobMachine MODEST = new JobMachine(TERMS, false);

  private static final Turn.Drawn DRAWN = new Turn.Drawn(500, 1_000);
  private static final Turn LEASED = new Turn.Leased(1_500);
  private static final State.Ended OUT_OF_GAS = new State.Ended(Ending.FAILED, "out of gas");
  private static final State.Ended BEATEN = new State.Ended(Ending.PASSED, "beaten");

  private static final Map<String, State> STATES = states();
  private static final Map<String, State> REACHED_ONLY =
      Map.of(
          "watching late",
          new State.Watching(1_600),
          "watching again",
          new State.Watching(610),
          "waiting longer",
          new State.Waiting(605, 1));
  private static final Map<String, Event> EVENTS = events();

  /**
   * {@code state: event > next state, …}; the next state is named by the tables below, or is an
   * ending.
   */
  private static final String TRANSITIONS =
      """
      drawing: drawn > judging, drawn other > watching, last tick > EXPIRED, open > bidding, open ours > DECLINED,
        leased > watching, leased late > watching late, leased ours > fetching leased, claimed > OTHERS, claimed ours > waiting,
        frozen > OTHERS, frozen ours > frozen, finalised > OTHERS, finalised ours > PAID, expired > EXPIRED,
        refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      watching: late tick > bidding, last tick > EXPIRED, open > bidding, open ours > DECLINED,
        leased late > watching late, leased ours > fetching leased, claimed > OTHERS, claimed ours > waiting,
        frozen > OTHERS, frozen ours > frozen, finalised > OTHERS, finalised ours > PAID, expired > EXPIRED,
        refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      judging: accepted > fetching, refused early > declining, refused late > PASSED, left alone > PASSED, late tick > LATE,
        last tick > LATE, open ours > DECLINED, leased late > LATE, leased ours > fetching leased, claimed > LATE,
        claimed ours > waiting, frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID, expired > LATE,
        refuted > LATE, refuted ours > REFUTED, unknown > OTHERS
      bidding: accepted > leasing, refused early > PASSED, refused late > PASSED, left alone > watching again, last tick > EXPIRED,
        open ours > DECLINED, leased > watching, leased late > watching late, leased ours > fetching leased, claimed > OTHERS,
        claimed ours > waiting, frozen > OTHERS, frozen ours > frozen, finalised > OTHERS, finalised ours > PAID,
        expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      declining: send failed > checking decline, open ours > DECLINED, open > bidding, leased > PASSED, leased late > PASSED,
        leased ours > fetching leased, claimed > PASSED, claimed ours > waiting, frozen > PASSED, frozen ours > frozen,
        finalised > PASSED, finalised ours > PAID, expired > EXPIRED, refuted > PASSED, refuted ours > REFUTED, unknown > OTHERS
      leasing: send failed > checking decline, open ours > DECLINED, leased > watching, leased late > watching late,
        leased ours > fetching leased, claimed > OTHERS, claimed ours > waiting, frozen > OTHERS, frozen ours > frozen,
        finalised > OTHERS, finalised ours > PAID, expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      fetching: model ready > inferring, failed early > declining, failed late > FAILED, late tick > LATE, last tick > LATE,
        open ours > DECLINED, leased late > LATE, leased ours > fetching leased, claimed > LATE, claimed ours > waiting,
        frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID, expired > LATE, refuted > LATE,
        refuted ours > REFUTED, unknown > OTHERS
      fetching leased: model ready > inferring leased, failed early > FAILED, failed late > FAILED, last tick > LATE,
        open ours > DECLINED, leased late > LATE, claimed > LATE, claimed ours > waiting,
        frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID, expired > LATE, refuted > LATE,
        refuted ours > REFUTED, unknown > OTHERS
      inferring: inferred > claiming, failed early > declining, failed late > FAILED, late tick > LATE, last tick > LATE,
        open ours > DECLINED, leased late > LATE, leased ours > fetching leased, claimed > LATE, claimed ours > waiting,
        frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID, expired > LATE, refuted > LATE,
        refuted ours > REFUTED, unknown > OTHERS
      inferring leased: inferred > claiming leased, failed early > FAILED, failed late > FAILED, last tick > LATE,
        open ours > DECLINED, leased late > LATE, claimed > LATE, claimed ours > waiting,
        frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID, expired > LATE, refuted > LATE,
        refuted ours > REFUTED, unknown > OTHERS
      claiming: send failed > checking claim, open ours > DECLINED, leased late > LATE, leased ours > fetching leased,
        claimed > LATE, claimed ours > waiting, frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID,
        expired > LATE, refuted > LATE, refuted ours > REFUTED, unknown > OTHERS
      claiming leased: send failed > checking claim, open ours > DECLINED, leased late > LATE, claimed > LATE,
        claimed ours > waiting, frozen > LATE, frozen ours > frozen, finalised > LATE, finalised ours > PAID,
        expired > LATE, refuted > LATE, refuted ours > REFUTED, unknown > OTHERS
      checking decline: claimed > OTHERS, claimed ours > waiting, frozen > OTHERS, frozen ours > frozen, finalised > OTHERS,
        finalised ours > PAID, expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      checking claim: claimed > LATE, claimed ours > waiting, frozen > LATE, frozen ours > frozen, finalised > LATE,
        finalised ours > PAID, expired > EXPIRED, refuted > LATE, refuted ours > REFUTED, unknown > OTHERS
      waiting: late tick > finalising, last tick > finalising, claimed > OTHERS, frozen > OTHERS, frozen ours > frozen,
        finalised > OTHERS, finalised ours > PAID, expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      finalising: send failed > waiting longer, claimed > OTHERS, frozen > OTHERS, frozen ours > frozen, finalised > OTHERS,
        finalised ours > PAID, expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      frozen: claimed > OTHERS, claimed ours > waiting, frozen > OTHERS, finalised > OTHERS, finalised ours > PAID,
        expired > EXPIRED, refuted > OTHERS, refuted ours > REFUTED, unknown > OTHERS
      PAID: refuted ours > REFUTED
      REFUTED: finalised ours > PAID
      LATE: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      OTHERS: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      DECLINED: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      PASSED: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      EXPIRED: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      FAILED: claimed ours > waiting, frozen ours > frozen, finalised ours > PAID, refuted ours > REFUTED
      """;

  @Test
  void what_ended_without_a_claim_can_be_tried_again_while_there_is_time() {
    Step again = MODEST.step(OUT_OF_GAS, new Event.Retried(2_000));
    assertThat(again.state()).isEqualTo(new State.Drawing());
    assertThat(again.effects()).containsExactly(new Effect.Observe());
    assertThat(MODEST.step(BEATEN, new Event.Retried(1_500)).state())
        .isEqualTo(new State.Drawing());
    assertThat(MODEST.step(OUT_OF_GAS, new Event.Retried(2_001)))
        .isEqualTo(new Step(OUT_OF_GAS, List.of()));
    for (Ending ending : Ending.values()) {
      if (ending != Ending.FAILED && ending != Ending.PASSED) {
        State over = new State.Ended(ending, "");
        assertThat(MODEST.step(over, new Event.Retried(1))).isEqualTo(new Step(over, List.of()));
      }
    }
    State waiting = new State.Waiting(900, 0);
    assertThat(MODEST.step(waiting, new Event.Retried(1))).isEqualTo(new Step(waiting, List.of()));
  }

  @TestFactory
  Stream<DynamicTest> everyStateAgainstEveryEvent() {
    Map<String, Map<String, String>> table = parse(TRANSITIONS);
    assertThat(table.keySet()).isEqualTo(STATES.keySet());
    return STATES.entrySet().stream()
        .flatMap(state -> {
          Map<String, String> row = table.getOrDefault(state.getKey(), Map.of());
          return EVENTS.entrySet().stream()
              .map(event ->
                  DynamicTest.dynamicTest(
                      state.getKey() + " × " + event.getKey(),
                      () -> check(state.getValue(), event.getValue(), row.get(event.getKey()))));
        });
  }

  private static void check(State state, Event event, @Nullable String expected) {
    Step step = EAGER.step(state, event);
    if (expected == null) {
      assertThat(step.state()).isEqualTo(state);
      return;
    }
    assertThat(nameOf(step.state())).isEqualTo(expected);
    assertThat(step.effects()).isEqualTo(EAGER.step(step.state(), tick(0)).effects());
  }

  @Test
  void aModestWorkerForgetsWhatOthersWereDrawnFor() {
    State drawing = new State.Drawing();
    assertThat(MODEST.step(drawing, new Event.DrawnForOther()).state())
        .isEqualTo(new State.Ended(Ending.OTHERS, ""));
    assertThat(MODEST.step(drawing, logged(new OnChain.Open(false))).state())
        .isEqualTo(new State.Ended(Ending.OTHERS, ""));
    assertThat(MODEST.step(drawing, logged(new OnChain.Leased(false, 1_200))).state())
        .isEqualTo(new State.Ended(Ending.OTHERS, ""));
  }

  @Test
  void theDrawIsLookedUpOnceItsBlockIsBelowTheHead() {
    State drawing = new State.Drawing();
    assertThat(EAGER.step(drawing, new Event.Tick(10, 100)).effects()).isEmpty();
    assertThat(EAGER.step(drawing, new Event.Tick(10, 101)).effects())
        .containsExactly(new Effect.LookUpDraw());
  }

  @Test
  void anObservationAsksAgainForWhatTheStateWants() {
    Step step =
        EAGER.step(new State.Claiming(DRAWN), new Event.Observed(new OnChain.Requested(), 600));
    assertThat(step.state()).isEqualTo(new State.Claiming(DRAWN));
    assertThat(step.effects()).containsExactly(new Effect.SendClaim());
  }

  @Test
  void anObservationEndsAJobWhoseSendFailedAndThatTheChainStillHolds() {
    assertThat(observed(new State.Checking(OUT_OF_GAS), new OnChain.Requested()))
        .isEqualTo(OUT_OF_GAS);
    assertThat(observed(new State.Checking(BEATEN), new OnChain.Open(false))).isEqualTo(BEATEN);
    assertThat(observed(new State.Checking(OUT_OF_GAS), new OnChain.Leased(true, 1_500)))
        .isEqualTo(OUT_OF_GAS);
    assertThat(observed(new State.Checking(OUT_OF_GAS), new OnChain.Leased(false, 1_500)))
        .isEqualTo(new State.Ended(Ending.LATE, "out of gas"));
  }

  @Test
  void anObservationShowsThatASendHappenedAfterAll() {
    assertThat(observed(new State.Checking(OUT_OF_GAS), new OnChain.Claimed(true, 900)))
        .isEqualTo(new State.Waiting(900, 0));
    assertThat(observed(new State.Checking(BEATEN), new OnChain.Leased(true, 1_500)))
        .isEqualTo(new State.Fetching(LEASED));
    assertThat(observed(new State.Checking(BEATEN), new OnChain.Leased(false, 1_500)))
        .isEqualTo(new State.Watching(1_500));
    assertThat(observed(new State.Checking(BEATEN), new OnChain.Open(true)))
        .isEqualTo(new State.Ended(Ending.DECLINED, ""));
  }

  @Test
  void aReorganisationThatTakesTheClaimBackStartsTheJobAnew() {
    for (State settled : List.of(new State.Waiting(900, 0), new State.Finalising(0))) {
      assertThat(observed(settled, new OnChain.Requested())).isEqualTo(new State.Drawing());
      assertThat(observed(settled, new OnChain.Open(false))).isEqualTo(new State.Bidding());
      assertThat(observed(settled, new OnChain.Leased(true, 1_500)))
          .isEqualTo(new State.Fetching(LEASED));
      assertThat(observed(settled, new OnChain.Leased(false, 1_500)))
          .isEqualTo(new State.Watching(1_500));
    }
  }

  @Test
  void paymentIsAskedForAgainAfterGrowingPauses() {
    State state = new State.Finalising(0);
    List<Long> pauses = new ArrayList<>();
    for (int attempt = 0; attempt < 10; attempt++) {
      State.Waiting waiting =
          (State.Waiting) EAGER.step(state, new Event.SendFailed("no gas", 5_000)).state();
      pauses.add(waiting.readyAt() - 5_000);
      state = EAGER.step(waiting, new Event.Tick(waiting.readyAt(), 1)).state();
      assertThat(state).isEqualTo(new State.Finalising(attempt + 1));
    }
    assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 640L, 640L);
  }

  private static State observed(State state, OnChain fact) {
    return EAGER.step(state, new Event.Observed(fact, 600)).state();
  }

  private static Event.Logged logged(OnChain fact) {
    return new Event.Logged(fact, 600);
  }

  private static Event.Tick tick(long now) {
    return new Event.Tick(now, 0);
  }

  private static Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    states.put("drawing", new State.Drawing());
    states.put("watching", new State.Watching(1_000));
    states.put("judging", new State.Judging(DRAWN));
    states.put("bidding", new State.Bidding());
    states.put("declining", new State.Declining("out of domain"));
    states.put("leasing", new State.Leasing());
    states.put("fetching", new State.Fetching(DRAWN));
    states.put("fetching leased", new State.Fetching(LEASED));
    states.put("inferring", new State.Inferring(DRAWN));
    states.put("inferring leased", new State.Inferring(LEASED));
    states.put("claiming", new State.Claiming(DRAWN));
    states.put("claiming leased", new State.Claiming(LEASED));
    states.put("checking decline", new State.Checking(BEATEN));
    states.put("checking claim", new State.Checking(OUT_OF_GAS));
    states.put("waiting", new State.Waiting(900, 0));
    states.put("finalising", new State.Finalising(0));
    states.put("frozen", new State.Frozen(0));
    for (Ending ending : Ending.values()) {
      states.put(ending.name(), new State.Ended(ending, ""));
    }
    return states;
  }

  private static Map<String, Event> events() {
    Map<String, Event> events = new LinkedHashMap<>();
    events.put("tick", tick(600));
    events.put("late tick", tick(1_001));
    events.put("last tick", tick(2_001));
    events.put("drawn", new Event.DrawnForUs(500));
    events.put("drawn other", new Event.DrawnForOther());
    events.put("accepted", new Event.Accepted());
    events.put("refused early", new Event.Refused("out of domain", 500));
    events.put("refused late", new Event.Refused("out of domain", 501));
    events.put("left alone", new Event.LeftAlone("busy", 600));
    events.put("model ready", new Event.ModelReady());
    events.put("inferred", new Event.Inferred());
    events.put("failed early", new Event.WorkFailed("out of domain", 500));
    events.put("failed late", new Event.WorkFailed("no peer has it", 501));
    events.put("send failed", new Event.SendFailed("beaten", 600));
    events.put("requested", logged(new OnChain.Requested()));
    events.put("open", logged(new OnChain.Open(false)));
    events.put("open ours", logged(new OnChain.Open(true)));
    events.put("leased", logged(new OnChain.Leased(false, 1_000)));
    events.put("leased late", logged(new OnChain.Leased(false, 1_600)));
    events.put("leased ours", logged(new OnChain.Leased(true, 1_500)));
    events.put("claimed", logged(new OnChain.Claimed(false, 900)));
    events.put("claimed ours", logged(new OnChain.Claimed(true, 900)));
    events.put("frozen", logged(new OnChain.Frozen(false)));
    events.put("frozen ours", logged(new OnChain.Frozen(true)));
    events.put("finalised", logged(new OnChain.Finalised(false)));
    events.put("finalised ours", logged(new OnChain.Finalised(true)));
    events.put("expired", logged(new OnChain.Expired()));
    events.put("refuted", logged(new OnChain.Refuted(false)));
    events.put("refuted ours", logged(new OnChain.Refuted(true)));
    events.put("unknown", logged(new OnChain.Unknown()));
    return events;
  }

  /**
   * A state's name in the tables; an ending goes by its kind, whatever its detail; a checking by
   * what it falls back on.
   */
  private static String nameOf(State state) {
    if (state instanceof State.Ended ended) {
      return ended.ending().name();
    }
    if (state instanceof State.Checking checking) {
      return checking.otherwise().ending() == Ending.FAILED ? "checking claim" : "checking decline";
    }
    return Stream.concat(STATES.entrySet().stream(), REACHED_ONLY.entrySet().stream())
        .filter(entry -> entry.getValue().equals(state))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not in the table: " + state));
  }

  private static Map<String, Map<String, String>> parse(String table) {
    Map<String, Map<String, String>> parsed = new LinkedHashMap<>();
    for (String line : table.replace(",\n  ", ", ").lines().toList()) {
      String[] halves = line.split(": ", 2);
      Map<String, String> row = new LinkedHashMap<>();
      for (String cell : halves[1].split(", ", -1)) {
        String[] sides = cell.split(" > ", 2);
        assertThat(EVENTS).containsKey(sides[0]);
        row.put(sides[0], sides[1]);
      }
      parsed.put(halves[0], row);
    }
    return parsed;
  }

  @Test
  void a_payment_that_was_taken_back_is_waited_for_again() {
    JobMachine machine = new JobMachine(TERMS, true);
    State paid = new State.Ended(Ending.PAID, "1 OPG");
    State waiting = new State.Waiting(1_005, 0);
    assertThat(takenBack(machine, paid, new OnChain.Finalised(true))).isEqualTo(paid);
    assertThat(takenBack(machine, paid, new OnChain.Claimed(true, 2_000))).isEqualTo(waiting);
    assertThat(takenBack(machine, paid, new OnChain.Requested())).isEqualTo(waiting);
    assertThat(takenBack(machine, paid, new OnChain.Frozen(true))).isEqualTo(new State.Frozen(0));
    assertThat(takenBack(machine, paid, new OnChain.Claimed(false, 2_000)))
        .isEqualTo(new State.Ended(Ending.OTHERS, ""));
    State late = new State.Ended(Ending.LATE, "");
    assertThat(takenBack(machine, late, new OnChain.Requested())).isEqualTo(late);
  }

  private static State takenBack(JobMachine machine, State state, OnChain fact) {
    return machine.step(state, new Event.TakenBack(fact, 1_000)).state();
  }
}
