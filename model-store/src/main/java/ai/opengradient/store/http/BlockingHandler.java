package ai.opengradient.store.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Runs a route's work on a virtual thread of its own, where it may wait for disks and other calls.
 */
public final class BlockingHandler implements Handler<RoutingContext> {
  private final Handler<RoutingContext> work;

  public BlockingHandler(Handler<RoutingContext> work) {
    this.work = work;
  }

  @Override
  public void handle(RoutingContext context) {
    Thread.ofVirtual()
        .name("store-request")
        .start(() -> {
          try {
            work.handle(context);
          } catch (RuntimeException e) {
            context.fail(e);
          }
        });
  }
}
