package ai.opengradient.besu.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.besu.precompile.Outcome;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.ethereum.mainnet.ProtocolSchedule;
import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;
import org.hyperledger.besu.evm.precompile.PrecompiledContract;
import org.hyperledger.besu.plugin.ServiceManager;
import org.hyperledger.besu.plugin.services.BesuService;
import org.hyperledger.besu.plugin.services.BlockchainService;
import org.hyperledger.besu.plugin.services.MetricsSystem;
import org.hyperledger.besu.plugin.services.WorldStateService;
import org.hyperledger.besu.plugin.services.metrics.MetricCategory;
import org.hyperledger.besu.plugin.services.metrics.MetricCategoryRegistry;
import org.junit.jupiter.api.Test;

class CanonPluginTest {
  private static final Address ADDRESS = Address.fromHexString(CanonContract.ADDRESS);

  private final PrecompileContractRegistry registry = new PrecompileContractRegistry();
  private final List<String> metrics = new ArrayList<>();
  private final Map<Class<?>, BesuService> services = new HashMap<>();
  private final CanonPlugin plugin = new CanonPlugin();

  CanonPluginTest() {
    services.put(BlockchainService.class, new Chain(Forks.of(registry)));
    offer(GenesisState.activeFrom(9));
    services.put(MetricsSystem.class, new NamedMetrics(metrics));
    services.put(MetricCategoryRegistry.class, new Categories(metrics));
  }

  @Test
  void addsThePrecompile() {
    start();

    assertThat(registry.get(ADDRESS))
        .extracting(PrecompiledContract::getName)
        .isEqualTo("OPG_CANON_V1_FROM_9");
    assertThat(metrics)
        .containsExactly(
            "opg",
            "besu_opg_canon_returned",
            "besu_opg_canon_reverted",
            "besu_opg_canon_activation_block");
  }

  @Test
  void stopsTheNodeWithTheReason() {
    offer(new GenesisState("0xfe", Map.of()));

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("spec version")
        .hasCauseInstanceOf(StartRefused.NotInGenesis.class);
    assertThat(registry.get(ADDRESS)).isNull();
  }

  @Test
  void stopsTheNodeWhereAServiceIsMissing() {
    services.remove(WorldStateService.class);

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("WorldStateService")
        .hasCauseInstanceOf(StartRefused.UnknownRelease.class);
  }

  @Test
  void stopsTheNodeWhereSomethingOfBesuIsMissing() {
    services.put(
        WorldStateService.class,
        (WorldStateService)
            () -> {
              throw new NoSuchMethodError("a method of another release");
            });

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a method of another release")
        .hasCauseInstanceOf(StartRefused.UnknownRelease.class);
  }

  @Test
  void stopsTheNodeOnASecondStart() {
    start();

    assertThatThrownBy(plugin::start).hasCauseInstanceOf(StartRefused.AddressTaken.class);
  }

  @Test
  void refusesToBeInstalledTwice() throws Exception {
    URL one = URI.create("file:/plugins/one.jar").toURL();
    URL other = URI.create("file:/plugins/other.jar").toURL();

    CanonPlugin.refuseSeveral(List.of(one));
    assertThatThrownBy(() -> CanonPlugin.refuseSeveral(List.of(one, other)))
        .isInstanceOf(StartRefused.SeveralPlugins.class)
        .hasMessageContainingAll("one.jar", "other.jar");
  }

  @Test
  void knowsAnswersToEveryFunctionThatComputes() {
    assertThat(KnownAnswers.packaged().answers())
        .extracting(KnownAnswers.KnownAnswer::question)
        .anyMatch(question -> question.startsWith("specVersion"))
        .anyMatch(question -> question.startsWith("describe"))
        .anyMatch(question -> question.startsWith("step"))
        .anyMatch(question -> question.startsWith("accumulate"))
        .anyMatch(question -> question.startsWith("within"))
        .anyMatch(question -> question.startsWith("rootOf("))
        .anyMatch(question -> question.startsWith("rootOfLeaves"));
  }

  @Test
  void refusesAWrongAnswer() {
    KnownAnswers known = KnownAnswers.parse("# a remark\nthe question\t01\t02\n");

    known.check(call -> new Outcome(true, new byte[] {2}));
    assertThatThrownBy(() -> known.check(call -> new Outcome(true, new byte[] {3})))
        .isInstanceOf(StartRefused.WrongAnswer.class)
        .hasMessageContaining("the question");
    assertThatThrownBy(() -> known.check(call -> new Outcome(false, new byte[] {2})))
        .isInstanceOf(StartRefused.WrongAnswer.class);
  }

  private void offer(GenesisState state) {
    services.put(WorldStateService.class, (WorldStateService) () -> state);
  }

  private void start() {
    plugin.register(
        new ServiceManager() {
          @Override
          public <T extends BesuService> Optional<T> getService(Class<T> type) {
            return Optional.ofNullable(services.get(type)).map(type::cast);
          }
        });
    plugin.start();
  }

  private record Chain(ProtocolSchedule schedule) implements BlockchainService {}

  private record NamedMetrics(List<String> names) implements MetricsSystem {
    @Override
    public void createCounter(
        MetricCategory category, String name, String help, DoubleSupplier value) {
      names.add(fullName(category, name));
    }

    @Override
    public void createLongGauge(
        MetricCategory category, String name, String help, LongSupplier value) {
      names.add(fullName(category, name));
    }
  }

  /** As Besu puts it together. */
  private static String fullName(MetricCategory category, String name) {
    return category.getApplicationPrefix().orElse("") + category.getName() + "_" + name;
  }

  private record Categories(List<String> names) implements MetricCategoryRegistry {
    @Override
    public void addMetricCategory(MetricCategory category) {
      names.add(category.getName());
    }

    @Override
    public boolean isMetricCategoryEnabled(MetricCategory category) {
      return true;
    }
  }
}
