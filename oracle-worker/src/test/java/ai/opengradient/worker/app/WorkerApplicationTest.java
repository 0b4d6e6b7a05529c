package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, in this process, from the request to the payment and to its end. */
final class WorkerApplicationTest {

  @TempDir private Path folder;

  @Test
  void answersAJobAndIsPaid() throws Exception {
    try (WorkerStage stage = new WorkerStage(folder)) {
      stage.join(1);
      Path file = stage.configure(1, 1, 2);
      WorkerConfiguration configuration =
          AnyAdminPort.of(WorkerConfiguration.read(Optional.of(file), Map.of()));
      stage.mineEverySecond();
      MarketReader market = new MarketReader(stage.client(), stage.deployment());
      long first;
      try (WorkerApplication application =
          WorkerApplication.start(configuration, WorkerStage.PASSWORD)) {
        first = stage.request(1, 2);
        long second = stage.request(2, 0.01f);
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(() -> {
              assertThat(market.job(first).state()).isEqualTo(JobState.FINALISED);
              assertThat(market.job(second).state()).isEqualTo(JobState.FINALISED);
            });
        assertThat(market.result(market.job(first)).outputs())
            .containsExactlyElementsOf(
                JobTensor.inline(List.of(Tensor.ofFloats(new float[] {6.5f}, 1))));
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() ->
                assertThat(call(application, configuration, "GET", "/status").body())
                    .contains("\"earned\":\"2000000000000000000\"", "\"paid\":\"2\""));
        checkAdmin(application, configuration, first);
      }
      try (WorkerApplication again = WorkerApplication.start(configuration, WorkerStage.PASSWORD)) {
        assertThat(again.service().job(first)).isPresent();
        assertThat(again.service().status().totals()).containsKey("earned");
      }
    }
  }

  private static void checkAdmin(
      WorkerApplication application, WorkerConfiguration configuration, long job) throws Exception {
    assertThat(call(application, configuration, "GET", "/health").statusCode()).isEqualTo(200);
    assertThat(call(application, configuration, "GET", "/jobs/" + job).body())
        .contains("\"ending\":\"PAID\"");
    assertThat(call(application, configuration, "GET", "/jobs?limit=1").statusCode())
        .isEqualTo(200);
    assertThat(call(application, configuration, "GET", "/jobs?limit=0").statusCode())
        .isEqualTo(400);
    assertThat(call(application, configuration, "GET", "/jobs/999").statusCode()).isEqualTo(404);
    assertThat(call(application, configuration, "GET", "/nothing").statusCode()).isEqualTo(404);
    assertThat(call(application, configuration, "GET", "/metrics").body())
        .contains("opg_jobs_ended_total{ending=\"paid\"} 2.0");
    HttpResponse<String> unknown = send(application, "GET", "/status", "Bearer " + "0".repeat(64));
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(call(application, configuration, "POST", "/drain").statusCode()).isEqualTo(202);
    HttpResponse<String> draining = call(application, configuration, "GET", "/health");
    assertThat(draining.statusCode()).isEqualTo(503);
    assertThat(draining.body()).contains("draining");
  }

  private static HttpResponse<String> call(
      WorkerApplication application, WorkerConfiguration configuration, String method, String path)
      throws IOException, InterruptedException {
    String token = Files.readString(configuration.admin().tokenFile()).strip();
    return send(application, method, path, "Bearer " + token);
  }

  private static HttpResponse<String> send(
      WorkerApplication application, String method, String path, String authorization)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.adminPort() + path))
              .header("Authorization", authorization)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }
}
