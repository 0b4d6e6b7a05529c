package ai.opengradient.worker.court;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.engine.EngineException;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.dispute.RecordedRun;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.ProgramFiles;
import ai.opengradient.worker.serve.WrongProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Canonical runs on disk. One that is missing or broken is made anew, in the child process, its
 * tensors streamed to the file.
 */
public final class TraceStore {
  private static final int DIGITS = 16;

  private final CanonicalProcess canonical;
  private final Path folder;

  /**
   * @param folder of traces, programs and weights; made if absent
   */
  public TraceStore(CanonicalProcess canonical, Path folder) {
    this.canonical = canonical;
    this.folder = folder;
  }

  /**
   * The trace of a job.
   *
   * @throws WrongProgram if the file is not the registered program
   * @throws InferenceException if there is no canonical answer
   * @throws IOException if it can't be kept on disk
   */
  public OpenTrace open(Subject subject) throws WrongProgram, InferenceException, IOException {
    Files.createDirectories(folder);
    Optional<OpenTrace> kept = kept(subject);
    if (kept.isPresent()) {
      return kept.get();
    }
    Hash registered = subject.binding().programRoot();
    Hash lowered = canonical.trace(subject.model(), subject.inputs(), folder, file(subject.job()));
    if (!lowered.equals(registered)) {
      forget(subject.job());
      throw new WrongProgram(registered, lowered);
    }
    return read(subject);
  }

  private Optional<OpenTrace> kept(Subject subject) throws IOException {
    if (!Files.isRegularFile(file(subject.job()))) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(subject));
    } catch (EngineException | IOException broken) {
      forget(subject);
      return Optional.empty();
    }
  }

  private OpenTrace read(Subject subject) throws IOException {
    ProgramFiles.Content content = programOf(subject).read();
    TraceFile trace = TraceFile.open(file(subject.job()), content.program());
    return new OpenTrace(
        subject, RecordedRun.of(content.program(), trace, content.weights()), trace);
  }

  /** Forgets a trace that can't be opened, with its program. */
  public void forget(Subject subject) throws IOException {
    forget(subject.job());
    programOf(subject).delete();
  }

  /** Forgets the trace of a job that needs none any more. */
  public void forget(Job job) throws IOException {
    Files.deleteIfExists(file(job));
  }

  private ProgramFiles programOf(Subject subject) {
    return ProgramFiles.in(folder, subject.binding().programRoot());
  }

  /** A reorganised chain may have another job under the same number. */
  private Path file(Job job) {
    String inputs = job.inputsHash().toString();
    return folder.resolve(job.id() + "-" + inputs.substring(inputs.length() - DIGITS) + ".trace");
  }
}
