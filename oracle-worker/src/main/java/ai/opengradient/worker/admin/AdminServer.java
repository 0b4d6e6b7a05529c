package ai.opengradient.worker.admin;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.journal.JobRecord;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.RunRecord;
import ai.opengradient.worker.serve.Obligation;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.serve.WorkerStatus;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * The admin API on 127.0.0.1. Answers are JSON, apart from the metrics.
 *
 * <pre>
 *   GET  /status     {worker, block, chainTime, draining, busy, openJobs, nextObligation: {kind, job, due, seconds}, safeToStop,
 *                    troubles, nodes, totals}
 *   GET  /health     200 or 503 {live, ready, reasons}; ready is false while no new jobs are taken
 *   GET  /jobs       the newest 100, or ?limit=1..1000, newest first
 *   GET  /jobs/:id   {job, version, binding, requester, maxFee, bond, state, ending, detail, changedAt, quarantine}; 404
 *   POST /jobs/:id/retry  202: out of quarantine, and tried again if it ended without a claim; 404, 409
 *   POST /jobs/:id/quarantine?reason=R  202: run no more; 404
 *   GET  /quarantine  {jobs: [{job, version, begun, failed, reason}]}
 *   GET  /transactions         open effects, then the newest others: 100, or ?limit=1..1000
 *   POST /transactions/bump    ?effect=…, &cap=wei: a dearer transaction; 404, 409 {code, error}
 *   POST /transactions/cancel  ?effect=…, &cap=wei, &binding=true: gives an effect up; as above
 *   POST /drain      202: takes nothing new from now on, answers with the status
 *   POST /journal/backup?file=F  200 {file}: writes a whole copy of the journal; 409 if it can't
 *   GET  /metrics    Prometheus' text format
 * </pre>
 *
 * A call without the token gets 401.
 */
