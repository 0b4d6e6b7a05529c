package ai.opengradient.worker.chain;

import java.util.function.Function;
import org.web3j.abi.datatypes.Type;

/** Asks one contract's view functions at the newest block. */
record ContractView(ChainClient node, Address contract) {

  /**
   * @param signature canonical, such as {@code jobOf(uint64)}
   * @param answer reads what it returns; a struct without dynamic parts counts as its fields
   */
  <T> T read(String signature, Function<AbiReader, T> answer, Type<?>... arguments) {
    return AbiReader.read(
        "the answer of " + signature,
        node.call(Address.ZERO, new Call(contract, Abi.call(signature, arguments))),
        answer);
  }
}
