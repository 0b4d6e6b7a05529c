package org.hyperledger.besu.evm.worldstate;

import org.hyperledger.besu.datatypes.Address;
import org.hyperledger.besu.evm.account.Account;
import org.jspecify.annotations.Nullable;

/** A state of all accounts. */
public interface WorldView {
  @Nullable Account get(Address address);
}
