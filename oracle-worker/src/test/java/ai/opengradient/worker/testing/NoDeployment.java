package ai.opengradient.worker.testing;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Deployment;

/** A deployment that is on no chain, for calls that nobody sends. */
public final class NoDeployment {
  private static final Address CONTRACT = new Address("0x" + "11".repeat(20));

  public static final Deployment VALUE =
      new Deployment(
          31_337,
          CONTRACT,
          CONTRACT,
          CONTRACT,
          CONTRACT,
          CONTRACT,
          CONTRACT,
          CONTRACT,
          1,
          Hash.of(new byte[Hash.LENGTH]),
          "test");

  private NoDeployment() {}
}
