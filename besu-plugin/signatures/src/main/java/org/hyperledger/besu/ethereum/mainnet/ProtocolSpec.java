package org.hyperledger.besu.ethereum.mainnet;

import org.hyperledger.besu.evm.precompile.PrecompileContractRegistry;

/** The rules of a fork. The constructor is for tests: it is not Besu's. */
public class ProtocolSpec {
  private final PrecompileContractRegistry precompiles;

  public ProtocolSpec(PrecompileContractRegistry precompiles) {
    this.precompiles = precompiles;
  }

  public PrecompileContractRegistry getPrecompileContractRegistry() {
    return precompiles;
  }
}
