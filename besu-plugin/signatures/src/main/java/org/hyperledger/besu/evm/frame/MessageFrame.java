package org.hyperledger.besu.evm.frame;

import org.hyperledger.besu.datatypes.Wei;

/** A call under way. The constructor is for tests: it is not Besu's. */
public class MessageFrame {
  private final BlockValues blockValues;
  private final Wei apparentValue;

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

  /** How far a call has come. */
  public enum State {
    REVERT,
    EXCEPTIONAL_HALT,
    COMPLETED_SUCCESS
  }
}
