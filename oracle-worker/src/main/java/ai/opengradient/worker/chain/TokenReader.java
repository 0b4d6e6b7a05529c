package ai.opengradient.worker.chain;

import java.util.List;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.generated.Uint256;

/** What the token says at the newest block. */
public final class TokenReader {

  private final ContractView view;

  public TokenReader(ChainClient node, Deployment deployment) {
    this.view = new ContractView(node, deployment.token());
  }

  /** The $OPG that an account holds. */
  public Amount balance(Address account) {
    return Abi.amount(
        view.read(
                "balanceOf(address)",
                List.of(Abi.address(account)),
                new TypeReference<Uint256>() {})
            .get(0));
  }

  /** The $OPG of the owner's that the spender may take. */
  public Amount allowance(Address owner, Address spender) {
    return Abi.amount(
        view.read(
                "allowance(address,address)",
                List.of(Abi.address(owner), Abi.address(spender)),
                new TypeReference<Uint256>() {})
            .get(0));
  }
}
