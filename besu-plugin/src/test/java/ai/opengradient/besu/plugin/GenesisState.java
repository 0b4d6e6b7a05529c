package ai.opengradient.besu.plugin;

import java.util.Map;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.units.bigints.UInt256;
import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.evm.account.Account;
import org.hyperledger.besu.evm.worldstate.WorldView;
import org.jspecify.annotations.Nullable;

/** A state in which the canon's account has this code and these slots, and nobody else is there. */
record GenesisState(String code, Map<Integer, UInt256> slots) implements WorldView {
  static final UInt256 VERSION = UInt256.ONE;

  /** As a network's genesis file has to have it. */
  static GenesisState activeFrom(long block) {
    return new GenesisState("0xfe", Map.of(0, UInt256.valueOf(block), 1, VERSION));
  }

  @Override
  public @Nullable Account get(Address address) {
    if (!address.equals(Address.fromHexString(CanonContract.ADDRESS))) {
      return null;
    }
    return new Account() {
      @Override
      public Bytes getCode() {
        return Bytes.fromHexString(code);
      }

      @Override
      public UInt256 getStorageValue(UInt256 key) {
        return slots.getOrDefault(key.toInt(), UInt256.ZERO);
      }
    };
  }
}
