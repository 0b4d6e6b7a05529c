package ai.opengradient.worker.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ContractError;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.keys.SignedTransaction;
import ai.opengradient.worker.testing.NoDeployment;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every outbox must do. An implementation's test extends this and says how to make one, and
 * how to open again what a former process left.
 */
public abstract class OutboxContract {

  protected static final EffectKey CLAIM = EffectKey.of("claim", 7);
  protected static final EffectKey LEASE = EffectKey.of("lease", 8);
  public static final Call CALL =
      new Call(
          new Address("0x" + "12".repeat(20)),
          "0xdeadbeef" + "00".repeat(3_000),
          BigInteger.TEN.pow(20));

  /** An empty outbox. */
  protected abstract Outbox create();

  /** The same outbox as a new process finds it. */
  protected abstract Outbox reopen(Outbox outbox);

  protected static Attempt attempt(long nonce, int mark) {
    return new Attempt(
        nonce,
        new SignedTransaction(hash(mark), "0x02" + Integer.toHexString(0x1000 + mark)),
        new Fees(BigInteger.valueOf(mark), BigInteger.TWO.pow(90)),
        21_000 + mark,
        100 + mark,
        1_700_000_000L + mark,
        mark == 2 ? Attempt.Purpose.CANCEL : Attempt.Purpose.EFFECT);
  }

  protected static Receipt receipt(int mark, boolean succeeded) {
    return new Receipt(hash(mark), 17, hash(99), succeeded, 30_000, BigInteger.TWO.pow(70));
  }

  protected static Hash hash(int mark) {
    byte[] bytes = new byte[Hash.LENGTH];
    bytes[0] = (byte) mark;
    return Hash.of(bytes);
  }

  protected static final ContractError TOO_LATE =
      new ContractError(
          "TooLate",
          List.of(
              new ContractError.Argument("job", "7"),
              new ContractError.Argument("deadline", "1789")));

  private static final MarketCalls MARKET = new MarketCalls(NoDeployment.VALUE);

  private static Call claim(long job, float answer) {
    return MARKET.claim(
        job, CALL.to(), JobTensor.inline(List.of(Tensor.ofFloats(new float[] {answer}, 1))));
  }

  @Test
  void the_same_may_be_promised_again_over_the_end_of_its_process_too() {
    Outbox outbox = create();
    outbox.intend(CLAIM, claim(7, 1));
    outbox.promise(CLAIM, 3);
    outbox.promise(CLAIM, 3);
    reopen(outbox).promise(CLAIM, 3);
  }

  @Test
  void a_second_claim_of_a_job_is_refused_by_whatever_name_it_comes() {
    Outbox outbox = create();
    outbox.intend(CLAIM, claim(7, 1));
    outbox.promise(CLAIM, 3);
    Outbox later = reopen(outbox);
    EffectKey other = EffectKey.of("another-name", 1);
    later.intend(other, claim(7, 2));
    assertThatThrownBy(() -> later.promise(other, 4))
        .isInstanceOf(PromiseException.Contradiction.class)
        .hasMessageContaining("claim/7");
    EffectKey elsewhere = EffectKey.of("claim", 8);
    later.intend(elsewhere, claim(8, 2));
    later.promise(elsewhere, 4);
  }

  @Test
  void a_nonce_is_one_effects_until_that_is_settled() {
    Outbox outbox = create();
    outbox.intend(CLAIM, CALL);
    outbox.intend(LEASE, CALL);
    outbox.promise(CLAIM, 3);
    Outbox later = reopen(outbox);
    assertThatThrownBy(() -> later.promise(LEASE, 3))
        .isInstanceOf(PromiseException.NonceInUse.class)
        .hasMessageContaining("nonce 3 was signed for claim/7");
    later.promise(LEASE, 4);
    later.record(CLAIM, new Stage.Closed(new Outcome.Refused(TOO_LATE)));
    later.promise(LEASE, 3);
  }

