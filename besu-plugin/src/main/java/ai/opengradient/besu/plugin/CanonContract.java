package ai.opengradient.besu.plugin;

import ai.opengradient.besu.precompile.CanonPrecompile;
import ai.opengradient.besu.precompile.Outcome;
import ai.opengradient.canon.program.Caps;
import java.util.Optional;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.hyperledger.besu.evm.frame.ExceptionalHaltReason;
import org.hyperledger.besu.evm.frame.MessageFrame;
import org.hyperledger.besu.evm.precompile.PrecompiledContract;

/** The canon as Besu calls precompiles. */
final class CanonContract implements PrecompiledContract {
  /** "OPG" in ASCII. */
  static final String ADDRESS = "0x00000000000000000000000000000000004f5047";

  /** As where the call is none. */
  private static final Outcome REFUSED = new Outcome(false, new byte[0]);

  private final NetworkRules rules;
  private final Function<byte[], Outcome> canon;
  private final CallCount count;

  CanonContract(NetworkRules rules, Function<byte[], Outcome> canon, CallCount count) {
    this.rules = rules;
    this.canon = canon;
    this.count = count;
  }

  /** What operators compare between nodes, by eth_config: whatever has to be alike is in it. */
  @Override
  public String getName() {
    return "OPG_CANON_V" + Caps.SPEC_VERSION + "_FROM_" + rules.activationBlock();
  }

  @Override
  public long gasRequirement(Bytes input) {
    return CanonPrecompile.gas(input.toArrayUnsafe());
  }

  @Override
  public PrecompileContractResult computePrecompile(Bytes input, MessageFrame frame) {
    if (frame.getBlockValues().getNumber() < rules.activationBlock()) {
      // As the account's code 0xfe does, which nodes without the plugin run.
      return PrecompileContractResult.halt(
          Bytes.EMPTY, Optional.of(ExceptionalHaltReason.INVALID_OPERATION));
    }
    // No function of ICanon is payable.
    Outcome outcome = frame.getApparentValue().isZero() ? answer(input.toArrayUnsafe()) : REFUSED;
    count.add(outcome);
    Bytes data = Bytes.wrap(outcome.data());
    if (outcome.returned()) {
      return PrecompileContractResult.success(data);
    }
    // Besu takes the result's data for a reason only where the frame has reverted already.
    frame.setRevertReason(data);
    return PrecompileContractResult.revert(data);
  }

  /** Not even a defect may stop the chain: an exception is the same on every node, and a revert. */
  private Outcome answer(byte[] call) {
    try {
      return canon.apply(call);
    } catch (RuntimeException e) {
      return REFUSED;
    }
  }
}
