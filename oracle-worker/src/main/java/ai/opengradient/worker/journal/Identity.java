package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;

/**
 * Whose journal it is.
 *
 * @param chainId the chain's
 * @param genesis hash of the chain's first block
 * @param market the deployment's market
 * @param worker the address that acts
 */
public record Identity(long chainId, Hash genesis, Address market, Address worker) {

  @Override
  public String toString() {
    return "worker "
        + worker
        + " at market "
        + market
        + " on chain "
        + chainId
        + " ("
        + genesis
        + ")";
  }
}
