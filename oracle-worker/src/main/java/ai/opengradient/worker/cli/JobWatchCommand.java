package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.config.ChainSettings;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a job to its end. */
@Command(name = "watch", description = "Follow a job until it is over, telling every change.")
final class JobWatchCommand extends Subcommand {
  /** What to wait for. */
  enum Until {
    /** An answer, provisional or final. */
    ANSWERED,
    /** The end. */
    OVER
  }

  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Option(
      names = "--until",
      defaultValue = "OVER",
      description = "answered: a provisional answer is enough; over (default).")
  private Until until = Until.OVER;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      converter = WholeNumberConverter.class,
      description = "How long to wait (${DEFAULT-VALUE}).")
  private long timeout;

  @Override
  Answer answer() throws InterruptedException {
    ChainSettings settings = opg().client().chain();
    try (ChainAccess chain = ChainAccess.open(settings)) {
      JobView job = JobView.read(chain.market(), id);
      opg().progress("Job " + id + " is " + job.sentence() + ".");
      long looks = Duration.ofSeconds(timeout).dividedBy(settings.pollInterval());
      for (long look = 0; !isDone(job) && look < looks; look++) {
        Thread.sleep(settings.pollInterval());
        JobState before = job.job().state();
        job = JobView.read(chain.market(), id);
        if (job.job().state() != before) {
          opg().progress("Job " + id + " is " + job.sentence() + ".");
        }
      }
      return outcome(job);
    }
  }

  private boolean isDone(JobView job) {
    return job.isOver() || (until == Until.ANSWERED && job.isAnswered());
  }

  private Answer outcome(JobView job) {
    if (!isDone(job)) {
      throw new OpgException(
          ErrorCode.JOB_NOT_DONE,
          "after " + timeout + " seconds job " + id + " is " + job.sentence());
    }
    if (!job.isAnswered()) {
      throw new OpgException(ErrorCode.JOB_WITHOUT_ANSWER, "job " + id + " is " + job.sentence());
    }
    return new Answer(job.fields().toMap(), job.lines());
  }
}
