package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at all that a worker needs. */
@Command(
    name = "doctor",
    description = "Check all that the worker needs; say what is wrong and the way out of it.")
final class WorkerDoctorCommand extends Subcommand {
  @Override
  Answer answer() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.of("Java", WorkerChecks::java));
    WorkerConfiguration[] configuration = new WorkerConfiguration[1];
    findings.add(
        Finding.of(
            "configuration",
            () -> {
              configuration[0] = opg().worker();
              return configuration[0].offers().size() + " offers configured";
            }));
    if (configuration[0] != null) {
      findings.addAll(new WorkerChecks(configuration[0]).run());
    }
    boolean sound = findings.stream().allMatch(Finding::isSound);
    Table table = new Table("check", "state", "what");
    for (Finding finding : findings) {
      table.row(finding.check(), finding.isSound() ? "ok" : "FAIL", finding.detail());
    }
    List<String> lines = new ArrayList<>(table.lines());
    findings.stream()
        .filter(finding -> !finding.isSound())
        .forEach(finding -> lines.add(finding.check() + ": " + finding.wayOut()));
    if (!sound) {
      lines.add(ErrorCode.CHECKS_FAILED.id() + " " + ErrorCode.CHECKS_FAILED.title());
    }
    return new Answer(
        new Fields()
            .with("sound", sound)
            .with("checks", findings.stream().map(Finding::fields).toList())
            .toMap(),
        lines,
        sound ? ExitCode.OK : ErrorCode.CHECKS_FAILED.exit());
  }
}
