package ai.opengradient.worker.chain;

import org.web3j.abi.datatypes.generated.Uint256;

/** Calls of the token that change something. */
public final class TokenCalls {

  private final Address token;

  public TokenCalls(Deployment deployment) {
    this.token = deployment.token();
  }

  /** Lets the spender take up to this much of the caller's $OPG. */
  public Call approve(Address spender, Amount amount) {
    return new Call(
        token,
        Abi.call("approve(address,uint256)", Abi.address(spender), new Uint256(amount.units())));
  }
}
