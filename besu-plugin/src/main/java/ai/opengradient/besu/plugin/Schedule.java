package ai.opengradient.besu.plugin;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.ethereum.mainnet.ProtocolSchedule;
import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;
import org.hyperledger.besu.evm.precompile.PrecompiledContract;
import org.hyperledger.besu.plugin.services.BlockchainService;

/**
 * The rules of all of the network's forks, which importing, building, {@code eth_call} and traces
 * share. Besu hands them to no plugin; its implementation of one service has them in a field.
 */
record Schedule(ProtocolSchedule forks) {

  /**
   * The one that this service holds.
   *
   * @throws StartRefused.UnknownRelease if it holds none, or several
   */
  static Schedule of(BlockchainService service) {
    List<Field> fields =
        Arrays.stream(service.getClass().getDeclaredFields())
            .filter(field -> ProtocolSchedule.class.isAssignableFrom(field.getType()))
            .toList();
    if (fields.size() != 1) {
      throw new StartRefused.UnknownRelease(
          fields.size() + " protocol schedules in " + service.getClass().getName());
    }
    try {
      fields.getFirst().setAccessible(true);
      if (fields.getFirst().get(service) instanceof ProtocolSchedule schedule) {
        return new Schedule(schedule);
      }
      throw new StartRefused.UnknownRelease("no protocol schedule yet when plugins start");
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (e instanceof StartRefused refused) {
        throw refused;
      }
      throw new StartRefused.UnknownRelease("a protocol schedule that can't be read", e);
    }
  }

  /**
   * Adds a precompile to every fork, or to none.
   *
   * @throws StartRefused.AddressTaken if a fork has another one there
   * @throws StartRefused.UnknownRelease if there is no fork
   */
  void add(Address address, PrecompiledContract contract) {
    Set<PrecompileContractRegistry> registries = registries();
    if (registries.isEmpty()) {
      throw new StartRefused.UnknownRelease("no fork in its protocol schedule");
    }
    for (PrecompileContractRegistry registry : registries) {
      PrecompiledContract there = registry.get(address);
      if (there != null) {
        throw new StartRefused.AddressTaken(there.getName());
      }
    }
    registries.forEach(registry -> registry.put(address, contract));
  }

  private Set<PrecompileContractRegistry> registries() {
    Set<PrecompileContractRegistry> registries = new LinkedHashSet<>();
    // The one way to see all of them: ask each whether it is the one that none is.
    boolean unused =
        forks.anyMatch(fork -> {
          registries.add(fork.spec().getPrecompileContractRegistry());
          return false;
        });
    return registries;
  }
}
