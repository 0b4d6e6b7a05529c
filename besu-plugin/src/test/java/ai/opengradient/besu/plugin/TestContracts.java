package ai.opengradient.besu.plugin;

import org.apache.tuweni.bytes.Bytes;
import org.hyperledger.besu.evm.frame.MessageFrame;
import org.hyperledger.besu.evm.precompile.PrecompiledContract;

/** Precompiles that only have a name. */
final class TestContracts {
  private TestContracts() {}

  static PrecompiledContract named(String name) {
    return new PrecompiledContract() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public long gasRequirement(Bytes input) {
        return 0;
      }

      @Override
      public PrecompileContractResult computePrecompile(Bytes input, MessageFrame frame) {
        return PrecompileContractResult.success(Bytes.EMPTY);
      }
    };
  }
}
