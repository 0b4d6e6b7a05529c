package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * Calldata and answers in the contracts' ABI, through Web3j's coding, between its types and ours.
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

  private static byte[] hash(String signature) {
    return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes();
  }

  /**
   * Reads what a function returned or an event carries.
   *
   * @param what it is, for the error's text
   * @throws ChainException.Undecodable if the data is not of these types
   */
  @SuppressWarnings({"rawtypes", "unchecked"}) // Web3j's lists are of the raw type
  static List<Type<?>> decode(String what, String data, List<? extends TypeReference<?>> types) {
    List<Type> values;
    try {
      values = FunctionReturnDecoder.decode(data, (List) types);
    } catch (RuntimeException malformed) {
      // Web3j fails with whatever its parsing meets first.
      throw new ChainException.Undecodable(what, malformed);
    }
    if (values.size() != types.size()) {
      throw new ChainException.Undecodable(what, null);
    }
    return (List) values;
  }

  /** A decoded number, address, flag, text or bytes for people to read. */
  static String text(Type<?> value) {
    return switch (value) {
      case org.web3j.abi.datatypes.Address address -> new Address(address.getValue()).toString();
      case org.web3j.abi.datatypes.BytesType bytes -> Hexadecimal.data(bytes.getValue());
      default -> String.valueOf(value.getValue());
    };
  }

  static long number(Type<?> value) {
    return ((BigInteger) value.getValue()).longValueExact();
  }

  static Amount amount(Type<?> value) {
    return new Amount((BigInteger) value.getValue());
  }

  static Address address(Type<?> value) {
    return new Address((String) value.getValue());
  }

  static org.web3j.abi.datatypes.Address address(Address value) {
    return new org.web3j.abi.datatypes.Address(value.hex());
  }

  static DynamicArray<AbiStructs.TensorStruct> tensors(List<Tensor> tensors) {
    return new DynamicArray<>(
        AbiStructs.TensorStruct.class,
        tensors.stream()
            .map(tensor ->
                new AbiStructs.TensorStruct(
                    new Uint256(tensor.type().pack()), new DynamicBytes(tensor.toByteArray())))
            .toList());
  }

  /**
   * @throws ai.opengradient.canon.tensor.TensorException if one is not a valid tensor
   */
  static List<Tensor> tensors(Type<?> array) {
    return elements(AbiStructs.TensorStruct.class, array).stream()
        .map(struct -> Tensor.of(TensorType.unpack(struct.kind.getValue()), struct.data.getValue()))
        .toList();
  }

  static <T> List<T> elements(Class<T> type, Type<?> array) {
    return ((List<?>) Objects.requireNonNull(array.getValue())).stream().map(type::cast).toList();
  }
}
