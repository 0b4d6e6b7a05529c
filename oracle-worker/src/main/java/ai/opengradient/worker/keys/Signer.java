package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;

/** Signs for one account. */
public sealed interface Signer permits LocalSigner, RemoteSigner {

  /** The account. */
  Address address();

  /**
   * Signs.
   *
   * @throws KeyException if the key can't be had now; nothing is lost by it
   */
  SignedTransaction sign(UnsignedTransaction transaction);
}
