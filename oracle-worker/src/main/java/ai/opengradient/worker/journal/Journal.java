package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.transactions.Outbox;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The worker's journal. Any thread may call it. */
public final class Journal implements AutoCloseable {

  private static final String FILE_NAME = "journal.db";

  private final Database database;

  private Journal(Database database) {
    this.database = database;
  }

  /**
   * Opens the folder's journal, or begins it.
   *
   * @param folder of this worker alone; it must exist
   * @param identity whose journal it must be
   * @param start the cursor of a new journal
   * @throws JournalException if it can't be opened, or is of another worker or deployment
   */
  public static Journal open(
      Path folder, Identity identity, BlockReference start, CommitListener listener) {
    Path file = folder.resolve(FILE_NAME);
    Database database = Database.open(file, listener);
    Optional<Identity> kept = database.read(handle -> new IdentityTable(handle).find());
    if (kept.isPresent() && !kept.get().equals(identity)) {
      database.close();
      throw new JournalException.OfAnother(file, kept.get(), identity);
    }
    if (kept.isEmpty()) {
      database.write(
          Set.of("begun"),
          handle -> {
            new IdentityTable(handle).put(identity);
            new BlockTable(handle).append(start);
            return true;
          });
    }
    return new Journal(database);
  }

  /** Writes the change, on disk when this returns. */
  public void commit(Change change) {
    database.write(
        transitionsOf(change),
        handle -> {
          change.cursor().ifPresent(new BlockTable(handle)::append);
          JobTable jobs = new JobTable(handle);
          change.jobs().forEach(jobs::put);
          JobTensorTable tensors = new JobTensorTable(handle);
          change.inputs().forEach((job, inputs) -> tensors.put(job, Side.INPUT, inputs));
          change.outputs().forEach((job, outputs) -> tensors.put(job, Side.OUTPUT, outputs));
          change.jobs().stream()
              .filter(job -> !job.isOpen())
              .forEach(job -> tensors.drop(job.id()));
          change.totals().forEach(new TotalTable(handle)::add);
          return true;
        });
  }

  private static Set<String> transitionsOf(Change change) {
    Set<String> transitions = new TreeSet<>();
    change.cursor().ifPresent(cursor -> transitions.add("blocks"));
    for (JobRecord job : change.jobs()) {
      transitions.add("job " + job.state().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
    return transitions;
  }

  /** The ends of the ranges of blocks read last, newest first; the first is the cursor. */
  public List<BlockReference> blocks() {
    return database.read(handle -> new BlockTable(handle).recent());
  }

  /** A job, if it was ever seen. */
  public Optional<JobRecord> job(long id) {
    return database.read(handle -> new JobTable(handle).find(id));
  }

  /** All jobs with something left to do, oldest first. */
  public List<JobRecord> openJobs() {
    return database.read(handle -> new JobTable(handle).open());
  }

  /** The newest jobs, newest first. */
  public List<JobRecord> newestJobs(int limit) {
    return database.read(handle -> new JobTable(handle).newest(limit));
  }

  /** An open job's inputs; empty if they are not readable. */
  public List<JobTensor> inputs(long job) {
    return database.read(handle -> new JobTensorTable(handle).of(job, Side.INPUT));
  }

  /** An answered and still open job's outputs. */
  public List<JobTensor> outputs(long job) {
    return database.read(handle -> new JobTensorTable(handle).of(job, Side.OUTPUT));
  }

  /** Totals over the worker's life, by name. */
  public Map<String, BigInteger> totals() {
    return database.read(handle -> new TotalTable(handle).all());
  }

  /** The transactions of the worker's account. */
  public Outbox outbox() {
    return new JournalOutbox(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
