package ai.opengradient.worker.journal;

import ai.opengradient.worker.journal.TaskEnding.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Runs for executors. */
record TaskTable(Handle handle) {

  private static final String OF_HOLDER =
      " WHERE task = :task AND holder = :holder AND outcome IS NULL";

  /** Offers the task, unless one of the job is there. */
  void offer(Task task) {
    OptionalLong number =
        first(
            handle
                .createQuery(
                    "INSERT INTO task (job, version, binding) VALUES (:job, :version, :binding)"
                        + " ON CONFLICT (job) DO NOTHING RETURNING task")
                .bind("job", task.job())
                .bind("version", task.version())
                .bind("binding", task.binding())
                .mapTo(Long.class)
                .list());
    number.ifPresent(fresh -> new TaskTensorTable(handle).put(fresh, Side.INPUT, task.inputs()));
  }

  private static OptionalLong first(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).findFirst();
  }

  /** Gives the oldest task that nobody runs to the holder; no two ever get the same. */
  Optional<TakenTask> take(String holder, double seconds) {
    return handle
        .createQuery(
            "UPDATE task SET holder = :holder, held_until = "
                + LeaseTable.FROM_NOW
                + " WHERE task = (SELECT task FROM task WHERE holder IS NULL AND outcome IS NULL"
                + " ORDER BY task LIMIT 1 FOR UPDATE SKIP LOCKED)"
                + " RETURNING task, job, version, binding")
        .bind("holder", holder)
        .bind("seconds", seconds)
        .map((row, context) ->
            new TakenTask(
                row.getLong("task"),
                new Task(
                    row.getLong("job"), row.getLong("version"), row.getInt("binding"), List.of())))
        .findOne()
        .map(this::withInputs);
  }

  private TakenTask withInputs(TakenTask taken) {
    Task task = taken.task();
    return new TakenTask(
        taken.number(),
        new Task(
            task.job(),
            task.version(),
            task.binding(),
            new TaskTensorTable(handle).of(taken.number(), Side.INPUT)));
  }

  /** Whether the holder still has the task, which then is its for longer. */
  boolean keep(long number, String holder, double seconds) {
    return handle
            .createUpdate("UPDATE task SET held_until = " + LeaseTable.FROM_NOW + OF_HOLDER)
            .bind("seconds", seconds)
            .bind("task", number)
            .bind("holder", holder)
            .execute()
        > 0;
  }

  /** Lets others have the task. */
  void giveBack(long number, String holder) {
    handle
        .createUpdate("UPDATE task SET holder = NULL, held_until = NULL" + OF_HOLDER)
        .bind("task", number)
        .bind("holder", holder)
        .execute();
  }

  /** Whether the holder still had the task, whose outcome then is this. */
  boolean finish(long number, String holder, Outcome outcome) {
    boolean had =
        handle
                .createUpdate("UPDATE task SET outcome = :outcome, detail = :detail" + OF_HOLDER)
                .bind("outcome", column(outcome))
                .bind("detail", detail(outcome).replace('\0', ' '))
                .bind("task", number)
                .bind("holder", holder)
                .execute()
            > 0;
    if (had && outcome instanceof TaskEnding.Answered answered) {
      new TaskTensorTable(handle).put(number, Side.OUTPUT, answered.outputs());
    }
    return had;
  }

  private static String column(Outcome outcome) {
    return switch (outcome) {
      case TaskEnding.Answered _ -> "answered";
      case TaskEnding.Failed _ -> "failed";
      case TaskEnding.Harmed _ -> "harmed";
    };
  }

  private static String detail(Outcome outcome) {
    return switch (outcome) {
      case TaskEnding.Answered answered -> answered.engine();
      case TaskEnding.Failed failed -> failed.reason();
      case TaskEnding.Harmed harmed -> harmed.reason();
    };
  }

  /** Removes what has ended of these jobs' tasks, and says how. */
  Map<Long, TaskEnding> collect(Collection<Long> jobs) {
    Map<Long, TaskEnding> endings = new HashMap<>();
    handle
        .createQuery(
            "SELECT task, job, outcome, detail FROM task WHERE job IN (<jobs>)"
                + " AND outcome IS NOT NULL")
        .bindList("jobs", List.copyOf(jobs))
        .map(this::ended)
        .forEach(ended -> endings.put(ended.job(), ended.ending()));
    if (!endings.isEmpty()) {
      handle
          .createUpdate("DELETE FROM task WHERE job IN (<jobs>)")
          .bindList("jobs", List.copyOf(endings.keySet()))
          .execute();
    }
    handle
        .createQuery(
            "DELETE FROM task WHERE outcome IS NULL AND held_until < clock_timestamp()"
                + " RETURNING job, holder")
        .map((row, context) ->
            new Ended(row.getLong("job"), new TaskEnding.Lost(row.getString("holder"))))
        .forEach(ended -> endings.put(ended.job(), ended.ending()));
    handle
        .createQuery(
            "DELETE FROM task WHERE job IN (SELECT job FROM job WHERE open = 0) RETURNING job")
        .mapTo(Long.class)
        .forEach(job -> endings.put(job, new TaskEnding.Dropped()));
    return endings;
  }

  private record Ended(long job, TaskEnding ending) {}

  private Ended ended(ResultSet row, StatementContext context) throws SQLException {
    String detail = row.getString("detail");
    return new Ended(
        row.getLong("job"),
        switch (row.getString("outcome")) {
          case "answered" ->
              new TaskEnding.Answered(
                  new TaskTensorTable(handle).of(row.getLong("task"), Side.OUTPUT), detail);
          case "failed" -> new TaskEnding.Failed(detail);
          default -> new TaskEnding.Harmed(detail);
        });
  }
}
