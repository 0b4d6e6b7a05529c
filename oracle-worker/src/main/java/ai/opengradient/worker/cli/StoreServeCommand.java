package ai.opengradient.worker.cli;

import ai.opengradient.store.retention.StoreLimit;
import ai.opengradient.store.server.StoreServer;
import ai.opengradient.worker.config.StoreSettings;
import ai.opengradient.worker.telemetry.WallClock;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Serves the local store on loopback until the process is stopped. */
@Command(
    name = "serve",
    description = "Serve the local store on loopback, as a trustless gateway and as a Kubo RPC.")
final class StoreServeCommand extends Subcommand {
  @Override
  Answer answer() throws InterruptedException {
    StoreSettings settings = opg().store();
    Vertx vertx = Vertx.vertx();
    StoreServer server =
        StoreServer.start(
            vertx,
            settings.directory(),
            new StoreLimit(settings.cache(), WallClock.instants()),
            new StoreServer.Options(settings.gatewayPort(), settings.rpcPort(), settings.cache()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close the store"));
    opg()
        .print(
            new Answer(
                new Fields()
                    .with("gateway", server.gateway())
                    .with("rpc", server.rpc())
                    .with("directory", settings.directory())
                    .toMap(),
                List.of(
                    "Gateway  " + server.gateway(),
                    "Kubo RPC " + server.rpc(),
                    "Stop with Ctrl-C.")));
    new CountDownLatch(1).await();
    throw new IllegalStateException("the process ends by a signal");
  }
}
