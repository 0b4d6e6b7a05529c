package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.Promise;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.Stage;
import java.math.BigInteger;
import java.nio.file.Files;
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
    return begin(SqliteDatabase.open(file, listener), file, identity, start);
  }

  /**
   * Opens the journal of whoever has the lease, or begins it.
   *
   * @param identity whose journal it must be
   * @param start the cursor of a new journal
   * @throws JournalException if it can't be opened, or is of another worker or deployment
   */
  public static Journal open(
      Lease lease, Identity identity, BlockReference start, CommitListener listener) {
    return begin(new PostgresDatabase(lease, listener), lease.place(), identity, start);
  }

  private static Journal begin(
      Database database, Object place, Identity identity, BlockReference start) {
    Optional<Identity> kept = database.read(handle -> new IdentityTable(handle).find());
    if (kept.isPresent() && !kept.get().equals(identity)) {
      database.close();
      throw new JournalException.OfAnother(place, kept.get(), identity);
    }
    if (kept.isEmpty()) {
      database.write(
          Set.of("begun"),
          handle -> {
            new IdentityTable(handle).put(identity);
            new BlockTable(handle).append(start);
            new ReconciliationTable(handle).demand();
            return true;
          });
    }
    return new Journal(database);
  }

  /** Whether the folder has a journal. */
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE_NAME));
  }

  /** Whether the database has a journal. */
  public static boolean exists(Lease lease) {
    return lease.read(handle -> new IdentityTable(handle).find()).isPresent();
  }

  /**
   * Brings a copy made by {@link #backup} into a folder without a journal. It has to be reconciled
   * with the chain, as its worker may have signed more since.
   *
   * @return whose it is
   * @throws JournalException if there is a journal already, or the file is no whole one
   */
  public static Identity restore(Path backup, Path folder) {
    return JournalCopy.restore(backup, folder.resolve(FILE_NAME));
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
          // A job that begins anew after a reorganisation is another one: its answer is, too.
          change
              .inputs()
              .forEach((job, inputs) -> {
                tensors.drop(job);
                tensors.put(job, Side.INPUT, inputs);
              });
          change.outputs().forEach((job, outputs) -> tensors.put(job, Side.OUTPUT, outputs));
          change.jobs().stream()
              .filter(job -> !job.isOpen())
              .forEach(job -> tensors.drop(job.id()));
          RunTable runs = new RunTable(handle);
          change.jobs().stream()
              .filter(job -> !(job.state() instanceof State.Inferring))
              .forEach(job -> runs.settle(job.id()));
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

  /** Keeps how a job's runs go: {@code run begun}, {@code run failed}, {@code run quarantined}. */
  public void keep(RunRecord run, String what) {
    database.write(
        Set.of("run " + what),
        handle -> {
          new RunTable(handle).put(run);
          return true;
        });
  }

  /** Lets a job out of quarantine. */
  public void release(long job) {
    database.write(
        Set.of("run released"),
        handle -> {
          new RunTable(handle).drop(job);
          return true;
        });
  }

  /** How a job's runs went, if they did not end well so far. */
  public Optional<RunRecord> run(long job) {
    return database.read(handle -> new RunTable(handle).find(job));
  }

  /** Jobs that are run no more. */
  public List<RunRecord> quarantined() {
    return database.read(handle -> new RunTable(handle).quarantined());
  }

  /** Totals over the worker's life, by name. */
  public Map<String, BigInteger> totals() {
    return database.read(handle -> new TotalTable(handle).all());
  }

  /**
   * Whether the chain may show more of the account than this journal knows: a new one, or one that
   * was restored. Until {@link #reconciled} nothing may be signed.
   */
  public boolean isToBeReconciled() {
    return database.read(handle -> new ReconciliationTable(handle).isDemanded());
  }

  /** Has the journal reconciled with the chain again before anything is signed. */
  public void demandReconciliation() {
    database.write(
        Set.of("reconciliation demanded"),
        handle -> {
          new ReconciliationTable(handle).demand();
          return true;
        });
  }

  /**
   * Takes over what the chain shows, and thereby is reconciled.
   *
   * @param claims jobs with a claim of the account
   */
  public void reconciled(List<Long> claims) {
    database.write(
        Set.of("reconciled"),
        handle -> {
          PromiseTable promises = new PromiseTable(handle);
          claims.forEach(job -> promises.keep(Promise.seenClaim(job)));
          new ReconciliationTable(handle).drop();
          return true;
        });
  }

  /** Whether a claim of the job was ever signed here, or taken over from the chain. */
  public boolean knowsClaim(long job) {
    return database.read(handle ->
        new PromiseTable(handle).about(Promise.claimOf(job)).isPresent()
            || new OutboxTable(handle)
                .find(EffectKey.of("claim", job)).stream()
                    .anyMatch(entry -> wasSent(entry.stage())));
  }

  /** Journals of earlier versions have what they sent, but no promises. */
  private static boolean wasSent(Stage stage) {
    return switch (stage) {
      case Stage.Signed _, Stage.Included _ -> true;
      case Stage.Closed(Outcome outcome, _) -> outcome instanceof Outcome.Mined;
      case Stage.Intended _ -> false;
    };
  }

  /** How many of the account's nonces, from the first to before the last, were not signed here. */
  public long unsigned(long from, long to) {
    return to - from - database.read(handle -> new NonceTable(handle).count(from, to));
  }

  /**
   * Writes a whole copy of the journal as it is now, whatever goes on meanwhile, for its owner's
   * eyes only.
   *
   * @throws JournalException.NoCopy if there is such a file, or it can't be written
   */
  public void backup(Path file) {
    switch (database) {
      case SqliteDatabase sqlite -> JournalCopy.write(sqlite, file);
      case PostgresDatabase _ ->
          throw new JournalException.NoCopy(
              file, "a journal in PostgreSQL is copied with the server's own means (pg_dump)");
    }
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
