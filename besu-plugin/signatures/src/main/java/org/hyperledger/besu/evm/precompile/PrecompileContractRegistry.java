package org.hyperledger.besu.evm.precompile;

import java.util.HashMap;
import java.util.Map;
import org.hyperledger.besu.datatypes.Address;
import org.jspecify.annotations.Nullable;

/** The precompiles of a fork. */
public class PrecompileContractRegistry {
  private final Map<Address, PrecompiledContract> precompiles = new HashMap<>();

  public @Nullable PrecompiledContract get(Address address) {
    return precompiles.get(address);
  }

  public void put(Address address, PrecompiledContract precompile) {
    precompiles.put(address, precompile);
  }
}
