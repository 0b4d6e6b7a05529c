package ai.opengradient.worker.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the running worker's quarantine, or puts a job there. */
@Command(
    name = "quarantine",
    description = {
      "List the jobs that the running worker runs no more, or put one among them.",
      "Two jobs of a model version close the version for further ones; `opg job retry` lets a job out."
    })
final class JobQuarantineCommand extends Subcommand {
  private static final List<String> COLUMNS =
      List.of("job", "version", "begun", "failed", "reason");

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      converter = JobConverter.class,
      description = "The job to run no more; it is passed on or given up.")
  private @Nullable Long id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
  private String reason = "by its operator";

  @Override
  Answer answer() throws InterruptedException {
    AdminClient worker = new AdminClient(opg().worker().admin());
    if (id == null) {
      return list(worker.get("/quarantine"));
    }
    Map<String, Object> job =
        worker.post(
            "/jobs/"
                + id
                + "/quarantine?reason="
                + URLEncoder.encode(reason, StandardCharsets.UTF_8));
    return new Answer(job, "Job " + id + " is run no more.");
  }

  private static Answer list(Map<String, Object> quarantine) {
    Table table = new Table("job", "version", "runs", "failed", "reason");
    List<?> jobs = (List<?>) quarantine.getOrDefault("jobs", List.of());
    for (Object entry : jobs) {
      if (entry instanceof Map<?, ?> job) {
        table.row(COLUMNS.stream().map(column -> String.valueOf(job.get(column))).toArray());
      }
    }
    return new Answer(
        quarantine, jobs.isEmpty() ? List.of("No job is in quarantine.") : table.lines());
  }
}
