package ai.opengradient.worker.testing;

import ai.opengradient.worker.keys.DevelopmentKeys;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Signs for development accounts by web3signer's documented REST API for eth1, or misbehaves. */
public final class RemoteSignerServer implements AutoCloseable {

  private static final String SIGN = "/api/v1/eth1/sign/";
  private static final JsonMapper JSON = new JsonMapper();

  private final LoopbackServer server;
  private final List<Integer> accounts;
  private final AtomicInteger signatures = new AtomicInteger();
  private volatile int status = 200;
  private volatile UnaryOperator<String> change = UnaryOperator.identity();

  public RemoteSignerServer(Integer... accounts) {
    this.accounts = List.of(accounts);
    this.server = new LoopbackServer(0, this::handle);
  }

  public URI url() {
    return server.url();
  }

  /** From now on every answer has this status. */
  public void answersWith(int wanted) {
    status = wanted;
  }

  /** From now on what would be a right signature is changed on its way. */
  public void changes(UnaryOperator<String> signature) {
    change = signature;
  }

  /** How many signatures were asked for. */
  public int signatures() {
    return signatures.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (status != 200) {
        answer(exchange, status, "");
      } else if (path.equals("/upcheck")) {
        answer(exchange, 200, "OK");
      } else if (path.equals("/api/v1/eth1/publicKeys")) {
        answer(
            exchange,
            200,
            JSON.writeValueAsString(accounts.stream().map(DevelopmentKeys::publicKey).toList()));
      } else if (path.startsWith(SIGN) && exchange.getRequestMethod().equals("POST")) {
        sign(exchange, path.substring(SIGN.length()));
      } else {
        answer(exchange, 404, "");
      }
    }
  }

  private void sign(HttpExchange exchange, String identifier) throws IOException {
    Optional<Integer> account =
        accounts.stream()
            .filter(known -> DevelopmentKeys.publicKey(known).equals(identifier))
            .findFirst();
    if (account.isEmpty()) {
      answer(exchange, 404, "");
      return;
    }
    signatures.incrementAndGet();
    String data = JSON.readTree(exchange.getRequestBody()).path("data").asText();
    byte[] message = HexFormat.of().parseHex(data, 2, data.length());
    answer(exchange, 200, change.apply(DevelopmentKeys.signature(account.get(), message)));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    LoopbackServer.answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
