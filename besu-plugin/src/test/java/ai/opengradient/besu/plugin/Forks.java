package ai.opengradient.besu.plugin;

import java.util.List;
import java.util.function.Predicate;
import org.hyperledger.besu.ethereum.mainnet.ProtocolSchedule;
import org.hyperledger.besu.ethereum.mainnet.ProtocolSpec;
import org.hyperledger.besu.ethereum.mainnet.ScheduledProtocolSpec;
import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;

/** A schedule of forks with these registries. */
record Forks(List<PrecompileContractRegistry> registries) implements ProtocolSchedule {
  static Forks of(PrecompileContractRegistry... registries) {
    return new Forks(List.of(registries));
  }

  @Override
  public boolean anyMatch(Predicate<ScheduledProtocolSpec> predicate) {
    return registries.stream()
        .anyMatch(registry -> predicate.test(() -> new ProtocolSpec(registry)));
  }
}
