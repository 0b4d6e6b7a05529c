package org.hyperledger.besu.plugin.services;

import org.hyperledger.besu.evm.worldstate.WorldView;

/** The state at the head of the chain. */
public interface WorldStateService extends BesuService {
  WorldView getWorldView();
}
