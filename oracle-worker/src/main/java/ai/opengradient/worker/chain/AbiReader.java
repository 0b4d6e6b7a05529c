package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what a contract returned or announced, one value after the other. Our own, since Web3j
 * 6.0.0 reads each element of an array of static structs as the first one. A value that isn't as
 * the ABI says is an {@link IllegalArgumentException}.
 *
 * <p>Source: Solidity's Contract ABI Specification.
 */
final class AbiReader {

  private static final int WORD = 32;
  private static final int ADDRESS_BYTES = 20;

  private final byte[] data;

  /** Where the present tuple or array begins, from which its offsets count. */
  private final int base;

  private int position;

  private AbiReader(byte[] data, int base) {
    this.data = data;
    this.base = base;
    this.position = base;
  }

  /**
   * Reads a whole answer.
   *
   * @param what it is, for the error's text
   * @throws ChainException.Undecodable if the data is not what {@code values} reads
   */
  static <T> T read(String what, String data, Function<AbiReader, T> values) {
    try {
      return values.apply(new AbiReader(Hexadecimal.bytes(data), 0));
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new ChainException.Undecodable(what, malformed);
    }
  }

  /** An unsigned integer of any width. */
  BigInteger integer() {
    return new BigInteger(1, word());
  }

  /** An unsigned integer below 2⁶³. */
  long number() {
    return integer().longValueExact();
  }

  /** An unsigned integer below 2³¹. */
  int small() {
    return integer().intValueExact();
  }

  /** Four bytes that are the bits of a float32. */
  float float32() {
    long bits = number();
    if (bits >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException("a uint32 has more than 32 bits");
    }
    return Float.intBitsToFloat((int) bits);
  }

  Amount amount() {
    return new Amount(integer());
  }

  boolean flag() {
    return small() != 0;
  }

  Hash hash() {
    return Hash.of(word());
  }

  Address address() {
    byte[] word = word();
    return new Address(Hexadecimal.data(Arrays.copyOfRange(word, WORD - ADDRESS_BYTES, WORD)));
  }

  byte[] bytes() {
    AbiReader content = dynamic();
    int length = content.small();
    content.requireLeft(length);
    return Arrays.copyOfRange(data, content.position, content.position + length);
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** A struct with a dynamic part. */
  <T> T struct(Function<AbiReader, T> fields) {
    return fields.apply(dynamic());
  }

  /** An array whose elements are structs with a dynamic part. */
  <T> List<T> structs(Function<AbiReader, T> fields) {
    return list(array -> array.struct(fields));
  }

  /** An array, each of whose elements takes a word or begins with one. */
  <T> List<T> list(Function<AbiReader, T> element) {
    AbiReader array = dynamic();
    int length = array.small();
    // No element takes less than a word: a false length fails before anything is made for it.
    array.requireLeft((long) length * WORD);
    AbiReader content = new AbiReader(data, array.position);
    List<T> elements = new ArrayList<>(length);
    for (int index = 0; index < length; index++) {
      elements.add(element.apply(content));
    }
    return elements;
  }

  /**
   * Tensors as they came: a type and bytes, of which only who reads knows whether they are data.
   *
   * @throws ai.opengradient.canon.tensor.TensorException if one has no valid type
   */
  List<Map.Entry<TensorType, byte[]>> tensors() {
    return structs(tensor -> Map.entry(TensorType.unpack(tensor.integer()), tensor.bytes()));
  }

  /**
   * @throws ai.opengradient.canon.tensor.TensorException if one is not a valid type
   */
  List<TensorType> tensorTypes() {
    return list(word -> TensorType.unpack(word.integer()));
  }

  /** What lies where the next word points to. */
  private AbiReader dynamic() {
    int offset = small();
    if (offset > data.length - base) {
      throw new IllegalArgumentException("an offset points beyond the data");
    }
    return new AbiReader(data, base + offset);
  }

  private byte[] word() {
    requireLeft(WORD);
    byte[] word = Arrays.copyOfRange(data, position, position + WORD);
    position += WORD;
    return word;
  }

  private void requireLeft(long length) {
    if (length > data.length - position) {
      throw new IllegalArgumentException("the data ends too early");
    }
  }
}
