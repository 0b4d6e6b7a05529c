package ai.opengradient.besu.precompile;

import ai.opengradient.canon.commitment.Hash;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Writes calls of {@code contracts/canon/ICanon.sol} as compilers and wallets do. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
final class CallWriter {
  private CallWriter() {}

  /** {@code ICanon.Leaves}. */
  record Leaves(List<Long> places, byte[] leaves, List<Hash> siblings) {
    static final Leaves NONE = new Leaves(List.of(), new byte[0], List.of());

    private Field field() {
      return Field.tuple(
          Field.array(places.stream().map(Field::number).toList()),
          Field.bytes(leaves),
          Field.array(siblings.stream().map(Field::hash).toList()));
    }
  }

  /** {@code ICanon.Operand}. */
  record Operand(int dtype, long count, Hash root, Leaves opened) {
    private Field field() {
      return Field.tuple(
          Field.number(dtype), Field.number(count), Field.hash(root), opened.field());
    }
  }

  /** {@code ICanon.Step}. */
  record Asked(
      byte[] descriptor, long position, long element, List<Operand> operands, byte[] accumulator) {
    private Field field() {
      return Field.tuple(
          Field.bytes(descriptor),
          Field.number(position),
          Field.number(element),
          Field.array(operands.stream().map(Operand::field).toList()),
          Field.bytes(accumulator));
    }
  }

  static byte[] specVersion() {
    return call(Function.SPEC_VERSION);
  }

  static byte[] describe(byte[] descriptor, long position) {
    return call(Function.DESCRIBE, Field.bytes(descriptor), Field.number(position));
  }

  static byte[] step(Asked asked) {
    return call(Function.STEP, asked.field());
  }

  static byte[] accumulate(Asked asked, long until) {
    return call(Function.ACCUMULATE, asked.field(), Field.number(until));
  }

  static byte[] within(long c, long y, long absolute, long relative) {
    return call(
        Function.WITHIN,
        Field.number(c),
        Field.number(y),
        Field.number(absolute),
        Field.number(relative));
  }

  static byte[] rootOf(byte[] data) {
    return call(Function.ROOT_OF, Field.bytes(data));
  }

  static byte[] rootOfLeaves(long depth, Leaves opened) {
    return call(Function.ROOT_OF_LEAVES, Field.number(depth), opened.field());
  }

  private static byte[] call(Function function, Field... arguments) {
    ByteArrayOutputStream call = new ByteArrayOutputStream();
    for (int byteNumber = 3; byteNumber >= 0; byteNumber--) {
      call.write(function.selector() >>> (byteNumber * Byte.SIZE));
    }
    call.writeBytes(Field.tuple(arguments).bytes());
    return call.toByteArray();
  }

  /** A value as the ABI writes it, and whether an offset stands for it. */
  private record Field(boolean isDynamic, byte[] bytes) {
    static Field number(long value) {
      return new Field(false, word(value));
    }

    static Field hash(Hash hash) {
      return new Field(false, hash.bytes());
    }

    static Field bytes(byte[] value) {
      byte[] padded = new byte[(value.length + 31) / 32 * 32];
      System.arraycopy(value, 0, padded, 0, value.length);
      return new Field(true, joined(word(value.length), padded));
    }

    static Field array(List<Field> elements) {
      byte[] tuple = tuple(elements.toArray(Field[]::new)).bytes();
      return new Field(true, joined(word(elements.size()), tuple));
    }

    static Field tuple(Field... fields) {
      List<byte[]> heads = new ArrayList<>();
      ByteArrayOutputStream tails = new ByteArrayOutputStream();
      int headLength = 0;
      for (Field field : fields) {
        headLength += field.isDynamic ? 32 : field.bytes.length;
      }
      for (Field field : fields) {
        if (field.isDynamic) {
          heads.add(word(headLength + tails.size()));
          tails.writeBytes(field.bytes);
        } else {
          heads.add(field.bytes);
        }
      }
      heads.add(tails.toByteArray());
      return new Field(true, joined(heads.toArray(byte[][]::new)));
    }

    private static byte[] word(long value) {
      byte[] word = new byte[32];
      byte[] digits = BigInteger.valueOf(value).toByteArray();
      System.arraycopy(digits, 0, word, 32 - digits.length, digits.length);
      return word;
    }

    private static byte[] joined(byte[]... parts) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        joined.writeBytes(part);
      }
      return joined.toByteArray();
    }
  }
}
