package ai.opengradient.worker.admin;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.serve.WorkerStatus;
import ai.opengradient.worker.transactions.Attempt;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Intervention;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Stage;
import ai.opengradient.worker.transactions.StepReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What people ask and order about the worker's transactions. */
final class TransactionRoutes {

  private static final long PATIENCE_SECONDS = 60;

  private final WorkerService worker;

  TransactionRoutes(WorkerService worker) {
    this.worker = worker;
  }

  void addTo(Router router) {
    router.get("/transactions").blockingHandler(this::list, false);
    router.post("/transactions/bump").blockingHandler(this::bump, false);
    router.post("/transactions/cancel").blockingHandler(this::cancel, false);
  }

  private void list(RoutingContext call) {
    OptionalLong limit = AdminServer.limit(call);
    if (limit.isEmpty()) {
      return;
    }
    WorkerStatus status = worker.status();
    Map<EffectKey, StepReport.Reason> waiting = worker.waiting();
    JsonArray effects = new JsonArray();
    for (OutboxEntry entry : worker.transactions((int) limit.getAsLong())) {
      effects.add(describe(entry, status.block(), Optional.ofNullable(waiting.get(entry.key()))));
    }
    AdminServer.answer(
        call,
        200,
        new JsonObject()
            .put("block", status.block())
            .put("chainTime", status.chainTime())
            .put("transactions", effects));
  }

  private static JsonObject describe(
      OutboxEntry entry, long block, Optional<StepReport.Reason> reason) {
    List<Attempt> attempts = entry.stage().signed();
    JsonArray hashes = new JsonArray();
    attempts.forEach(attempt -> hashes.add(attempt.transaction().hash().toString()));
    JsonObject described =
        new JsonObject()
            .put("effect", entry.key().value())
            .put("stage", entry.stage().getClass().getSimpleName())
            .put("binds", entry.key().binds())
            .put("hashes", hashes);
    if (entry.deadline() != OutboxEntry.NO_DEADLINE) {
      described.put("deadline", entry.deadline());
    }
    if (!attempts.isEmpty()) {
      Attempt last = attempts.getLast();
      described
          .put("nonce", last.nonce())
          .put("purpose", last.purpose().name())
          .put("tip", last.fees().tip().toString())
          .put("maxFee", last.fees().maxFee().toString())
          .put("gasLimit", last.gasLimit())
          .put("signedAtBlock", last.signedAtBlock())
          .put("age", Math.max(0, block - attempts.getFirst().signedAtBlock()));
    }
    if (entry.stage() instanceof Stage.Closed closed) {
      described.put("outcome", closed.outcome().getClass().getSimpleName());
    } else {
      reason.ifPresent(why -> described.put("waits", why.getClass().getSimpleName()));
    }
    return described;
  }

  private void bump(RoutingContext call) {
    order(call, (key, cap) -> worker.bump(key, cap));
  }

  private void cancel(RoutingContext call) {
    boolean evenIfItBinds = Boolean.parseBoolean(call.request().getParam("binding", "false"));
    order(call, (key, cap) -> worker.cancel(key, evenIfItBinds, cap));
  }

  /** What is ordered about an effect, perhaps with a cap of its own, in wei. */
  @FunctionalInterface
  private interface Order {
    CompletableFuture<Intervention> of(EffectKey key, Optional<BigInteger> cap);
  }

  private static void order(RoutingContext call, Order order) {
    String effect = call.request().getParam("effect", "");
    String cap = call.request().getParam("cap", "");
    if (!cap.matches("[0-9]{0,30}")) {
      AdminServer.refuse(call, 400, "cap is a number of wei");
      return;
    }
    try {
      EffectKey key = new EffectKey(effect);
      Optional<BigInteger> wei =
          cap.isEmpty() ? Optional.empty() : Optional.of(new BigInteger(cap));
      tell(call, key, order.of(key, wei).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (IllegalArgumentException noName) {
      AdminServer.refuse(call, 404, ErrorCode.EFFECT_UNKNOWN, String.valueOf(noName.getMessage()));
    } catch (ExecutionException failure) {
      AdminServer.refuse(
          call, 503, ErrorCode.CHAIN_UNREACHABLE, String.valueOf(failure.getCause()));
    } catch (TimeoutException late) {
      AdminServer.refuse(
          call, 503, ErrorCode.CHAIN_UNREACHABLE, "the sender is busy; the order stays with it");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      AdminServer.refuse(call, 503, "the worker is stopping");
    }
  }

  private static void tell(RoutingContext call, EffectKey key, Intervention came) {
    switch (came) {
      case Intervention.Replaced replaced -> {
        Attempt attempt = replaced.attempt();
        AdminServer.answer(
            call,
            200,
            new JsonObject()
                .put("effect", key.value())
                .put("transaction", attempt.transaction().hash().toString())
                .put("nonce", attempt.nonce())
                .put("purpose", attempt.purpose().name())
                .put("tip", attempt.fees().tip().toString())
                .put("maxFee", attempt.fees().maxFee().toString()));
      }
      case Intervention.Withdrawn _ ->
          AdminServer.answer(
              call, 200, new JsonObject().put("effect", key.value()).put("purpose", "CANCEL"));
      case Intervention.Unknown _ ->
          AdminServer.refuse(call, 404, ErrorCode.EFFECT_UNKNOWN, "there is no effect " + key);
      case Intervention.NotWaiting _ ->
          AdminServer.refuse(
              call, 409, ErrorCode.EFFECT_NOT_WAITING, "no transaction of " + key + " waits");
      case Intervention.Binds _ ->
          AdminServer.refuse(call, 409, ErrorCode.MOVE_BINDS, key + " binds the worker");
      case Intervention.AboveCap above ->
          AdminServer.refuse(
              call,
              409,
              ErrorCode.BID_ABOVE_CAP,
              "a replacement for " + key + " would cost more than " + above.cap() + " wei a unit");
    }
  }
}
