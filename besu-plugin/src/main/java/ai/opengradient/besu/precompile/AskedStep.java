package ai.opengradient.besu.precompile;

import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.ProgramException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A step as a call gives it, {@code ICanon.Step}; each field is read when it is asked for, so that
 * nothing fails that isn't looked at.
 *
 * @param position of the struct
 */
record AskedStep(CallData call, long position) {
  static final int WORDS = 5;

  private static final int POSITION = CallData.WORD;
  private static final int ELEMENT = 2 * CallData.WORD;
  private static final int OPERANDS = 3 * CallData.WORD;
  private static final int ACCUMULATOR = 4 * CallData.WORD;

  CallData.Span descriptor() {
    return call.byteString(position, position);
  }

  /** What the descriptor gives at the position; nothing if it is not valid there. */
  Optional<Node> node() {
    CallData.Span descriptor = descriptor();
    return node(call, descriptor, call.u32(position + POSITION));
  }

  /** The node that these bytes give at a position, if they are a descriptor there. */
  static Optional<Node> node(CallData call, CallData.Span descriptor, long position) {
    if (position >= Caps.NODES || descriptor.length() > Caps.DESCRIPTOR) {
      return Optional.empty();
    }
    try {
      return Optional.of(Descriptor.of(bytes(call, descriptor)).node((int) position));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(CallData call, CallData.Span span) {
    if (span.length() == 0) {
      return new byte[0];
    }
    int from = (int) span.position();
    return Arrays.copyOfRange(call.bytes(), from, from + span.length());
  }

  long element() {
    return call.u32(position + ELEMENT);
  }

  /** The operands, a word for each. */
  CallData.Span operands() {
    return call.words(position, position + OPERANDS);
  }

  Operand operand(CallData.Span operands, int number) {
    long base = operands.position();
    return new Operand(
        call, call.struct(base, base + (long) number * CallData.WORD, Operand.WORDS));
  }

  byte[] accumulator() {
    return bytes(call, accumulatorBytes());
  }

  private CallData.Span accumulatorBytes() {
    return call.byteString(position, position + ACCUMULATOR);
  }

  /** The first term that the accumulator says is to come. */
  long next() {
    return call.u32At(accumulatorBytes(), 0);
  }
}
