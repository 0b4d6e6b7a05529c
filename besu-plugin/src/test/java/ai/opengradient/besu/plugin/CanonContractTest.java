package ai.opengradient.besu.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.besu.precompile.CanonPrecompile;
import ai.opengradient.besu.precompile.Outcome;
import java.util.HexFormat;
import java.util.function.Function;
import org.apache.tuweni.bytes.Bytes;
import org.hyperledger.besu.datatypes.Wei;
import org.hyperledger.besu.evm.frame.ExceptionalHaltReason;
import org.hyperledger.besu.evm.frame.MessageFrame;
import org.hyperledger.besu.evm.precompile.PrecompiledContract.PrecompileContractResult;
import org.junit.jupiter.api.Test;

class CanonContractTest {
  /** The call specVersion(). */
  private static final byte[] SPEC_VERSION_CALL = HexFormat.of().parseHex("7efe64a2");

  private static final long ACTIVATION_BLOCK = 100;

  @Test
  void isNamedByAllThatNodesHaveToShare() {
    assertThat(contract(CanonPrecompile::run).getName()).isEqualTo("OPG_CANON_V1_FROM_100");
  }

  @Test
  void isAnInvalidInstructionBeforeItsBlock() {
    PrecompileContractResult result = call(CanonPrecompile::run, ACTIVATION_BLOCK - 1, 0);

    assertThat(result.state()).isEqualTo(MessageFrame.State.EXCEPTIONAL_HALT);
    assertThat(result.haltReason()).contains(ExceptionalHaltReason.INVALID_OPERATION);
    assertThat(result.isRefundGas()).isFalse();
  }

  @Test
  void answersFromItsBlockOn() {
    PrecompileContractResult result = call(CanonPrecompile::run, ACTIVATION_BLOCK, 0);

    assertThat(result.state()).isEqualTo(MessageFrame.State.COMPLETED_SUCCESS);
    assertThat(result.output())
        .isEqualTo(Bytes.wrap(CanonPrecompile.run(SPEC_VERSION_CALL).data()));
    assertThat(result.isRefundGas()).isFalse();
  }

  @Test
  void givesARevertsDataToTheCaller() {
    byte[] error = {1, 2, 3, 4};
    MessageFrame frame = new MessageFrame(() -> ACTIVATION_BLOCK, Wei.of(0));
    PrecompileContractResult result =
        contract(call -> new Outcome(false, error))
            .computePrecompile(Bytes.wrap(SPEC_VERSION_CALL), frame);

    assertThat(frame.getRevertReason()).contains(Bytes.wrap(error));
    assertThat(result.state()).isEqualTo(MessageFrame.State.REVERT);
    assertThat(result.output()).isEqualTo(Bytes.wrap(error));
    assertThat(result.isRefundGas()).isFalse();
  }

  @Test
  void takesNoCoin() {
    PrecompileContractResult result = call(CanonPrecompile::run, ACTIVATION_BLOCK, 1);

    assertThat(result.state()).isEqualTo(MessageFrame.State.REVERT);
    assertThat(result.output()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void revertsWhereTheCanonIsDefective() {
    PrecompileContractResult result =
        call(
            call -> {
              throw new IllegalStateException("a defect");
            },
            ACTIVATION_BLOCK,
            0);

    assertThat(result.state()).isEqualTo(MessageFrame.State.REVERT);
    assertThat(result.output()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void chargesForAPartOfMemoryAsForTheSameBytesAlone() {
    byte[] memory = new byte[64];
    System.arraycopy(SPEC_VERSION_CALL, 0, memory, 30, SPEC_VERSION_CALL.length);
    Bytes part = Bytes.wrap(memory, 30, SPEC_VERSION_CALL.length);

    assertThat(contract(CanonPrecompile::run).gasRequirement(part))
        .isEqualTo(contract(CanonPrecompile::run).gasRequirement(Bytes.wrap(SPEC_VERSION_CALL)))
        .isPositive();
  }

  private static CanonContract contract(Function<byte[], Outcome> canon) {
    return new CanonContract(new NetworkRules(ACTIVATION_BLOCK), canon, new CallCount());
  }

  private static PrecompileContractResult call(
      Function<byte[], Outcome> canon, long block, long value) {
    return contract(canon)
        .computePrecompile(
            Bytes.wrap(SPEC_VERSION_CALL), new MessageFrame(() -> block, Wei.of(value)));
  }
}
