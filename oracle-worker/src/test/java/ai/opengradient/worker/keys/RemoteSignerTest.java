package ai.opengradient.worker.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.testing.RemoteSignerServer;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signer elsewhere, by the documented API, and all that it may do wrong. */
final class RemoteSignerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final LocalSigner LOCAL = DevelopmentKeys.account(1);
  private static final UnsignedTransaction TRANSACTION =
      new UnsignedTransaction(
          31_337,
          7,
          100_000,
          BigInteger.TWO,
          BigInteger.TEN,
          new Address("0x" + "12".repeat(20)),
          BigInteger.ZERO,
          "0xdeadbeef");
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final RemoteSignerServer server = new RemoteSignerServer(2, 1);

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteSigner connect() {
    return RemoteSigner.connect(server.url(), LOCAL.address(), PATIENCE);
  }

  @Test
  void signs_the_same_bytes_as_the_key_itself() {
    RemoteSigner remote = connect();
    assertThat(remote.address()).isEqualTo(LOCAL.address());
    assertThat(remote.sign(TRANSACTION)).isEqualTo(LOCAL.sign(TRANSACTION));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65})
  void what_a_signer_says_of_the_point_does_not_matter(int bytes) {
    server.changes(signature -> (signature.substring(0, 130) + "00").substring(0, 2 + 2 * bytes));
    assertThat(connect().sign(TRANSACTION)).isEqualTo(LOCAL.sign(TRANSACTION));
  }

  @Test
  void another_keys_signature_is_not_used() {
    RemoteSigner remote = connect();
    server.changes(_ -> DevelopmentKeys.signature(2, new byte[] {1}));
    refused(remote, "a signature that is not of " + LOCAL.address());
  }

  @Test
  void another_transactions_signature_is_not_used() {
    RemoteSigner remote = connect();
    server.changes(_ -> DevelopmentKeys.signature(1, new byte[] {1}));
    refused(remote, "a signature that is not of " + LOCAL.address());
  }

  @Test
  void the_higher_s_is_not_used() {
    RemoteSigner remote = connect();
    server.changes(signature ->
        signature.substring(0, 66)
            + String.format(
                "%064x", ORDER.subtract(new BigInteger(signature.substring(66, 130), 16)))
            + signature.substring(130));
    refused(remote, "not the lower one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "0x12", "no signature", "<html>", "0xzz"})
  void garbage_is_not_used(String garbage) {
    RemoteSigner remote = connect();
    server.changes(_ -> garbage);
    refused(remote, "something other than a signature");
  }

  @Test
  void numbers_that_no_signature_has_are_not_used() {
    RemoteSigner remote = connect();
    List<UnaryOperator<String>> changes =
        List.of(
            _ -> "0x" + "00".repeat(65),
            signature -> "0x" + "ff".repeat(32) + signature.substring(66));
    for (UnaryOperator<String> change : changes) {
      server.changes(change);
      assertThatThrownBy(() -> remote.sign(TRANSACTION))
          .isInstanceOf(KeyException.RemoteAnswerWrong.class);
    }
  }

  private static void refused(RemoteSigner remote, String what) {
    assertThatThrownBy(() -> remote.sign(TRANSACTION))
        .isInstanceOf(KeyException.RemoteAnswerWrong.class)
        .hasMessageContaining(what)
        .hasMessageContaining("nothing was sent");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 404, 500, 503})
  void a_refusal_says_its_status(int status) {
    RemoteSigner remote = connect();
    server.answersWith(status);
    assertThatThrownBy(() -> remote.sign(TRANSACTION))
        .isInstanceOf(KeyException.RemoteRefused.class)
        .hasMessageContaining("status " + status);
    assertThatThrownBy(this::connect).isInstanceOf(KeyException.RemoteRefused.class);
    server.answersWith(200);
    assertThat(remote.sign(TRANSACTION)).isEqualTo(LOCAL.sign(TRANSACTION));
  }

  @Test
  void a_key_that_it_has_not_is_named() {
    Address other = DevelopmentKeys.account(3).address();
    assertThatThrownBy(() -> RemoteSigner.connect(server.url(), other, PATIENCE))
        .isInstanceOf(KeyException.RemoteWithoutKey.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void nobody_there_is_told_apart() {
    assertThatThrownBy(
            () -> RemoteSigner.connect(URI.create("http://127.0.0.1:1"), LOCAL.address(), PATIENCE))
        .isInstanceOf(KeyException.RemoteUnreachable.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void patience_ends() {
    RemoteSigner remote =
        RemoteSigner.connect(server.url(), LOCAL.address(), Duration.ofMillis(500));
    server.changes(signature -> {
      try {
        Thread.sleep(PATIENCE);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      return signature;
    });
    assertThatThrownBy(() -> remote.sign(TRANSACTION))
        .isInstanceOf(KeyException.RemoteUnreachable.class);
  }
}