  @Test
  void nothing_is_promised_that_is_not_intended() {
    assertThatThrownBy(() -> create().promise(CLAIM, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void starts_empty() {
    Outbox outbox = create();
    assertThat(outbox.open()).isEmpty();
    assertThat(outbox.find(CLAIM)).isEmpty();
  }

  @Test
  void an_effect_is_intended_once_whatever_its_call() {
    Outbox outbox = create();
    assertThat(outbox.intend(CLAIM, CALL)).isTrue();
    assertThat(outbox.intend(CLAIM, new Call(CALL.to(), "0x"))).isFalse();
    assertThat(outbox.open()).containsExactly(new OutboxEntry(CLAIM, CALL, new Stage.Intended()));
    outbox.record(CLAIM, new Stage.Closed(new Outcome.Refused(TOO_LATE)));
    assertThat(outbox.intend(CLAIM, CALL)).isFalse();
    assertThat(outbox.open()).isEmpty();
  }

  @Test
  void open_entries_come_in_the_order_of_their_intents() {
    Outbox outbox = create();
    for (int id = 20; id > 0; id--) {
      outbox.intend(EffectKey.of("finalise", id), CALL);
    }
    outbox.record(EffectKey.of("finalise", 19), new Stage.Signed(List.of(attempt(0, 1))));
    outbox.record(EffectKey.of("finalise", 20), new Stage.Closed(new Outcome.Refused(TOO_LATE)));
    assertThat(outbox.open())
        .extracting(entry -> entry.key().value())
        .startsWith("finalise/19", "finalise/18")
        .endsWith("finalise/1")
        .hasSize(19);
  }

  @Test
  void every_stage_reads_back_as_it_was_recorded_also_after_a_restart() {
    Outbox outbox = create();
    outbox.intend(CLAIM, CALL);
    List<Attempt> one = List.of(attempt(5, 1));
    List<Attempt> two = List.of(attempt(5, 1), attempt(5, 2));
    List<Stage> course =
        List.of(
            new Stage.Signed(one),
            new Stage.Signed(two),
            new Stage.Included(two, receipt(1, true)),
            new Stage.Signed(two),
            new Stage.Intended(),
            new Stage.Signed(List.of(attempt(6, 3))),
            new Stage.Included(List.of(attempt(6, 3)), receipt(3, false)),
            new Stage.Closed(new Outcome.Reverted(receipt(3, false), TOO_LATE)));
    for (Stage stage : course) {
      outbox.record(CLAIM, stage);
      assertThat(outbox.find(CLAIM)).contains(new OutboxEntry(CLAIM, CALL, stage));
      outbox = reopen(outbox);
      assertThat(outbox.find(CLAIM)).contains(new OutboxEntry(CLAIM, CALL, stage));
      assertThat(outbox.open()).hasSize(stage instanceof Stage.Closed ? 0 : 1);
    }
  }

  @Test
  void every_outcome_reads_back_as_it_was_recorded() {
    Outbox outbox = create();
    List<Outcome> afterSending =
        List.of(
            new Outcome.Mined(receipt(1, true)),
            new Outcome.LostRace(Optional.of(receipt(1, false)), TOO_LATE),
            new Outcome.Reverted(receipt(1, false), new ContractError("OutOfGas", List.of())));
    List<Outcome> withoutSending =
        List.of(
            new Outcome.LostRace(Optional.empty(), TOO_LATE),
            new Outcome.Refused(ContractError.decode("0x12345678")));
    int id = 0;
    for (Outcome outcome : afterSending) {
      EffectKey key = EffectKey.of("claim", ++id);
      outbox.intend(key, CALL);
      List<Attempt> attempts = List.of(attempt(id, id));
      outbox.record(key, new Stage.Signed(attempts));
      outbox.record(key, new Stage.Included(attempts, receipt(1, true)));
      outbox.record(key, new Stage.Closed(outcome));
      outbox = reopen(outbox);
      assertThat(outbox.find(key).orElseThrow().stage()).isEqualTo(new Stage.Closed(outcome));
    }
    for (Outcome outcome : withoutSending) {
      EffectKey key = EffectKey.of("claim", ++id);
      outbox.intend(key, CALL);
      outbox.record(key, new Stage.Closed(outcome));
      outbox = reopen(outbox);
      assertThat(outbox.find(key).orElseThrow().stage()).isEqualTo(new Stage.Closed(outcome));
    }
  }

  @Test
  void a_stage_that_may_not_follow_is_refused_and_changes_nothing() {
    Outbox outbox = create();
    outbox.intend(CLAIM, CALL);
    outbox.intend(LEASE, CALL);
    List<Attempt> attempts = List.of(attempt(5, 1));
    assertThatThrownBy(() -> outbox.record(CLAIM, new Stage.Included(attempts, receipt(1, true))))
        .isInstanceOf(IllegalStateException.class);
    outbox.record(CLAIM, new Stage.Signed(attempts));
    // Forgetting an attempt that may still be mined.
    assertThatThrownBy(() -> outbox.record(CLAIM, new Stage.Signed(List.of(attempt(5, 2)))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> outbox.record(CLAIM, new Stage.Closed(new Outcome.Refused(TOO_LATE))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(outbox.open())
        .containsExactly(
            new OutboxEntry(CLAIM, CALL, new Stage.Signed(attempts)),
            new OutboxEntry(LEASE, CALL, new Stage.Intended()));
    outbox.record(LEASE, new Stage.Closed(new Outcome.Refused(TOO_LATE)));
    assertThatThrownBy(() -> outbox.record(LEASE, new Stage.Intended()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothing_is_recorded_of_an_effect_that_nobody_intended() {
    Outbox outbox = create();
    assertThatThrownBy(() -> outbox.record(CLAIM, new Stage.Signed(List.of(attempt(0, 1)))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
