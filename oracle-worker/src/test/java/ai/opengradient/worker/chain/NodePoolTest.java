package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.faults.FaultKind;
import ai.opengradient.worker.faults.FaultPlan;
import ai.opengradient.worker.faults.FaultProxy;
import ai.opengradient.worker.testing.FaultyProxy;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.TokenTransfer;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, which are one behind two proxies, and what becomes of questions when one is sick. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodePoolTest {

  private static final FaultyProxy.Fault DOWN = new FaultyProxy.Fault.LoseQuestion();

  private final HardhatNode node = HardhatNode.start();
  private final FaultyProxy one = new FaultyProxy(node.url());
  private final FaultyProxy two = new FaultyProxy(node.url());
  private final AtomicReference<Duration> clock = new AtomicReference<>(Duration.ZERO);
  private Deployment deployment;
  private ChainClient client;
  private String fresh;

  @BeforeAll
  void deploy(@TempDir Path directory) {
    deployment = node.deploy(directory);
  }

  @BeforeEach
  void begin() {
    fresh = node.snapshot();
    client = pool(one.endpoint(1), two.endpoint(1));
  }

  @AfterEach
  void forget() {
    client.close();
    one.heal();
    two.heal();
    node.revert(fresh);
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    node.close();
  }

  private ChainClient pool(Endpoint... endpoints) {
    return ChainClient.of(
        List.of(endpoints), deployment, _ -> {}, () -> clock.get(), Runnable::run);
  }

  private void pass(Duration time) {
    clock.updateAndGet(time::plus);
  }

  private List<String> states() {
    return client.nodes().stream()
        .map(report -> report.state().getClass().getSimpleName())
        .toList();
  }

  @Test
  void the_first_node_is_asked_as_long_as_it_is_healthy() {
    client.newestBlock();
    int before = two.asked().size();
    client.chainId();
    client.newestBlock();
    assertThat(two.asked()).hasSize(before);
    assertThat(states().getFirst()).isEqualTo("Healthy");
    assertThat(client.nodes().getFirst().toString()).startsWith("healthy, block ");
  }

  @Test
  void a_question_that_one_node_loses_is_answered_by_the_next_one() {
    client.newestBlock();
    one.faults(_ -> DOWN);
    assertThat(client.chainId()).isEqualTo(31337);
    assertThat(states()).containsExactly("Failing", "Healthy");
    int asked = one.asked().size();
    client.newestBlock();
    assertThat(one.asked()).hasSize(asked);
  }

  @Test
  void a_node_that_was_away_is_asked_again_after_it_has_shown_its_chain() {
    client.newestBlock();
    one.faults(_ -> DOWN);
    client.newestBlock();
    one.heal();
    pass(NodePool.SURVEY);
    int asked = one.asked().size();
    client.newestBlock();
    assertThat(states()).containsExactly("Healthy", "Healthy");
    assertThat(one.asked().subList(asked, one.asked().size()))
        .startsWith("eth_chainId", "eth_getBlockByNumber", "eth_getCode");
  }

  @Test
  void a_rate_limit_sends_the_question_elsewhere() {
    client.newestBlock();
    one.faults(_ -> new FaultyProxy.Fault.Answer(429, "slow down", "30"));
    assertThat(client.chainId()).isEqualTo(31337);
    assertThat(states()).containsExactly("Limited", "Healthy");
    one.heal();
    pass(Duration.ofSeconds(10));
    client.newestBlock();
    assertThat(states()).containsExactly("Limited", "Healthy");
    pass(Duration.ofSeconds(21));
    client.newestBlock();
    assertThat(states()).containsExactly("Healthy", "Healthy");
  }

  @Test
  void a_node_of_another_chain_is_never_believed() {
    one.fault(
        "eth_chainId",
        new FaultyProxy.Fault.Answer(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}", ""));
    assertThat(client.newestBlock().number()).isPositive();
    assertThat(states()).containsExactly("WrongChain", "Healthy");
    assertThat(client.nodes().getFirst().toString()).contains("of chain 1");
    client.close();
    client = pool(one.endpoint(1));
    assertThatThrownBy(client::newestBlock).isInstanceOf(ChainException.class);
  }

  /** The node as it would be without its newest blocks. */
  private static FaultyProxy.Fault stuckAt(String answer, JsonNode question) {
    return isHead(question)
        ? new FaultyProxy.Fault.Answer(
            200, answer.replace("\"id\":0", "\"id\":" + question.path("id").asLong()), "")
        : new FaultyProxy.Fault.None();
  }

  private static boolean isHead(JsonNode question) {
    return question.path("method").asText().equals("eth_getBlockByNumber")
        && question.path("params").path(0).asText().equals("latest");
  }

  private String headNow() {
    return "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":"
        + node.rpc("eth_getBlockByNumber", "latest", false)
        + "}";
  }

  @Test
  void a_change_to_a_node_that_is_behind_does_not_go_back_in_time() {
    client.newestBlock();
    String old = headNow();
    node.mine(2);
    BlockReference seen = client.newestBlock();
    two.faults(question -> stuckAt(old, question));
    one.faults(_ -> DOWN);
    assertThatThrownBy(client::newestBlock).isInstanceOf(ChainException.Unreachable.class);
    assertThat(states().getFirst()).isEqualTo("Failing");
    // Neither is anything else asked of it.
    int asked = two.asked().size();
    assertThatThrownBy(() -> client.nonce(deployment.market())).isInstanceOf(ChainException.class);
    assertThat(two.asked().subList(asked, two.asked().size()))
        .doesNotContain("eth_getTransactionCount");
    two.heal();
    assertThat(client.newestBlock()).isEqualTo(seen);
  }

  @Test
  void a_shorter_branch_is_believed_once_its_hashes_show_it() {
    String fork = node.snapshot();
    node.mine(1);
    client.newestBlock();
    node.mine(4);
    BlockReference seen = client.newestBlock();
    node.revert(fork);
    node.passTime(500);
    assertThat(client.newestBlock().number()).isLessThan(seen.number());
    assertThat(client.newestBlock()).isEqualTo(client.block(seen.number() - 4).orElseThrow());
  }

  @Test
  void a_node_whose_head_stands_still_is_left_alone_while_the_other_goes_on() {
    client.newestBlock();
    String old = headNow();
    one.faults(question -> stuckAt(old, question));
    node.mine((int) NodePool.LAG_BLOCKS + 1);
    pass(NodePool.SURVEY);
    BlockReference newest = client.newestBlock();
    assertThat(newest).isEqualTo(new ChainClient(node.endpoint(), _ -> {}).newestBlock());
    assertThat(states()).containsExactly("Lagging", "Healthy");
    one.heal();
    pass(NodePool.SURVEY);
    client.newestBlock();
    assertThat(states()).containsExactly("Healthy", "Healthy");
  }

  @Test
  void of_three_nodes_the_one_far_ahead_of_the_others_is_left_alone() {
    client.close();
    try (FaultProxy liar =
        new FaultProxy(node.url(), 0, 1, FaultPlan.of(1_000, Set.of(FaultKind.FUTURE_HEAD)))) {
      client = pool(one.endpoint(1), two.endpoint(1), endpoint(liar.url(), 1));
      pass(NodePool.SURVEY);
      client.newestBlock();
      assertThat(states()).containsExactly("Healthy", "Healthy", "Failing");
      assertThat(client.nodes().getLast().toString()).contains("ahead of the others'");
      assertThat(liar.counts()).containsKey(FaultKind.FUTURE_HEAD);
    }
  }

  private static Endpoint endpoint(URI url, int attempts) {
    return new Endpoint(
        url, Duration.ofSeconds(20), attempts, Duration.ofMillis(10), Duration.ofMillis(40));
  }

  @Test
  void a_transaction_goes_to_every_healthy_node_once() {
    pass(NodePool.SURVEY);
    client.newestBlock();
    assertThat(states()).containsExactly("Healthy", "Healthy");
    send(1);
    assertThat(one.asked().stream().filter("eth_sendRawTransaction"::equals)).hasSize(1);
    assertThat(two.asked().stream().filter("eth_sendRawTransaction"::equals)).hasSize(1);
  }

  private void send(int id) {
    MemoryOutbox outbox = new MemoryOutbox();
    outbox.intend(
        EffectKey.of("transfer", id),
        TokenTransfer.of(
            deployment, new Address("0x" + "77".repeat(20)), new Amount(BigInteger.ONE)));
    TransactionSender sender =
        new TransactionSender(
            client,
            deployment.chainId(),
            HardhatNode.account(0),
            outbox,
            new SenderSettings(0, 1_000, new FeePolicy(BigInteger.TEN.pow(11))));
    for (int step = 0; step < 50 && !outbox.open().isEmpty(); step++) {
      sender.step();
    }
    assertThat(outbox.open()).isEmpty();
  }

  @Test
  void everything_at_once_on_two_nodes_changes_no_answer_and_doubles_nothing() {
    client.close();
    try (FaultProxy first = new FaultProxy(node.url(), 0, 7, FaultPlan.everything(20));
        FaultProxy second = new FaultProxy(node.url(), 0, 8, FaultPlan.everything(20))) {
      client = pool(endpoint(first.url(), 8), endpoint(second.url(), 8));
      TokenReader token = new TokenReader(client, deployment);
      Address nobody = new Address("0x" + "77".repeat(20));
      List<Long> heads = new ArrayList<>();
      for (int transfer = 1; transfer <= 20; transfer++) {
        pass(NodePool.SURVEY);
        send(transfer);
        heads.add(client.newestBlock().number());
        assertThat(token.balance(nobody)).isEqualTo(new Amount(BigInteger.valueOf(transfer)));
      }
      assertThat(heads).isSorted();
      Set<FaultKind> met = new HashSet<>(first.counts().keySet());
      met.addAll(second.counts().keySet());
      assertThat(met).containsExactlyInAnyOrder(FaultKind.values());
    }
  }
}
