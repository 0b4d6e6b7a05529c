package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.AdminSettings;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Speaks with the running worker of this configuration through its loopback admin API. */
final class AdminClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AdminSettings settings;

  AdminClient(AdminSettings settings) {
    this.settings = settings;
  }

  /** What the worker says to a question. */
  Map<String, Object> get(String path) throws InterruptedException {
    return ask(request(path).GET().build());
  }

  /** What the worker says to an order. */
  Map<String, Object> post(String path) throws InterruptedException {
    return ask(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token());
  }

  private String address() {
    return "http://127.0.0.1:" + settings.port();
  }

  private String token() {
    Path file = settings.tokenFile();
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, file + " can't be read", e);
    }
  }

  private Map<String, Object> ask(HttpRequest request) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return switch (answer.statusCode()) {
        case 200, 202 -> JSON.readValue(answer.body(), new TypeReference<>() {});
        case 401, 403 ->
            throw new OpgException(
                ErrorCode.ADMIN_TOKEN_REFUSED,
                address() + " does not accept the token of " + settings.tokenFile());
        default ->
            throw refusal(answer.body())
                .orElseGet(() -> unexpected(request, "status " + answer.statusCode()));
      };
    } catch (JsonProcessingException e) {
      throw unexpected(request, "something other than JSON");
    } catch (IOException e) {
      throw new OpgException(ErrorCode.WORKER_NOT_RUNNING, "nothing answers at " + address(), e);
    }
  }

  /** What the worker says against it, where that has a code. */
  private static Optional<OpgException> refusal(String body) throws JsonProcessingException {
    JsonNode refusal = JSON.readTree(body);
    return ErrorCode.find(refusal.path("code").asText())
        .map(code -> new OpgException(code, refusal.path("error").asText()));
  }

  private static OpgException unexpected(HttpRequest request, String what) {
    return new OpgException(
        ErrorCode.ADMIN_ANSWER_INVALID, request.uri() + " answered with " + what);
  }
}
