package org.hyperledger.besu.evm.frame;

/** What a call sees of its block. */
public interface BlockValues {
  long getNumber();
}
