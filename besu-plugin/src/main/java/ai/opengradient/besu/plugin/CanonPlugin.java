package ai.opengradient.besu.plugin;

import ai.opengradient.besu.precompile.CanonPrecompile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.plugin.BesuPlugin;
import org.hyperledger.besu.plugin.ServiceManager;
import org.hyperledger.besu.plugin.services.BesuService;
import org.hyperledger.besu.plugin.services.BlockchainService;
import org.hyperledger.besu.plugin.services.MetricsSystem;
import org.hyperledger.besu.plugin.services.WorldStateService;
import org.hyperledger.besu.plugin.services.metrics.MetricCategoryRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the canon a precompile of this node, before it follows the network. Where that can't be
 * done as the network's rules say, the node stops.
 */
public final class CanonPlugin implements BesuPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(CanonPlugin.class);

  private @Nullable ServiceManager services;

  /** For Besu, which finds plugins by their name. */
  public CanonPlugin() {}

  @Override
  public void register(ServiceManager context) {
    services = context;
    context
        .getService(MetricCategoryRegistry.class)
        .ifPresent(registry -> registry.addMetricCategory(CallCount.CATEGORY));
  }

  /**
   * Registers the precompile.
   *
   * @throws IllegalStateException if the node must not run; the cause says why, and so does the log
   */
  @Override
  public void start() {
    try {
      add();
    } catch (StartRefused refused) {
      throw stopping(refused);
    } catch (LinkageError missing) {
      throw stopping(new StartRefused.UnknownRelease("no " + missing.getMessage(), missing));
    }
  }

  private static IllegalStateException stopping(StartRefused refused) {
    LOG.error("OPG canon: this node must not run: {}", refused.getMessage());
    return new IllegalStateException(refused.getMessage(), refused);
  }

  @Override
  public void stop() {}

  private void add() {
    refuseSeveral(places());
    KnownAnswers.packaged().check(CanonPrecompile::run);
    NetworkRules rules = NetworkRules.read(service(WorldStateService.class).getWorldView());
    CallCount count = new CallCount();
    CanonContract contract = new CanonContract(rules, CanonPrecompile::run, count);
    Schedule.of(service(BlockchainService.class))
        .add(Address.fromHexString(CanonContract.ADDRESS), contract);
    count.publish(service(MetricsSystem.class), rules);
    LOG.info("OPG canon: {} at {}", contract.getName(), CanonContract.ADDRESS);
  }

  private <T extends BesuService> T service(Class<T> type) {
    if (services == null) {
      throw new StartRefused.UnknownRelease("another order of starting plugins");
    }
    return services
        .getService(type)
        .orElseThrow(() -> new StartRefused.UnknownRelease("no " + type.getSimpleName()));
  }

  /** Refuses to be one of several copies: which one of them Besu took would be left to chance. */
  static void refuseSeveral(List<URL> places) {
    if (places.size() > 1) {
      throw new StartRefused.SeveralPlugins(places);
    }
  }

  private static List<URL> places() {
    String file = CanonPlugin.class.getName().replace('.', '/') + ".class";
    try {
      return Collections.list(CanonPlugin.class.getClassLoader().getResources(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
