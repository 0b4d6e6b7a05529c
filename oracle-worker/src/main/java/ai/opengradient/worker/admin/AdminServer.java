package ai.opengradient.worker.admin;

import ai.opengradient.worker.job.State;
import ai.opengradient.worker.journal.JobRecord;
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
import java.util.Map;
import java.util.OptionalLong;

/**
 * The admin API on 127.0.0.1. Answers are JSON, apart from the metrics.
 *
 * <pre>
 *   GET  /status     {worker, block, chainTime, draining, busy, openJobs, troubles, totals}
 *   GET  /health     200 or 503 {live, ready, reasons}; ready is false while no new jobs are taken
 *   GET  /jobs       the newest 100, or ?limit=1..1000, newest first
 *   GET  /jobs/:id   {job, version, binding, requester, maxFee, bond, state, ending, detail, changedAt}; 404
 *   POST /drain      202: takes nothing new from now on, answers with the status
 *   GET  /metrics    Prometheus' text format
 * </pre>
 *
 * A call without the token gets 401.
 */
public final class AdminServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int USUAL_LIMIT = 100;
  private static final int GREATEST_LIMIT = 1_000;

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
    router.post("/drain").blockingHandler(this::drain, false);
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
        .put("troubles", new JsonObject(Map.copyOf(status.troubles())))
        .put("totals", totals);
  }

  private void jobs(RoutingContext call) {
    String asked = call.request().getParam("limit", Integer.toString(USUAL_LIMIT));
    OptionalLong limit = number(asked);
    if (limit.isEmpty() || limit.getAsLong() < 1 || limit.getAsLong() > GREATEST_LIMIT) {
      refuse(call, 400, "limit must be 1 to " + GREATEST_LIMIT);
      return;
    }
    JsonArray jobs = new JsonArray();
    worker.jobs((int) limit.getAsLong()).forEach(job -> jobs.add(describe(job)));
    reply(call, 200, "application/json", jobs.encode());
  }

  private void job(RoutingContext call) {
    OptionalLong id = number(String.valueOf(call.pathParam("id")));
    if (id.isEmpty()) {
      refuse(call, 400, "a job's id is a number");
      return;
    }
    worker
        .job(id.getAsLong())
        .ifPresentOrElse(
            job -> answer(call, 200, describe(job)),
            () -> refuse(call, 404, "this worker has not seen job " + id.getAsLong()));
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static JsonObject describe(JobRecord job) {
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
    return described;
  }

  private static void refuse(RoutingContext call, int status, String error) {
    answer(call, status, new JsonObject().put("error", error));
  }

  private static void answer(RoutingContext call, int status, JsonObject body) {
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
