package org.hyperledger.besu.evm.frame;

import java.util.Optional;
import org.apache.tuweni.bytes.Bytes;
import org.hyperledger.besu.datatypes.Wei;

/** A call under way. The constructor is for tests: it is not Besu's. */
public class MessageFrame {
  private final BlockValues blockValues;
  private final Wei apparentValue;
  private Optional<Bytes> revertReason = Optional.empty();

  public MessageFrame(BlockValues blockValues, Wei apparentValue) {
    this.blockValues = blockValues;
    this.apparentValue = apparentValue;
  }

  public BlockValues getBlockValues() {
    return blockValues;
  }

  public Wei getApparentValue() {
    return apparentValue;
  }

  public Optional<Bytes> getRevertReason() {
    return revertReason;
  }

  public void setRevertReason(Bytes revertReason) {
    this.revertReason = Optional.of(revertReason);
  }

  /** How far a call has come. */
  public enum State {
    REVERT,
    EXCEPTIONAL_HALT,
    COMPLETED_SUCCESS
  }
}
