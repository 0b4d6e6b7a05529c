package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.TokenTransfer;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends against a real node, from an account that holds all $OPG and from one without any. */
final class CourtSendsTest {
  private static final Address SOMEBODY = new Address("0x" + "12".repeat(20));

  @TempDir private static Path folder;

  private static HardhatNode node;
  private static ChainClient client;
  private static Deployment deployment;

  @BeforeAll
  static void start() {
    node = HardhatNode.start();
    client = new ChainClient(node.endpoint(), Thread::sleep);
    deployment = node.deploy(folder);
  }

  @AfterAll
  static void stop() {
    client.close();
    node.close();
  }

  private static Call transfer() {
    return TokenTransfer.of(deployment, SOMEBODY, Amount.parse("1"));
  }

  private static TransactionSender sender(Signer signer, Outbox outbox) {
    return new TransactionSender(
        client,
        deployment.chainId(),
        signer,
        outbox,
        new SenderSettings(0, 1_000, HardhatSender.FEES));
  }

  @Test
  void what_was_mined_is_never_begun_again() {
    Signer signer = HardhatNode.account(0);
    Outbox outbox = new MemoryOutbox();
    CourtSends sends = new CourtSends(client, outbox, signer.address());
    TransactionSender sender = sender(signer, outbox);
    assertThat(sends.send("settle/1", CourtSendsTest::transfer)).isTrue();
    assertThat(sends.send("settle/1", CourtSendsTest::transfer)).isFalse();
    assertThat(sends.isUnderway(CourtEffect.SETTLE)).isTrue();
    sender.step();
    sender.step();
    assertThat(sends.isUnderway(CourtEffect.SETTLE)).isFalse();
    assertThat(sends.send("settle/1", CourtSendsTest::transfer)).isFalse();
    assertThat(sends.send("settle/2", CourtSendsTest::transfer)).isTrue();
  }

  @Test
  void what_was_refused_is_tried_three_times() {
    Signer poor = HardhatNode.account(7);
    Outbox outbox = new MemoryOutbox();
    CourtSends sends = new CourtSends(client, outbox, poor.address());
    TransactionSender sender = sender(poor, outbox);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(sends.send("reveal/1/a", CourtSendsTest::transfer)).isTrue();
      sender.step();
    }
    assertThat(sends.send("reveal/1/a", CourtSendsTest::transfer)).isFalse();
    assertThat(client.nonce(poor.address())).isZero();
  }

  @Test
  void nothing_is_begun_while_a_last_life_is_on_its_way() {
    Signer signer = HardhatNode.account(0);
    node.mineAtOnce(false);
    Outbox lost = new MemoryOutbox();
    CourtSends before = new CourtSends(client, lost, signer.address());
    before.send("open/9", CourtSendsTest::transfer);
    sender(signer, lost).step();
    assertThat(before.isBehind()).isFalse();

    CourtSends after = new CourtSends(client, new MemoryOutbox(), signer.address());
    assertThat(after.isBehind()).isTrue();
    assertThat(after.send("open/9", CourtSendsTest::transfer)).isFalse();
    node.mine(1);
    assertThat(after.send("ask/9/a", CourtSendsTest::transfer)).isTrue();
    node.mineAtOnce(true);
  }
}
