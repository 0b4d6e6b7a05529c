package org.hyperledger.besu.evm.account;

import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.units.bigints.UInt256;

/** An account of a state. */
public interface Account {
  Bytes getCode();

  UInt256 getStorageValue(UInt256 key);
}
