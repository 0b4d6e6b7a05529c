package ai.opengradient.worker.chain;

import java.util.Arrays;
import java.util.List;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;

/** Asks one contract's view functions at the newest block. */
record ContractView(ChainClient node, Address contract) {

  /**
   * @param signature canonical, such as {@code jobOf(uint64)}
   * @param returned the types of what it returns, in order; a struct without dynamic parts counts
   *     as its fields
   */
  List<Type<?>> read(
      String signature, List<? extends Type<?>> arguments, TypeReference<?>... returned) {
    String data =
        node.call(
            Address.ZERO,
            new Call(contract, Abi.call(signature, arguments.toArray(Type<?>[]::new))));
    return Abi.decode("the answer of " + signature, data, Arrays.asList(returned));
  }
}
