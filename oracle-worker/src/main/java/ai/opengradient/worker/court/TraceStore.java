package ai.opengradient.worker.court;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.engine.EngineException;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.dispute.RecordedRun;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.ProgramFiles;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.serve.WrongProgram;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Canonical runs on disk. One that is missing or broken is made anew, in the child process, its
 * tensors streamed to a file that gets its name when it is complete.
 *
 * <p>Its commits are {@code trace made} and {@code trace forgotten}.
 */
public final class TraceStore {
  /** Begins the names of files that are being written. */
  public static final String UNFINISHED = ProgramFiles.UNFINISHED;

  private static final int DIGITS = 16;

  private final CanonicalProcess canonical;
  private final Path folder;
  private final CommitListener listener;
  private final AtomicLong runs = new AtomicLong();
  private boolean isTidy;

  /**
   * @param folder of traces, programs and weights, for this store alone; made if absent
   */
  public TraceStore(CanonicalProcess canonical, Path folder, CommitListener listener) {
    this.canonical = canonical;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * The trace of a job.
   *
   * @throws WrongProgram if the file is not the registered program
   * @throws InferenceException if there is no canonical answer
   * @throws IOException if it can't be kept on disk
   */
  public OpenTrace open(Subject subject) throws WrongProgram, InferenceException, IOException {
    tidy();
    Optional<OpenTrace> kept = kept(subject);
    if (kept.isPresent()) {
      return kept.get();
    }
    make(subject);
    return read(subject);
  }

  /** Deletes what a process left unfinished that was killed. */
  private synchronized void tidy() throws IOException {
    if (isTidy) {
      return;
    }
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    isTidy = true;
  }

  private void make(Subject subject) throws WrongProgram, InferenceException, IOException {
    // A child that outlives its killed parent for a moment writes to another file.
    Path unfinished =
        folder.resolve(UNFINISHED + ProcessHandle.current().pid() + "-" + runs.incrementAndGet());
    try {
      Hash registered = subject.binding().programRoot();
      Hash lowered = canonical.trace(subject.model(), subject.inputs(), folder, unfinished);
      if (!lowered.equals(registered)) {
        throw new WrongProgram(registered, lowered);
      }
      Set<String> made = Set.of("trace made");
      listener.committing(made);
      Files.move(unfinished, file(subject.job()), StandardCopyOption.ATOMIC_MOVE);
      listener.committed(made);
    } finally {
      Files.deleteIfExists(unfinished);
    }
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

  /** Forgets the trace of a job that needs none any more, if there is one. */
  public void forget(Job job) throws IOException {
    if (Files.exists(file(job))) {
      Set<String> forgotten = Set.of("trace forgotten");
      listener.committing(forgotten);
      Files.deleteIfExists(file(job));
      listener.committed(forgotten);
    }
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
