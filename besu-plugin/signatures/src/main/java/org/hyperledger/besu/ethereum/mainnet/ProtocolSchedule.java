package org.hyperledger.besu.ethereum.mainnet;

import java.util.function.Predicate;

/** The rules of all forks of a network. */
public interface ProtocolSchedule {
  boolean anyMatch(Predicate<ScheduledProtocolSpec> predicate);
}
