package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.LogPoller.Poll;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.FaultyProxy;
import ai.opengradient.worker.testing.HardhatNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LogPollerTest {

  private final HardhatNode node = HardhatNode.start();
  private final FaultyProxy proxy = new FaultyProxy(node.url());
  private final ChainClient client = new ChainClient(proxy.endpoint(1), _ -> {});
  private DeployedMarket market;
  private String fresh;

  @BeforeAll
  void deploy(@TempDir Path directory) {
    market = new DeployedMarket(node, directory);
  }

  @BeforeEach
  void remember() {
    fresh = node.snapshot();
  }

  @AfterEach
  void forget() {
    proxy.heal();
    node.revert(fresh);
  }

  @AfterAll
  void stop() {
    proxy.close();
    node.close();
  }

  private LogPoller poller(long confirmations, long longestRange) {
    return new LogPoller(client, market.deployment(), confirmations, longestRange);
  }

  private Poll.Batch batch(LogPoller poller, BlockReference cursor) {
    return (Poll.Batch) poller.poll(List.of(cursor));
  }

  @Test
  void all_events_come_once_and_in_order_whatever_the_range() {
    List<Long> jobs = List.of(market.request(), market.request(), market.request());
    market.send(
        market.worker(),
        new MarketCalls(market.deployment())
            .claim(
                jobs.get(1), market.worker().address(), JobTensor.inline(DeployedMarket.OUTPUTS)));
    for (long range : new long[] {1, 2, 7, 1_000}) {
      LogPoller poller = poller(0, range);
      List<MarketEvent> events = new ArrayList<>();
      BlockReference cursor = market.deployment().start(market.client());
      while (poller.poll(List.of(cursor)) instanceof Poll.Batch batch) {
        assertThat(batch.to().number()).isLessThanOrEqualTo(cursor.number() + range);
        events.addAll(batch.events());
        cursor = batch.to();
      }
      assertThat(cursor).isEqualTo(client.newestBlock());
      assertThat(events)
          .extracting(MarketEvent::job)
          .containsExactly(jobs.get(0), jobs.get(1), jobs.get(2), jobs.get(1));
      assertThat(events.getLast()).isInstanceOf(MarketEvent.JobClaimed.class);
    }
  }

  @Test
  void blocks_without_enough_confirmations_wait() {
    BlockReference cursor = client.newestBlock();
    market.request();
    // The request's block has the two mined after it on top.
    assertThat(batch(poller(2, 100), cursor).events()).hasSize(1);
    assertThat(poller(3, 100).poll(List.of(cursor)))
        .isEqualTo(new Poll.UpToDate(client.newestBlock()));
    node.mine(1);
    assertThat(batch(poller(3, 100), cursor).to().number()).isEqualTo(cursor.number() + 1);
  }

  @Test
  void nothing_new_is_up_to_date() {
    assertThat(poller(0, 10).poll(List.of(client.newestBlock())))
        .isEqualTo(new Poll.UpToDate(client.newestBlock()));
  }

  @Test
  void a_range_with_too_many_results_is_halved_until_the_node_takes_it() {
    BlockReference cursor = client.newestBlock();
    market.request();
    node.mine(30);
    List<Long> asked = new ArrayList<>();
    proxy.faults(question -> {
      if (!question.path("method").asText().equals("eth_getLogs")) {
        return new FaultyProxy.Fault.None();
      }
      long from = Long.decode(question.path("params").path(0).path("fromBlock").asText());
      long to = Long.decode(question.path("params").path(0).path("toBlock").asText());
      asked.add(to - from + 1);
      return to - from + 1 > 5
          ? new FaultyProxy.Fault.Refuse(-32005, "query returned more than 10000 results")
          : new FaultyProxy.Fault.None();
    });
    LogPoller poller = poller(0, 32);
    Poll.Batch first = batch(poller, cursor);
    assertThat(first.events()).hasSize(1);
    assertThat(asked).containsExactly(32L, 16L, 8L, 4L);
    // It tries longer ranges again, and finds its way back.
    assertThat(batch(poller, first.to()).to().number()).isEqualTo(first.to().number() + 4);
    assertThat(asked).endsWith(8L, 4L);
  }

  @Test
  void a_single_block_that_the_node_refuses_is_told() {
    BlockReference cursor = client.newestBlock();
    node.mine(3);
    proxy.fault("eth_getLogs", new FaultyProxy.Fault.Refuse(-32000, "no"));
    LogPoller poller = poller(0, 8);
    List<BlockReference> remembered = List.of(cursor);
    assertThatThrownBy(() -> poller.poll(remembered))
        .isInstanceOf(ChainException.NodeRefused.class);
  }

  @Test
  void a_reorganisation_unwinds_to_the_newest_remembered_block_that_stands() {
    BlockReference oldest = client.newestBlock();
    node.mine(1);
    BlockReference standing = client.newestBlock();
    String fork = node.snapshot();
    node.mine(1);
    BlockReference gone = client.newestBlock();
    market.request();
    LogPoller poller = poller(0, 100);
    BlockReference cursor = batch(poller, gone).to();
    node.revert(fork);
    node.passTime(1_000);
    List<BlockReference> remembered = List.of(cursor, gone, standing, oldest);
    // The other branch is shorter than the cursor, and later longer.
    assertThat(poller.poll(remembered)).isEqualTo(new Poll.Reorganised(standing));
    node.mine(10);
    assertThat(poller.poll(remembered)).isEqualTo(new Poll.Reorganised(standing));
    Poll.Batch again = batch(poller, standing);
    assertThat(again.events()).isEmpty();
    assertThat(again.to()).isEqualTo(client.newestBlock());
  }

  @Test
  void a_reorganisation_below_all_that_is_remembered_is_told() {
    String fork = node.snapshot();
    node.mine(2);
    BlockReference one = client.newestBlock();
    node.mine(1);
    BlockReference two = client.newestBlock();
    node.revert(fork);
    node.passTime(1_000);
    node.mine(1);
    assertThat(poller(0, 10).poll(List.of(two, one)))
        .isEqualTo(new Poll.ReorganisedBeyondMemory(one));
  }

  @Test
  void a_reorganisation_below_a_long_range_goes_back_to_the_range_before() {
    BlockReference start = client.newestBlock();
    String fork = node.snapshot();
    node.mine(40);
    BlockReference long1 = client.newestBlock();
    node.revert(fork);
    node.passTime(1_000);
    node.mine(45);
    assertThat(poller(0, 10).poll(List.of(long1, start))).isEqualTo(new Poll.Reorganised(start));
  }

  @Test
  void a_node_that_has_not_come_as_far_as_the_cursor_is_behind_not_reorganised() {
    BlockReference old = client.newestBlock();
    node.mine(3);
    BlockReference before = client.newestBlock();
    node.mine(3);
    BlockReference cursor = client.newestBlock();
    String answer = node.rpc("eth_getBlockByNumber", "latest", false).toString();
    assertThat(answer).contains(cursor.hash().toString());
    // As if the node had lost its last four blocks, or never had them.
    long head = cursor.number() - 4;
    proxy.faults(question -> {
      if (!question.path("method").asText().equals("eth_getBlockByNumber")) {
        return new FaultyProxy.Fault.None();
      }
      String asked = question.path("params").path(0).asText();
      long number = asked.equals("latest") ? head : Long.decode(asked);
      return new FaultyProxy.Fault.Answer(
          200,
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + question.path("id").asLong()
              + ",\"result\":"
              + (number > head
                  ? "null"
                  : node.rpc("eth_getBlockByNumber", Hexadecimal.quantity(number), false))
              + "}",
          "");
    });
    LogPoller poller = poller(0, 100);
    assertThat(poller.poll(List.of(cursor, before, old))).isInstanceOf(Poll.Behind.class);
    // Nor is one that is older than all that is remembered.
    assertThat(poller.poll(List.of(cursor, before))).isInstanceOf(Poll.Behind.class);
    proxy.heal();
    assertThat(poller.poll(List.of(cursor, before, old))).isInstanceOf(Poll.UpToDate.class);
  }

  @Test
  void events_that_the_node_withheld_come_later_and_once() {
    LogPoller poller = poller(0, 100);
    BlockReference cursor = client.newestBlock();
    assertThat(poller.poll(List.of(cursor))).isInstanceOf(Poll.UpToDate.class);
    proxy.faults(question ->
        question.path("method").asText().equals("eth_getLogs")
            ? new FaultyProxy.Fault.Answer(
                200,
                "{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id").asLong() + ",\"result\":[]}",
                "")
            : new FaultyProxy.Fault.None());
    long job = market.request();
    Poll.Batch empty = batch(poller, cursor);
    assertThat(empty.events()).isEmpty();
    proxy.heal();
    List<MarketEvent> found = new ArrayList<>();
    for (int look = 0; look < 40; look++) {
      if (poller.poll(List.of(empty.to())) instanceof Poll.Withheld withheld) {
        assertThat(withheld.cursor()).isEqualTo(empty.to());
        found.addAll(withheld.events());
      }
    }
    assertThat(found).extracting(MarketEvent::job).containsExactly(job);
  }

  @Test
  void a_batch_that_a_reorganisation_overtook_is_thrown_away() {
    BlockReference cursor = client.newestBlock();
    String fork = node.snapshot();
    market.request();
    List<String> reverted = new ArrayList<>();
    proxy.faults(question -> {
      if (question.path("method").asText().equals("eth_getLogs") && reverted.isEmpty()) {
        reverted.add(fork);
        node.revert(fork);
        node.passTime(1_000);
        node.mine(5);
      }
      return new FaultyProxy.Fault.None();
    });
    LogPoller poller = poller(0, 100);
    assertThat(poller.poll(List.of(cursor))).isInstanceOf(Poll.UpToDate.class);
    assertThat(batch(poller, cursor).events()).isEmpty();
  }
}