public final class AdminServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int USUAL_LIMIT = 100;
  private static final int GREATEST_LIMIT = 1_000;
  private static final int ACCEPTED = 202;
  private static final int CONFLICT = 409;

  private final WorkerService worker;

  @SuppressWarnings("UnusedVariable")
  private final WorkerMetrics metrics;

  private final AdminToken token;
  private final HttpServer server;

  /**
   * Listens.
   *
   * @param port 0: any free one
   */
  public AdminServer(
      Vertx vertx, int port, AdminToken token, WorkerService worker, WorkerMetrics metrics) {
    this.worker = worker;
    this.metrics = metrics;
    this.token = token;
    Router router = Router.router(vertx);
    router.route().handler(this::admit);
    // The journal is read on the way: not for an event loop.
    router.get("/status").blockingHandler(call -> answer(call, 200, status()), false);
    router.get("/health").blockingHandler(this::health, false);
    router.get("/jobs").blockingHandler(this::jobs, false);
    router.get("/jobs/:id").blockingHandler(this::job, false);
    router.post("/jobs/:id/retry").blockingHandler(call -> withJob(call, this::retry), false);
    router
        .post("/jobs/:id/quarantine")
        .blockingHandler(call -> withJob(call, job -> quarantine(call, job)), false);
    router.get("/quarantine").blockingHandler(call -> answer(call, 200, quarantined()), false);
    new TransactionRoutes(worker).addTo(router);
    router.post("/drain").blockingHandler(this::drain, false);
    router.post("/journal/backup").blockingHandler(this::backup, false);
    router
        .get("/metrics")
        .blockingHandler(
            call -> reply(call, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()),
            false);
    router.route().handler(call -> refuse(call, 404, "no such resource"));
    this.server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port))
                .requestHandler(router)
                .listen());
  }

  /** Where it listens. */
  public int port() {
    return server.actualPort();
  }

  private void admit(RoutingContext call) {
    String authorization = call.request().getHeader("Authorization");
    if (authorization != null && token.isIn(authorization)) {
      call.next();
    } else {
      refuse(call, 401, "the call does not carry the admin token");
    }
  }

  private void health(RoutingContext call) {
    WorkerStatus status = worker.status();
    boolean live = worker.isAlive();
    JsonArray reasons = new JsonArray();
    status.troubles().forEach((where, reason) -> reasons.add(where + ": " + reason));
    if (status.draining()) {
      reasons.add("draining");
    }
    if (!live) {
      reasons.add("a thread of the worker has ended: start it again");
    }
    boolean ready = reasons.isEmpty();
    answer(
        call,
        ready ? 200 : 503,
        new JsonObject().put("live", live).put("ready", ready).put("reasons", reasons));
  }

  private void drain(RoutingContext call) {
    worker.drain();
    answer(call, 202, status());
  }

  private void backup(RoutingContext call) {
    String file = call.request().getParam("file", "");
    if (!file.startsWith("/")) {
      refuse(call, 400, "file must be a whole path");
      return;
    }
    try {
      worker.backup(Path.of(file));
      answer(call, 200, new JsonObject().put("file", file));
    } catch (JournalException.Exists exists) {
      refuse(call, CONFLICT, ErrorCode.JOURNAL_EXISTS, String.valueOf(exists.getMessage()));
    } catch (JournalException failure) {
      refuse(call, CONFLICT, ErrorCode.JOURNAL_NOT_COPIED, String.valueOf(failure.getMessage()));
    }
  }

  private JsonObject status() {
    WorkerStatus status = worker.status();
    JsonObject totals = new JsonObject();
    status.totals().forEach((name, value) -> totals.put(name, value.toString()));
    return new JsonObject()
        .put("worker", status.worker().toString())
        .put("block", status.block())
        .put("chainTime", status.chainTime())
        .put("draining", status.draining())
        .put("busy", status.busy())
        .put("openJobs", new JsonObject(Map.copyOf(status.openJobs())))
        .put("nextObligation", status.next().map(next -> describe(next, status)).orElse(null))
        .put("safeToStop", status.isSafeToStop())
        .put("troubles", new JsonObject(Map.copyOf(status.troubles())))
        .put("nodes", new JsonObject(Map.copyOf(status.nodes())))
        .put("totals", totals);
  }

  private static JsonObject describe(Obligation next, WorkerStatus status) {
    return new JsonObject()
        .put("kind", next.kind().name().toLowerCase(Locale.ROOT))
        .put("job", next.job())
        .put("due", next.due())
        .put("seconds", status.secondsLeft().orElse(0L));
  }

  private void jobs(RoutingContext call) {
    OptionalLong limit = limit(call);
    if (limit.isEmpty()) {
      return;
    }
    JsonArray jobs = new JsonArray();
    worker.jobs((int) limit.getAsLong()).forEach(job -> jobs.add(describe(job)));
    reply(call, 200, "application/json", jobs.encode());
  }

  /** How many are wanted; empty if the call was refused, since it says so wrongly. */
  static OptionalLong limit(RoutingContext call) {
    OptionalLong limit = number(call.request().getParam("limit", Integer.toString(USUAL_LIMIT)));
    if (limit.isPresent() && limit.getAsLong() >= 1 && limit.getAsLong() <= GREATEST_LIMIT) {
      return limit;
    }
    refuse(call, 400, "limit must be 1 to " + GREATEST_LIMIT);
    return OptionalLong.empty();
  }

  private void job(RoutingContext call) {
    withJob(call, job -> 200);
  }

  /** Answers with the job, after something was done about it. */
  private void withJob(RoutingContext call, ToIntFunction<JobRecord> doing) {
    OptionalLong id = number(String.valueOf(call.pathParam("id")));
    if (id.isEmpty()) {
      refuse(call, 400, "a job's id is a number");
      return;
    }
    Optional<JobRecord> job = worker.job(id.getAsLong());
    if (job.isEmpty()) {
      refuse(call, 404, ErrorCode.JOB_NOT_SEEN, "this worker has not seen job " + id.getAsLong());
      return;
    }
    try {
      answer(call, doing.applyAsInt(job.get()), describe(job.get()));
    } catch (OpgException refused) {
      refuse(call, CONFLICT, refused.code(), refused.detail());
    } catch (ChainException failure) {
      refuse(call, 503, String.valueOf(failure.getMessage()));
    }
  }

  private int retry(JobRecord job) {
    boolean isAnswered =
        switch (job.state()) {
          case State.Claiming _,
              State.Checking _,
              State.Waiting _,
              State.Finalising _,
              State.Frozen _ ->
              true;
          case State.Ended(Ending ending, String _) ->
              ending != Ending.FAILED && ending != Ending.PASSED;
          case State.Drawing _,
              State.Watching _,
              State.Judging _,
              State.Bidding _,
              State.Declining _,
              State.Leasing _,
              State.Fetching _,
              State.Inferring _ ->
              false;
        };
    if (isAnswered) {
      throw new OpgException(
          ErrorCode.JOB_NOT_RETRIABLE,
          "job " + job.id() + " is " + job.state().getClass().getSimpleName());
    }
    worker.retry(job.id());
    return ACCEPTED;
  }

  private int quarantine(RoutingContext call, JobRecord job) {
    worker.quarantine(job, call.request().getParam("reason", "by its operator"));
    return ACCEPTED;
  }

  private JsonObject quarantined() {
    JsonArray jobs = new JsonArray();
    worker.quarantined().forEach(run -> jobs.add(describe(run).put("job", run.job())));
    return new JsonObject().put("jobs", jobs);
  }

  private static JsonObject describe(RunRecord run) {
    return new JsonObject()
        .put("version", run.version())
        .put("begun", run.begun())
        .put("failed", run.failed())
        .put("reason", run.reason());
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private JsonObject describe(JobRecord job) {
    JsonObject described =
        new JsonObject()
            .put("job", job.id())
            .put("version", job.version())
            .put("binding", job.binding())
            .put("requester", job.requester().toString())
            .put("maxFee", job.maxFee().toString())
            .put("bond", job.bond().toString())
            .put("state", job.state().getClass().getSimpleName())
            .put("changedAt", job.changedAt());
    if (job.state() instanceof State.Ended ended) {
      described.put("ending", ended.ending().name()).put("detail", ended.detail());
    }
    worker
        .run(job.id())
        .filter(RunRecord::quarantined)
        .ifPresent(run -> described.put("quarantine", run.reason()));
    return described;
  }

  static void refuse(RoutingContext call, int status, ErrorCode code, String error) {
    answer(call, status, new JsonObject().put("error", error).put("code", code.id()));
  }

  static void refuse(RoutingContext call, int status, String error) {
    answer(call, status, new JsonObject().put("error", error));
  }

  static void answer(RoutingContext call, int status, JsonObject body) {
    reply(call, status, "application/json", body.encode());
  }

  private static void reply(RoutingContext call, int status, String type, String body) {
    call.response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .end(body)
        .onComplete(done -> {});
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    await(server.close());
  }
}
