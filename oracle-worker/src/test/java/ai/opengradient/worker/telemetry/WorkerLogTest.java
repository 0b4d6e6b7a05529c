package ai.opengradient.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.fetch.SourceShare;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Each outcome is one line for people and one object for programs. */
final class WorkerLogTest {

  private static final Address WORKER = new Address("0x" + "ab".repeat(20));
  private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);

  private final Logger logger = (Logger) LoggerFactory.getLogger("opg.worker");
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private final WorkerLog log = new WorkerLog();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    heard.start();
    logger.addAppender(heard);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(heard);
  }

  /** Every line that there is, by its event. */
  private Map<String, Runnable> lines() {
    Map<String, Runnable> lines = new LinkedHashMap<>();
    lines.put("started", () -> log.started(WORKER, 3, 8_600));
    lines.put("stopped", () -> log.stopped(2));
    lines.put("draining", () -> log.draining(1));
    lines.put("job-taken", () -> log.jobTaken(7, 2));
    lines.put("job-declined", () -> log.jobDeclined(7, "draining"));
    lines.put("job-passed", () -> log.jobPassed(7, "draining"));
    lines.put("job-answered", () -> log.jobAnswered(7, 0.25, "ONNX Runtime"));
    lines.put("job-claimed", () -> log.jobClaimed(7));
    lines.put("job-paid", () -> log.jobPaid(7, Amount.parse("1.5")));
    lines.put("job-late", () -> log.jobLate(7, "1789"));
    lines.put("job-failed", () -> log.jobFailed(7, "out of memory"));
    lines.put("job-refuted", () -> log.jobRefuted(7));
    lines.put("job-expired", () -> log.jobExpired(7));
    lines.put("send-failed", () -> log.sendFailed(7, "TooLate(job 7)"));
    lines.put("job-quarantined", () -> log.jobQuarantined(7, "two runs killed their process"));
    lines.put("run-failed", () -> log.runFailed(7, "out of memory"));
    lines.put("model-coming", () -> log.modelComing(4, 1_000, 2_000));
    lines.put(
        "model-fetched",
        () ->
            log.modelFetched(
                4,
                2_000,
                500,
                List.of(new SourceShare("http://127.0.0.1:8080", 2, 1_500, 0, 1, 0, false))));
    lines.put("trouble", () -> log.troubleBegan("chain", "unreachable"));
    lines.put("trouble-over", () -> log.troubleEnded("chain"));
    lines.put("halted", () -> log.halted("key", "somebody else signs with it"));
    lines.put("withheld", () -> log.withheld(3));
    lines.put("reorganised", () -> log.reorganised(12, HASH));
    lines.put("defect", () -> log.defect("a job", new IllegalStateException("odd")));
    return lines;
  }

  @Test
  void every_line_of_the_log_is_in_this_test() {
    assertThat(
            Arrays.stream(WorkerLog.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())))
        .hasSameSizeAs(lines().entrySet());
  }

  @Test
  void every_outcome_is_one_line_with_its_event_and_its_job() {
    lines()
        .forEach((event, line) -> {
          heard.list.clear();
          line.run();
          assertThat(heard.list).as(event).hasSize(1);
          ILoggingEvent told = heard.list.getFirst();
          assertThat(told.getFormattedMessage()).as(event).isNotBlank().doesNotContain("\n", "{}");
          assertThat(fields(told)).as(event).containsEntry("event", event);
          if (event.startsWith("job-") || event.equals("send-failed")) {
            assertThat(told.getFormattedMessage()).startsWith("Job 7");
            assertThat(fields(told)).containsEntry("job", 7L);
          }
        });
  }

  @Test
  void the_lines_say_who_and_why() {
    log.jobPaid(7, Amount.parse("1.5"));
    log.jobDeclined(8, "pays 0.9, wanted 1");
    log.troubleBegan("chain", "nobody answers");
    assertThat(heard.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Job 7: paid, earned 1.5 OPG",
            "Job 8: declined, pays 0.9, wanted 1",
            "In trouble, taking no jobs: chain: nobody answers");
  }

  @Test
  void the_workers_file_holds_one_json_object_a_line() throws IOException, JoranException {
    lines().values().forEach(Runnable::run);
    List<JsonNode> written = asTheWorkerWrites(heard.list);
    assertThat(written)
        .extracting(line -> line.path("event").asText())
        .containsExactlyElementsOf(lines().keySet());
    assertThat(written)
        .allSatisfy(line ->
            assertThat(line.fieldNames()).toIterable().contains("@timestamp", "level", "message"));
    JsonNode paid = written.get(8);
    assertThat(paid.get("job").asLong()).isEqualTo(7);
    assertThat(paid.get("earned").asText()).isEqualTo("1.5");
    assertThat(written.getLast().get("stack_trace").asText()).contains("odd");
  }

  /** What a running worker's own appenders make of it. */
  private List<JsonNode> asTheWorkerWrites(List<ILoggingEvent> events)
      throws IOException, JoranException {
    Path file = folder.resolve("worker.log");
    LoggerContext context = new LoggerContext();
    context.putProperty("opg.log", file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(
            WorkerLog.class.getResource("/ai/opengradient/worker/cli/worker-logback.xml")));
    events.forEach(context.getLogger("opg.worker")::callAppenders);
    context.stop();
    return parse(Files.readAllLines(file));
  }

  private static List<JsonNode> parse(List<String> lines) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> parsed = new ArrayList<>();
    for (String line : lines) {
      parsed.add(json.readTree(line));
    }
    return parsed;
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
    return fields;
  }
}
