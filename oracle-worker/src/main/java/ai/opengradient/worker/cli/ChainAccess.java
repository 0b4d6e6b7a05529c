package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelCalls;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.Quote;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.chain.WorkerCalls;
import ai.opengradient.worker.chain.WorkerReader;
import ai.opengradient.worker.config.ChainSettings;
import ai.opengradient.worker.telemetry.SystemRunningTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The chain with the contracts of one deployment, checked to be the right one. */
record ChainAccess(ChainClient node, Deployment deployment) implements AutoCloseable {

  /** Opens the configured chain; fails if it is another one than the deployment's. */
  static ChainAccess open(ChainSettings settings) {
    Deployment deployment = Deployment.read(settings.deployment());
    ChainAccess chain = new ChainAccess(client(settings.rpc(), deployment), deployment);
    try {
      deployment.check(chain.node);
    } catch (ChainException wrong) {
      chain.close();
      throw wrong;
    }
    return chain;
  }

  /** A node that people wait for: it is asked less patiently than a worker would. */
  private static ChainClient client(List<URI> rpc, Deployment deployment) {
    return ChainClient.of(
        rpc.stream()
            .map(url ->
                new Endpoint(
                    url, Duration.ofSeconds(20), 3, Duration.ofMillis(250), Duration.ofSeconds(1)))
            .toList(),
        deployment,
        Thread::sleep,
        new SystemRunningTime(),
        task -> Thread.ofVirtual().start(task));
  }

  ModelReader models() {
    return new ModelReader(node, deployment);
  }

  WorkerReader workers() {
    return new WorkerReader(node, deployment);
  }

  MarketReader market() {
    return new MarketReader(node, deployment);
  }

  CourtReader court() {
    return new CourtReader(node, deployment);
  }

  TokenReader token() {
    return new TokenReader(node, deployment);
  }

  ModelCalls modelCalls() {
    return new ModelCalls(deployment);
  }

  WorkerCalls workerCalls() {
    return new WorkerCalls(deployment);
  }

  MarketCalls marketCalls() {
    return new MarketCalls(deployment);
  }

  TokenCalls tokenCalls() {
    return new TokenCalls(deployment);
  }

  /** What a request costs now; empty if no worker offers the version with this bond. */
  Optional<Quote> quote(long version, Amount bond) {
    try {
      return Optional.of(market().quote(version, bond)).filter(quote -> quote.offers() > 0);
    } catch (ChainException.CallRefused refused) {
      if (refused.error().name().equals("NoOffers")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
