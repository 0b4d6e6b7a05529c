package ai.opengradient.worker.chain;

/** What the token says at the newest block. */
public final class TokenReader {

  private final ContractView view;

  public TokenReader(ChainClient node, Deployment deployment) {
    this.view = new ContractView(node, deployment.token());
  }

  /** The $OPG that an account holds. */
  public Amount balance(Address account) {
    return view.read("balanceOf(address)", AbiReader::amount, Abi.address(account));
  }

  /** The $OPG of the owner's that the spender may take. */
  public Amount allowance(Address owner, Address spender) {
    return view.read(
        "allowance(address,address)", AbiReader::amount, Abi.address(owner), Abi.address(spender));
  }
}
