package ai.opengradient.worker.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.FaultyProxy;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.TokenTransfer;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sender against a real chain, with a proxy between them that loses questions and answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TransactionSenderTest {

  private static final EffectKey KEY = EffectKey.of("transfer", 1);
  private static final Address NOBODY = new Address("0x" + "77".repeat(20));
  private static final long STUCK = 4;

  private final HardhatNode node = HardhatNode.start();
  private final FaultyProxy proxy = new FaultyProxy(node.url());
  private final ChainClient client = new ChainClient(proxy.endpoint(1), _ -> {});
  private final Signer requester = HardhatNode.account(2);
  private DeployedMarket market;
  private TokenReader token;
  private Call transfer;
  private String fresh;
  private MemoryOutbox outbox;

  @BeforeAll
  void deploy(@TempDir Path directory) {
    market = new DeployedMarket(node, directory);
    token = new TokenReader(market.client(), market.deployment());
    transfer = TokenTransfer.of(market.deployment(), NOBODY, Amount.parse("3"));
  }

  @BeforeEach
  void begin() {
    fresh = node.snapshot();
    outbox = new MemoryOutbox();
  }

  @AfterEach
  void forget() {
    proxy.heal();
    node.mineAtOnce(true);
    node.revert(fresh);
  }

  @AfterAll
  void stop() {
    proxy.close();
    node.close();
  }

  /** A sender as a new process has it: it knows the outbox and the chain, nothing else. */
  private TransactionSender sender(long confirmations) {
    return sender(confirmations, HardhatSender.FEES);
  }

  private TransactionSender sender(long confirmations, FeePolicy fees) {
    return new TransactionSender(
        client,
        market.deployment().chainId(),
        requester,
        outbox,
        new SenderSettings(confirmations, STUCK, fees));
  }

  private Stage stage(EffectKey key) {
    return outbox.find(key).orElseThrow().stage();
  }

  private static StepReport.Reason reason(StepReport report) {
    assertThat(report.waiting()).hasSize(1);
    return report.waiting().getFirst().reason();
  }

  private void assertTransferredOnce() {
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.parse("3"));
  }

  private List<Attempt> attempts(EffectKey key) {
    return switch (stage(key)) {
      case Stage.Signed signed -> signed.attempts();
      case Stage.Included included -> included.attempts();
      case Stage.Intended _, Stage.Closed _ -> List.of();
    };
  }

  @Test
  void an_intent_is_signed_sent_and_settled_after_the_confirmations() {
    outbox.intend(KEY, transfer);
    TransactionSender sender = sender(2);
    assertThat(reason(sender.step())).isEqualTo(new StepReport.Reason.NotMined());
    assertThat(stage(KEY)).isInstanceOf(Stage.Signed.class);
    assertThat(reason(sender.step())).isEqualTo(new StepReport.Reason.Confirming());
    assertThat(stage(KEY)).isInstanceOf(Stage.Included.class);
    node.mine(1);
    assertThat(reason(sender.step())).isEqualTo(new StepReport.Reason.Confirming());
    node.mine(1);
    StepReport last = sender.step();
    assertThat(last.settled())
        .singleElement()
        .satisfies(settled -> assertThat(settled.outcome()).isInstanceOf(Outcome.Mined.class));
    assertThat(outbox.open()).isEmpty();
    assertTransferredOnce();
    assertThat(sender.step()).isEqualTo(new StepReport(List.of(), List.of(), last.failure()));
  }

  @Test
  void many_intents_get_nonces_in_a_row() {
    node.mineAtOnce(false);
    for (int id = 0; id < 5; id++) {
      outbox.intend(
          EffectKey.of("many", id),
          TokenTransfer.of(market.deployment(), NOBODY, new Amount(BigInteger.ONE)));
    }
    sender(0).step();
    List<Long> nonces = new ArrayList<>();
    for (int id = 0; id < 5; id++) {
      nonces.add(attempts(EffectKey.of("many", id)).getFirst().nonce());
    }
    long first = client.nonce(requester.address());
    assertThat(nonces).containsExactly(first, first + 1, first + 2, first + 3, first + 4);
    node.mine(1);
    assertThat(sender(0).step().settled()).hasSize(5);
    assertThat(token.balance(NOBODY)).isEqualTo(new Amount(BigInteger.valueOf(5)));
  }

  @Test
  void a_question_lost_before_the_node_is_sent_again_with_the_same_bytes() {
    outbox.intend(KEY, transfer);
    proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseQuestion());
    assertThat(reason(sender(0).step())).isInstanceOf(StepReport.Reason.NodeTrouble.class);
    List<Attempt> attempts = attempts(KEY);
    assertThat(attempts).hasSize(1);
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.ZERO);
    proxy.heal();
    assertThat(reason(sender(0).step())).isEqualTo(new StepReport.Reason.NotMined());
    assertThat(attempts(KEY)).isEqualTo(attempts);
    assertThat(sender(0).step().settled()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void an_answer_lost_after_the_node_acted_is_found_out_by_hash() {
    outbox.intend(KEY, transfer);
    proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseAnswer());
    assertThat(reason(sender(0).step())).isInstanceOf(StepReport.Reason.NodeTrouble.class);
    assertTransferredOnce();
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled -> assertThat(settled.outcome()).isInstanceOf(Outcome.Mined.class));
    assertTransferredOnce();
  }

  @Test
  void a_restart_in_any_stage_does_the_effect_once() {
    List<Runnable> crashes =
        List.of(
            // Intended: nothing is signed yet.
            () -> {},
            // Signed, but the process died before it sent.
            () -> {
              proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseQuestion());
              sender(1).step();
            },
            // Sent, but the process died before it heard of it.
            () -> {
              proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseAnswer());
              sender(1).step();
            },
            // Included, without confirmations.
            () -> {
              sender(1).step();
              sender(1).step();
            });
    for (Runnable crash : crashes) {
      String before = node.snapshot();
      outbox = new MemoryOutbox();
      outbox.intend(KEY, transfer);
      crash.run();
      proxy.heal();
      // A new sender each time, and the intent once more.
      outbox.intend(KEY, transfer);
      sender(1).step();
      sender(1).step();
      node.mine(1);
      sender(1).step();
      node.mine(1);
      sender(1).step();
      assertThat(stage(KEY))
          .isInstanceOfSatisfying(
              Stage.Closed.class,
              closed -> assertThat(closed.outcome()).isInstanceOf(Outcome.Mined.class));
      assertTransferredOnce();
      node.revert(before);
    }
  }

  @Test
  void what_the_contract_refuses_is_not_sent() {
    outbox.intend(KEY, TokenTransfer.of(market.deployment(), NOBODY, Amount.parse("1000000")));
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled ->
            assertThat(settled.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Refused.class,
                    refused ->
                        assertThat(refused.error().name()).isEqualTo("ERC20InsufficientBalance")));
    assertThat(proxy.asked()).doesNotContainSequence("eth_estimateGas", "eth_sendRawTransaction");
  }

  @Test
  void a_lost_race_is_told_from_a_refusal() {
    MarketCalls calls = new MarketCalls(market.deployment());
    long job = market.request();
    outbox.intend(KEY, calls.lease(job, market.worker().address()));
    TransactionSender worker =
        new TransactionSender(
            client,
            market.deployment().chainId(),
            market.worker(),
            outbox,
            new SenderSettings(0, STUCK, HardhatSender.FEES));
    market.send(
        market.worker(),
        calls.claim(job, market.worker().address(), JobTensor.inline(DeployedMarket.OUTPUTS)));
    assertThat(worker.step().settled())
        .singleElement()
        .satisfies(settled ->
            assertThat(settled.outcome())
                .isInstanceOfSatisfying(
                    Outcome.LostRace.class,
                    lost -> {
                      assertThat(lost.error().name()).isEqualTo("WrongState");
                      assertThat(lost.receipt()).isEmpty();
                    }));
  }

  @Test
  void a_race_lost_on_the_way_is_told_with_its_receipt() {
    MarketCalls calls = new MarketCalls(market.deployment());
    long job = market.request();
    market.send(
        market.worker(),
        calls.claim(job, market.worker().address(), JobTensor.inline(DeployedMarket.OUTPUTS)));
    node.passTime(6);
    node.mineAtOnce(false);
    outbox.intend(KEY, calls.finalise(job));
    sender(0).step();
    // Somebody else's finalisation gets before ours in the same block: both leave the pool, and it
    // is back first.
    MemoryOutbox others = new MemoryOutbox();
    others.intend(KEY, calls.finalise(job));
    TransactionSender rival =
        new TransactionSender(
            market.client(),
            market.deployment().chainId(),
            market.treasury(),
            others,
            new SenderSettings(0, 1, HardhatSender.FEES));
    rival.step();
    node.rpc("hardhat_dropTransaction", hash(others));
    node.rpc("hardhat_dropTransaction", hash(outbox));
    rival.step();
    sender(0).step();
    node.mine(1);
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled ->
            assertThat(settled.outcome())
                .isInstanceOfSatisfying(
                    Outcome.LostRace.class,
                    lost -> {
                      assertThat(lost.error().name()).isEqualTo("WrongState");
                      assertThat(lost.receipt()).isPresent();
                    }));
    assertThat(new MarketReader(market.client(), market.deployment()).job(job).state())
        .isEqualTo(JobState.FINALISED);
  }

  @Test
  void a_transaction_that_the_contract_reverts_says_why() {
    node.mineAtOnce(false);
    Amount mostOfIt = Amount.parse("600");
    EffectKey second = EffectKey.of("transfer", 2);
    outbox.intend(KEY, TokenTransfer.of(market.deployment(), NOBODY, mostOfIt));
    outbox.intend(second, TokenTransfer.of(market.deployment(), NOBODY, mostOfIt));
    // Each is fine by itself.
    sender(0).step();
    node.mine(1);
    List<StepReport.Settled> settled = sender(0).step().settled();
    assertThat(settled.getFirst().outcome()).isInstanceOf(Outcome.Mined.class);
    assertThat(settled.getLast().outcome())
        .isInstanceOfSatisfying(
            Outcome.Reverted.class,
            reverted -> {
              assertThat(reverted.error().name()).isEqualTo("ERC20InsufficientBalance");
              assertThat(reverted.receipt().succeeded()).isFalse();
            });
  }

  private static String hash(MemoryOutbox outbox) {
    return switch (outbox.find(KEY).orElseThrow().stage()) {
      case Stage.Signed signed -> signed.attempts().getLast().transaction().hash().toString();
      case Stage.Included _, Stage.Intended _, Stage.Closed _ ->
          throw new AssertionError("not signed");
    };
  }

  @Test
  void too_early_waits_and_then_goes_through() {
    MarketCalls calls = new MarketCalls(market.deployment());
    long job = market.request();
    market.send(
        market.worker(),
        calls.claim(job, market.worker().address(), JobTensor.inline(DeployedMarket.OUTPUTS)));
    outbox.intend(KEY, calls.finalise(job));
    assertThat(reason(sender(0).step()))
        .isInstanceOfSatisfying(
            StepReport.Reason.TooEarly.class,
            early -> assertThat(early.error().name()).isEqualTo("TooEarly"));
    assertThat(stage(KEY)).isEqualTo(new Stage.Intended());
    node.passTime(6);
    sender(0).step();
    assertThat(sender(0).step().settled()).hasSize(1);
  }

  @Test
  void a_stuck_transaction_is_replaced_by_a_dearer_one() {
    node.mineAtOnce(false);
    outbox.intend(KEY, transfer);
    sender(0).step();
    Attempt first = attempts(KEY).getFirst();
    // Blocks pass it by: it is not in the pool when they are made.
    node.rpc("hardhat_dropTransaction", first.transaction().hash().toString());
    node.mine((int) STUCK);
    assertThat(reason(sender(0).step())).isEqualTo(new StepReport.Reason.NotMined());
    List<Attempt> attempts = attempts(KEY);
    assertThat(attempts).hasSize(2).startsWith(first);
    Fees dearer = attempts.getLast().fees();
    assertThat(attempts.getLast().nonce()).isEqualTo(first.nonce());
    assertThat(dearer.maxFee().multiply(BigInteger.TEN))
        .isGreaterThanOrEqualTo(first.fees().maxFee().multiply(BigInteger.valueOf(11)));
    assertThat(dearer.tip().multiply(BigInteger.TEN))
        .isGreaterThanOrEqualTo(first.fees().tip().multiply(BigInteger.valueOf(11)));
    node.mine(1);
    assertThat(sender(0).step().settled()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void the_first_attempt_may_win_over_its_replacement() {
    node.mineAtOnce(false);
    outbox.intend(KEY, transfer);
    sender(0).step();
    Attempt first = attempts(KEY).getFirst();
    node.rpc("hardhat_dropTransaction", first.transaction().hash().toString());
    node.mine((int) STUCK);
    sender(0).step();
    node.rpc("hardhat_dropTransaction", attempts(KEY).getLast().transaction().hash().toString());
    client.sendRawTransaction(first.transaction().bytes());
    node.mine(1);
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled ->
            assertThat(settled.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Mined.class,
                    mined ->
                        assertThat(mined.receipt().transaction())
                            .isEqualTo(first.transaction().hash())));
    assertTransferredOnce();
  }

  @Test
  void a_transaction_that_a_reorganisation_undid_is_sent_again() {
    String before = node.snapshot();
    outbox.intend(KEY, transfer);
    sender(3).step();
    sender(3).step();
    assertThat(stage(KEY)).isInstanceOf(Stage.Included.class);
    node.revert(before);
    node.mine(2);
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.ZERO);
    assertThat(reason(sender(3).step())).isEqualTo(new StepReport.Reason.NotMined());
    assertThat(stage(KEY)).isInstanceOf(Stage.Signed.class);
    sender(3).step();
    node.mine(3);
    assertThat(sender(3).step().settled()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void a_nonce_that_a_stranger_took_is_noticed_and_the_effect_begins_anew() {
    long nonce = client.nonce(requester.address());
    outbox.intend(KEY, transfer);
    proxy.fault("eth_sendRawTransaction", new FaultyProxy.Fault.LoseQuestion());
    sender(1).step();
    proxy.heal();
    // Another program uses the same key.
    market.send(
        requester,
        new TokenCalls(market.deployment())
            .approve(market.deployment().market(), Amount.parse("9")));
    node.mine(2);
    assertThat(reason(sender(1).step())).isEqualTo(new StepReport.Reason.NonceTaken(nonce));
    sender(1).step();
    sender(1).step();
    node.mine(1);
    assertThat(sender(1).step().settled()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void what_a_reorganisation_below_the_confirmations_undid_is_open_again_and_done_once() {
    String before = node.snapshot();
    outbox.intend(KEY, transfer);
    TransactionSender sender = sender(1);
    sender.step();
    node.mine(1);
    sender.step();
    assertThat(stage(KEY)).isInstanceOf(Stage.Closed.class);
    node.mine(10);
    sender.step();
    node.revert(before);
    node.passTime(100);
    node.mine(12);
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.ZERO);
    sender.step();
    node.mine(2);
    sender.step();
    assertThat(stage(KEY)).isInstanceOf(Stage.Closed.class);
    assertTransferredOnce();
    sender.step();
    assertTransferredOnce();
  }

  @Test
  void a_deadline_has_a_transaction_replaced_sooner_and_dearer() {
    node.mineAtOnce(false);
    long now = client.newestBlock().timestamp();
    outbox.intend(KEY, transfer, now + 100);
    EffectKey calm = EffectKey.of("transfer", 2);
    sender(0).step();
    Attempt first = attempts(KEY).getFirst();
    node.rpc("hardhat_dropTransaction", first.transaction().hash().toString());
    node.rpc("evm_setNextBlockTimestamp", now + 40);
    node.mine(1);
    outbox.intend(calm, transfer);
    sender(0).step();
    List<Attempt> attempts = attempts(KEY);
    assertThat(attempts).hasSize(2);
    assertThat(attempts.getLast().fees().tip())
        .isGreaterThanOrEqualTo(first.fees().tip().multiply(BigInteger.TWO));
    assertThat(attempts(calm)).hasSize(1);
  }

  @Test
  void a_nonce_that_the_chain_lost_is_filled_so_that_later_ones_go_on() {
    node.mineAtOnce(false);
    EffectKey lost = EffectKey.of("transfer", 9);
    outbox.intend(lost, transfer);
    outbox.intend(KEY, transfer);
    sender(0).step();
    // The first one's memory is lost with it; the chain waits for its nonce for ever.
    node.rpc("hardhat_dropTransaction", attempts(lost).getFirst().transaction().hash().toString());
    MemoryOutbox left = new MemoryOutbox();
    left.intend(KEY, transfer);
    left.record(KEY, stage(KEY));
    outbox = left;
    node.mine(1);
    sender(0).step();
    node.mine(1);
    sender(0).step();
    assertThat(stage(KEY)).isInstanceOf(Stage.Closed.class);
    assertThat(outbox.recent(1).getFirst().key().kind()).isEqualTo("fill");
    assertTransferredOnce();
  }

  @Test
  void a_transaction_that_can_not_be_paid_any_more_gives_its_nonce_up_and_waits_for_coin() {
    node.mineAtOnce(false);
    String coin = node.rpc("eth_getBalance", requester.address().hex(), "latest").asText();
    outbox.intend(KEY, transfer);
    sender(0).step();
    Attempt first = attempts(KEY).getFirst();
    node.rpc("hardhat_dropTransaction", first.transaction().hash().toString());
    // Enough for a transfer of nothing, and for nothing more.
    BigInteger price = first.fees().maxFee();
    node.rpc(
        "hardhat_setBalance",
        requester.address().hex(),
        "0x" + price.multiply(BigInteger.valueOf(40_000)).toString(16));
    node.mine((int) STUCK);
    sender(0).step();
    assertThat(attempts(KEY).getLast().purpose()).isEqualTo(Attempt.Purpose.RELEASE);
    node.mine(1);
    assertThat(reason(sender(0).step())).isEqualTo(new StepReport.Reason.Released());
    assertThat(reason(sender(0).step())).isInstanceOf(StepReport.Reason.NeedsGas.class);
    node.rpc("hardhat_setBalance", requester.address().hex(), coin);
    sender(0).step();
    node.mine(1);
    assertThat(sender(0).step().settled()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void what_does_not_bind_leaves_the_floor_alone() {
    BigInteger balance = client.coinBalance(requester.address());
    TransactionSender careful =
        new TransactionSender(
            client,
            market.deployment().chainId(),
            requester,
            outbox,
            new SenderSettings(0, STUCK, HardhatSender.FEES, balance));
    EffectKey free = EffectKey.of("lease", 1);
    outbox.intend(free, transfer);
    assertThat(reason(careful.step()))
        .isEqualTo(new StepReport.Reason.BelowFloor(balance, balance));
    outbox.intend(EffectKey.of("claim", 1), transfer);
    careful.step();
    careful.step();
    assertThat(stage(free)).isInstanceOf(Stage.Intended.class);
    assertThat(stage(EffectKey.of("claim", 1))).isInstanceOf(Stage.Closed.class);
  }

  @Test
  void a_person_can_have_a_waiting_transaction_replaced_by_a_dearer_one() {
    node.mineAtOnce(false);
    assertThat(sender(0).bump(KEY, Optional.empty())).isEqualTo(new Intervention.Unknown());
    outbox.intend(KEY, transfer);
    assertThat(sender(0).bump(KEY, Optional.empty())).isEqualTo(new Intervention.NotWaiting());
    sender(0).step();
    Fees first = attempts(KEY).getFirst().fees();
    FeePolicy tight = new FeePolicy(first.maxFee());
    assertThat(sender(0, tight).bump(KEY, Optional.empty()))
        .isEqualTo(new Intervention.AboveCap(first.maxFee()));
    Intervention came = sender(0, tight).bump(KEY, Optional.of(first.maxFee().shiftLeft(1)));
    assertThat(came)
        .isInstanceOfSatisfying(
            Intervention.Replaced.class,
            replaced ->
                assertThat(replaced.attempt().fees().maxFee()).isGreaterThan(first.maxFee()));
    node.mine(1);
    assertThat(sender(0).step().settled()).hasSize(1);
    assertTransferredOnce();
    assertThat(sender(0).bump(KEY, Optional.empty())).isEqualTo(new Intervention.NotWaiting());
  }

  @Test
  void a_person_can_give_an_effect_up_but_not_one_that_binds_by_accident() {
    EffectKey free = EffectKey.of("lease", 1);
    outbox.intend(free, transfer);
    outbox.intend(KEY, transfer);
    assertThat(sender(0).cancel(free, false, Optional.empty()))
        .isEqualTo(new Intervention.Withdrawn());
    assertThat(stage(free)).isEqualTo(new Stage.Closed(new Outcome.Cancelled(Optional.empty())));
    assertThat(sender(0).cancel(KEY, false, Optional.empty())).isEqualTo(new Intervention.Binds());
    node.mineAtOnce(false);
    sender(0).step();
    assertThat(sender(0).cancel(KEY, true, Optional.empty()))
        .isInstanceOf(Intervention.Replaced.class);
    node.mine(1);
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled ->
            assertThat(settled.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Cancelled.class,
                    cancelled -> assertThat(cancelled.receipt()).isPresent()));
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.ZERO);
  }

  @Test
  void nothing_is_signed_without_the_coin_for_gas() {
    node.rpc("hardhat_setBalance", requester.address().hex(), "0x1");
    outbox.intend(KEY, transfer);
    assertThat(reason(sender(0).step()))
        .isInstanceOfSatisfying(
            StepReport.Reason.NeedsGas.class,
            needs -> {
              assertThat(needs.balance()).isEqualTo(BigInteger.ONE);
              assertThat(needs.needed()).isGreaterThan(BigInteger.valueOf(30_000));
            });
    assertThat(stage(KEY)).isEqualTo(new Stage.Intended());
  }

  @Test
  void nothing_is_signed_while_gas_costs_more_than_the_cap() {
    node.rpc("hardhat_setNextBlockBaseFeePerGas", "0x3b9aca00");
    node.mine(1);
    outbox.intend(KEY, transfer);
    assertThat(reason(sender(0, new FeePolicy(BigInteger.TEN)).step()))
        .isEqualTo(new StepReport.Reason.FeeAboveCap(BigInteger.TEN));
    assertThat(stage(KEY)).isEqualTo(new Stage.Intended());
  }

  @Test
  void a_node_that_is_down_cuts_the_step_short_and_loses_nothing() {
    outbox.intend(KEY, transfer);
    proxy.faults(_ -> new FaultyProxy.Fault.LoseQuestion());
    StepReport report = sender(0).step();
    assertThat(report.failure()).containsInstanceOf(ChainException.Unreachable.class);
    assertThat(stage(KEY)).isEqualTo(new Stage.Intended());
  }

  @Test
  void one_effect_that_the_node_refuses_does_not_hold_up_the_others() {
    outbox.intend(KEY, transfer);
    EffectKey other = EffectKey.of("other", 1);
    Call approve =
        new TokenCalls(market.deployment())
            .approve(market.deployment().market(), Amount.parse("1"));
    outbox.intend(other, approve);
    proxy.faults(question ->
        question.path("method").asText().equals("eth_estimateGas")
                && question.path("params").path(0).path("data").asText().equals(transfer.data())
            ? new FaultyProxy.Fault.Refuse(-32000, "state is not available")
            : new FaultyProxy.Fault.None());
    sender(0).step();
    assertThat(sender(0).step().settled())
        .singleElement()
        .satisfies(settled -> assertThat(settled.key()).isEqualTo(other));
    assertThat(stage(KEY)).isEqualTo(new Stage.Intended());
  }

  private CommandSender command(Outbox kept) {
    return new CommandSender(
        client,
        market.deployment().chainId(),
        requester,
        kept,
        new SenderSettings(0, 1_000, HardhatSender.FEES),
        _ -> {},
        Duration.ZERO,
        3);
  }

  /** The transaction that a command signed before it gave up waiting. */
  private Hash cutShort(Call call) throws InterruptedException {
    node.mineAtOnce(false);
    try {
      command(outbox).send(call, call);
      throw new AssertionError("settled without a block");
    } catch (CommandSender.NotSettled open) {
      assertThat(open.transactions()).hasSize(1);
      assertThat(open).hasMessageContaining(open.transactions().getFirst().toString());
      return open.transactions().getFirst();
    }
  }

  @Test
  void a_command_waits_for_its_transaction_and_says_so_if_it_may_still_come() throws Exception {
    assertThat(client.knows(cutShort(transfer))).isTrue();
  }

  @Test
  void the_next_command_brings_to_its_end_what_one_that_was_cut_short_has_signed()
      throws Exception {
    Hash signed = cutShort(transfer);
    node.rpc("hardhat_dropTransaction", signed.toString());
    node.mineAtOnce(true);
    CommandSender next = command(outbox);
    assertThat(next.settleEarlier())
        .singleElement()
        .satisfies(earlier -> {
          assertThat(earlier.outcome().receipt().transaction()).isEqualTo(signed);
          assertThat(earlier.isOf(transfer)).isTrue();
          assertThat(earlier.isOf(TokenTransfer.of(market.deployment(), NOBODY, Amount.parse("4"))))
              .isFalse();
        });
    assertTransferredOnce();
    assertThat(command(outbox).settleEarlier()).hasSize(1);
    assertTransferredOnce();
  }

  @Test
  void what_was_given_up_with_another_wallet_is_not_sent_again() throws Exception {
    Hash signed = cutShort(transfer);
    node.rpc("hardhat_dropTransaction", signed.toString());
    node.mineAtOnce(true);
    Call other = TokenTransfer.of(market.deployment(), NOBODY, Amount.parse("5"));
    assertThat(command(new MemoryOutbox()).send(other, other)).isInstanceOf(Outcome.Mined.class);
    assertThat(command(outbox).settleEarlier()).isEmpty();
    assertThat(token.balance(NOBODY)).isEqualTo(Amount.parse("5"));
  }
}
