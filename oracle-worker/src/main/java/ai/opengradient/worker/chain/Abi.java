package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.canon.tensor.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * Calldata in the contracts' ABI, by Web3j's coding, and the hashes by which the ABI names things.
 */
final class Abi {

  private static final int SELECTOR_BYTES = 4;

  private Abi() {}

  /**
   * The calldata of a function, named by its canonical signature, such as {@code
   * decline(uint64,address)}.
   */
  @SuppressWarnings({"rawtypes", "unchecked"}) // Web3j's lists are of the raw type
  static String call(String signature, Type<?>... arguments) {
    return FunctionEncoder.encode(selector(signature), (List) Arrays.asList(arguments));
  }

  /** The first four bytes of the signature's hash, as {@code 0x} and eight digits. */
  static String selector(String signature) {
    return Hexadecimal.data(Arrays.copyOf(hash(signature), SELECTOR_BYTES));
  }

  /** The hash of an event's signature, as it stands in a log's first topic. */
  static String topic(String signature) {
    return Hexadecimal.data(hash(signature));
  }

  /** A number as it stands in a log's topic. */
  static String topicOf(long number) {
    return "0x" + String.format("%064x", number);
  }

  /** An address as it stands in a log's topic. */
  static String topicOf(Address address) {
    return "0x" + "0".repeat(24) + address.hex().substring(2);
  }

  private static byte[] hash(String signature) {
    return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes();
  }

  static org.web3j.abi.datatypes.Address address(Address value) {
    return new org.web3j.abi.datatypes.Address(value.hex());
  }

  static DynamicStruct tensor(TensorType type, byte[] data) {
    return new DynamicStruct(new Uint256(type.pack()), new DynamicBytes(data));
  }
}
