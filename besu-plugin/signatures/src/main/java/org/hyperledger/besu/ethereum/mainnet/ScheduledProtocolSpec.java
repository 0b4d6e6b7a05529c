package org.hyperledger.besu.ethereum.mainnet;

/** The rules of a fork, and when it begins. */
public interface ScheduledProtocolSpec {
  ProtocolSpec spec();
}
