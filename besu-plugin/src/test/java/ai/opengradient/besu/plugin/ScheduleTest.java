package ai.opengradient.besu.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.ethereum.mainnet.ProtocolSchedule;
import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;
import org.hyperledger.besu.evm.precompile.PrecompiledContract;
import org.hyperledger.besu.plugin.services.BlockchainService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Address ADDRESS = Address.fromHexString(CanonContract.ADDRESS);

  private final PrecompileContractRegistry first = new PrecompileContractRegistry();
  private final PrecompileContractRegistry second = new PrecompileContractRegistry();
  private final PrecompiledContract contract = TestContracts.named("ours");

  @Test
  void addsToEveryFork() {
    new Schedule(Forks.of(first, second)).add(ADDRESS, contract);

    assertThat(first.get(ADDRESS)).isSameAs(contract);
    assertThat(second.get(ADDRESS)).isSameAs(contract);
  }

  @Test
  void addsOnceWhereForksShareARegistry() {
    new Schedule(Forks.of(first, first)).add(ADDRESS, contract);

    assertThat(first.get(ADDRESS)).isSameAs(contract);
  }

  @Test
  void addsToNoneIfOneIsTaken() {
    second.put(ADDRESS, TestContracts.named("theirs"));

    assertThatThrownBy(() -> new Schedule(Forks.of(first, second)).add(ADDRESS, contract))
        .isInstanceOf(StartRefused.AddressTaken.class)
        .hasMessageContainingAll("theirs", CanonContract.ADDRESS);
    assertThat(first.get(ADDRESS)).isNull();
  }

  @Test
  void refusesAScheduleWithoutForks() {
    assertThatThrownBy(() -> new Schedule(Forks.of()).add(ADDRESS, contract))
        .isInstanceOf(StartRefused.UnknownRelease.class);
  }

  @Test
  void findsTheScheduleByItsType() {
    assertThat(Schedule.of(new OneSchedule(Forks.of(first))).forks()).isEqualTo(Forks.of(first));
  }

  @Test
  void refusesAServiceWithoutASchedule() {
    refuses(new NoSchedule(), "0 protocol schedules");
    refuses(new TwoSchedules(Forks.of(), Forks.of()), "2 protocol schedules");
    refuses(new OneSchedule(null), "no protocol schedule yet");
  }

  private static void refuses(BlockchainService service, String named) {
    assertThatThrownBy(() -> Schedule.of(service))
        .isInstanceOf(StartRefused.UnknownRelease.class)
        .hasMessageContaining(named);
  }

  private record OneSchedule(@Nullable ProtocolSchedule schedule) implements BlockchainService {}

  private record TwoSchedules(ProtocolSchedule one, Forks other) implements BlockchainService {}

  private record NoSchedule() implements BlockchainService {}
}
