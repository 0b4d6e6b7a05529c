package ai.opengradient.store.http;

import io.vertx.core.Handler;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Lets only this machine's programs in. A web page that a browser here has open could call loopback
 * too: it betrays itself by an {@code Origin}, or by a host name that was made to point here.
 */
public final class LoopbackOnly implements Handler<RoutingContext> {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  @Override
  public void handle(RoutingContext context) {
    HostAndPort authority = context.request().authority();
    boolean local = authority != null && HOSTS.contains(authority.host());
    if (!local || context.request().getHeader("Origin") != null) {
      context.response().setStatusCode(403).end("only programs on this machine may call this\n");
      return;
    }
    context.next();
  }
}
