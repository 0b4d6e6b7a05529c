package ai.opengradient.besu.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.tuweni.units.bigints.UInt256;
import org.hyperledger.besu.evm.worldstate.WorldView;
import org.junit.jupiter.api.Test;

class NetworkRulesTest {
  @Test
  void readsTheActivationBlock() {
    assertThat(NetworkRules.read(GenesisState.activeFrom(0)).activationBlock()).isZero();
    assertThat(NetworkRules.read(GenesisState.activeFrom(7)).activationBlock()).isEqualTo(7);
  }

  @Test
  void refusesANetworkWithoutTheAccount() {
    refuses(address -> null, StartRefused.NotInGenesis.class, "no account", "genesis file");
  }

  @Test
  void refusesOtherCode() {
    refuses(
        new GenesisState("0x6000", Map.of(1, GenesisState.VERSION)),
        StartRefused.NotInGenesis.class,
        "0x6000",
        "0xfe");
    refuses(
        new GenesisState("0x", Map.of(1, GenesisState.VERSION)),
        StartRefused.NotInGenesis.class,
        "0xfe");
  }

  @Test
  void refusesAMissingVersion() {
    refuses(
        new GenesisState("0xfe", Map.of(0, UInt256.valueOf(5))),
        StartRefused.NotInGenesis.class,
        "slot 1");
  }

  @Test
  void refusesAnotherVersion() {
    refuses(
        new GenesisState("0xfe", Map.of(1, UInt256.valueOf(2))),
        StartRefused.OtherVersion.class,
        "version 2",
        "version 1");
    refuses(
        new GenesisState("0xfe", Map.of(1, UInt256.MAX_VALUE)),
        StartRefused.OtherVersion.class,
        UInt256.MAX_VALUE.toBigInteger().toString());
  }

  @Test
  void refusesABlockThatNoChainReaches() {
    refuses(
        new GenesisState("0xfe", Map.of(0, UInt256.MAX_VALUE, 1, GenesisState.VERSION)),
        StartRefused.NoActivationBlock.class,
        "activation block");
  }

  private static void refuses(
      WorldView state, Class<? extends StartRefused> cause, String... named) {
    assertThatThrownBy(() -> NetworkRules.read(state))
        .isInstanceOf(cause)
        .hasMessageContainingAll(named);
  }
}
