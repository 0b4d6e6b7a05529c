package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.testing.FaultyProxy;
import ai.opengradient.worker.testing.HardhatNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a node fails is told apart, and what may pass is tried again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChainFaultsTest {

  private static final FaultyProxy.Fault HTML =
      new FaultyProxy.Fault.Answer(502, "<html><body>Bad gateway</body></html>", "");

  private final HardhatNode node = HardhatNode.start();
  private final FaultyProxy proxy = new FaultyProxy(node.url());
  private final List<Duration> pauses = new ArrayList<>();
  private final ChainClient client = new ChainClient(proxy.endpoint(4), pauses::add);
  private Deployment deployment;

  @BeforeAll
  void deploy(@TempDir Path directory) {
    deployment = node.deploy(directory);
  }

  @AfterEach
  void heal() {
    proxy.heal();
    pauses.clear();
  }

  @AfterAll
  void stop() {
    client.close();
    proxy.close();
    node.close();
  }

  @Test
  void a_node_that_is_down_is_unreachable_and_named() {
    ChainClient nobody =
        new ChainClient(
            new Endpoint(
                URI.create("http://127.0.0.1:1/v3/secret-key"),
                Duration.ofSeconds(5),
                2,
                Duration.ofMillis(5),
                Duration.ofMillis(5)),
            pauses::add);
    assertThatThrownBy(nobody::chainId)
        .isInstanceOf(ChainException.Unreachable.class)
        .hasMessageContaining("http://127.0.0.1:1/…")
        .hasMessageContaining("start it")
        .hasMessageNotContaining("secret");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void a_passing_fault_is_asked_again_after_growing_pauses() {
    List<String> asked = new ArrayList<>();
    proxy.faults(_ -> {
      asked.add("");
      return asked.size() < 4 ? new FaultyProxy.Fault.LoseAnswer() : new FaultyProxy.Fault.None();
    });
    assertThat(client.chainId()).isEqualTo(31337);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40));
  }

  @Test
  void a_web_page_is_a_malformed_answer_after_all_attempts() {
    proxy.faults(_ -> HTML);
    assertThatThrownBy(client::newestBlock)
        .isInstanceOf(ChainException.MalformedAnswer.class)
        .hasMessageContaining("status 502")
        .hasMessageContaining("<html>");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void json_that_is_no_answer_is_malformed() {
    for (String body : new String[] {"[]", "{}", "{\"result\":\"0x1\",\"id\":0}", "12", ""}) {
      proxy.faults(_ -> new FaultyProxy.Fault.Answer(200, body, ""));
      assertThatThrownBy(client::chainId).isInstanceOf(ChainException.MalformedAnswer.class);
    }
  }

  @Test
  void a_rate_limit_is_waited_out_as_long_as_the_node_asks_within_bounds() {
    proxy.faults(_ -> new FaultyProxy.Fault.Answer(429, "slow down", "3600"));
    assertThatThrownBy(client::chainId).isInstanceOf(ChainException.RateLimited.class);
    assertThat(pauses).containsOnly(Duration.ofMillis(40)).hasSize(3);
    proxy.faults(_ -> new FaultyProxy.Fault.Refuse(-32005, "daily request rate limit exceeded"));
    assertThatThrownBy(client::chainId).isInstanceOf(ChainException.RateLimited.class);
  }

  @Test
  void what_the_node_refuses_is_not_asked_again() {
    proxy.faults(_ -> new FaultyProxy.Fault.Refuse(-32601, "no such method"));
    assertThatThrownBy(client::chainId)
        .isInstanceOf(ChainException.NodeRefused.class)
        .hasMessageContaining("eth_chainId")
        .hasMessageContaining("no such method");
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_answer_that_does_not_come_in_time_is_unreachable() {
    ChainClient impatient =
        new ChainClient(
            new Endpoint(
                proxy.endpoint(1).url(), Duration.ofMillis(1), 1, Duration.ZERO, Duration.ZERO),
            pauses::add);
    proxy.faults(_ -> {
      // Far beyond the client's patience, whatever the machine's load.
      node.rpc("hardhat_mine", "0x10");
      return new FaultyProxy.Fault.LoseQuestion();
    });
    assertThatThrownBy(impatient::chainId).isInstanceOf(ChainException.Unreachable.class);
  }

  @Test
  void sending_is_never_repeated() {
    proxy.faults(_ -> new FaultyProxy.Fault.LoseAnswer());
    int before = proxy.asked().size();
    assertThatThrownBy(() -> client.sendRawTransaction("0x02"))
        .isInstanceOf(ChainException.Unreachable.class);
    assertThat(proxy.asked()).hasSize(before + 1);
  }

  @Test
  void the_wrong_chain_is_refused() {
    assertThatThrownBy(
            () -> changed(1, deployment.genesisHash(), deployment.market()).check(client))
        .isInstanceOf(ChainException.WrongChain.class)
        .hasMessageContaining("31337")
        .hasMessageContaining("chain 1;");
  }

  @Test
  void another_chain_of_the_same_id_is_refused() {
    Hash other = Hash.fromHex("12".repeat(32));
    assertThatThrownBy(() -> changed(31337, other, deployment.market()).check(client))
        .isInstanceOf(ChainException.WrongGenesis.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void an_address_without_a_contract_is_refused() {
    Address nobody = new Address("0x" + "77".repeat(20));
    assertThatThrownBy(() -> changed(31337, deployment.genesisHash(), nobody).check(client))
        .isInstanceOf(ChainException.NoContract.class)
        .hasMessageContaining("market")
        .hasMessageContaining(nobody.toString());
    // And a reader of it says so too, in its own way.
    MarketReader reader =
        new MarketReader(client, changed(31337, deployment.genesisHash(), nobody));
    assertThatThrownBy(reader::jobCount).isInstanceOf(ChainException.Undecodable.class);
  }

  private Deployment changed(long chainId, Hash genesis, Address market) {
    return new Deployment(
        chainId,
        deployment.token(),
        deployment.models(),
        deployment.workers(),
        deployment.parameterSets(),
        market,
        deployment.court(),
        deployment.governor(),
        deployment.blockNumber(),
        genesis,
        deployment.profile());
  }

  @Test
  void a_thread_that_is_interrupted_stops_waiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(client::chainId).isInstanceOf(ChainException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
