package ai.opengradient.besu.precompile;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.Float32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code contracts/canon/ICanon.sol} as a function of bytes. Total: each call has one outcome, on
 * every machine the same, after a time and with memory that {@link #gas} and the call's length
 * bound.
 */
public final class CanonPrecompile {
  static final int SELECTOR_LENGTH = 4;

  private CanonPrecompile() {}

  /**
   * What a call costs, whatever comes of it. Takes less than a microsecond, and never throws.
   *
   * @param call selector and arguments
   */
  public static long gas(CallBytes call) {
    return GasSchedule.of(call);
  }

  /**
   * What {@code contracts/canon/Canon.sol} returns, or reverts with.
   *
   * @param call selector and arguments; not changed
   */
  public static Outcome run(byte[] call) {
    try {
      return new Outcome(true, answer(call));
    } catch (Reverted e) {
      return new Outcome(false, e.data());
    }
  }

  private static byte[] answer(byte[] bytes) {
    if (bytes.length < SELECTOR_LENGTH) {
      throw Reverted.empty();
    }
    Optional<Function> function = Function.find(ByteBuffer.wrap(bytes).getInt());
    CallData call = new CallData(bytes);
    return switch (function.orElseThrow(Reverted::empty)) {
      case SPEC_VERSION -> Answer.of(1).put(Caps.SPEC_VERSION).bytes();
      case DESCRIBE -> describe(call);
      case STEP -> {
        call.requireArguments(1);
        yield Step.element(new AskedStep(call, call.argument(0, AskedStep.WORDS)));
      }
      case ACCUMULATE -> {
        call.requireArguments(2);
        AskedStep asked = new AskedStep(call, call.argument(0, AskedStep.WORDS));
        yield Step.accumulator(asked, call.u32(SELECTOR_LENGTH + CallData.WORD));
      }
      case WITHIN -> within(call);
      case ROOT_OF -> {
        call.requireArguments(1);
        CallData.Span data = call.byteStringArgument(0);
        yield TensorTree.root(ByteBuffer.wrap(bytes, (int) data.position(), data.length())).bytes();
      }
      case ROOT_OF_LEAVES -> {
        call.requireArguments(2);
        Opening opening = Opening.at(call, call.argument(1, Opening.WORDS));
        yield opening
            .root(call.count(SELECTOR_LENGTH))
            .map(Hash::bytes)
            .orElseThrow(CanonError.NO_OPENING::with);
      }
    };
  }

  private static byte[] describe(CallData call) {
    call.requireArguments(2);
    CallData.Span descriptor = call.byteStringArgument(0);
    long position = call.u32(SELECTOR_LENGTH + CallData.WORD);
    Optional<Node> node = AskedStep.node(call, descriptor, position);
    List<Integer> nodes = new ArrayList<>();
    List<Integer> dtypes = new ArrayList<>();
    if (node.isPresent()) {
      for (var operand : node.get().operands()) {
        nodes.add(operand.node());
        dtypes.add(operand.dataType().code());
      }
    }
    return Answer.of(8 + nodes.size() + dtypes.size())
        .put(node.isPresent() ? 1 : 0)
        .put(node.isPresent() ? call.bytes()[(int) descriptor.position()] : 0) // its kind
        .put(node.map(known -> known.dataType().code()).orElse(0))
        .put(node.map(Node::count).orElse(0))
        .put(6 * CallData.WORD)
        .put((7L + nodes.size()) * CallData.WORD)
        .put(nodes)
        .put(dtypes)
        .bytes();
  }

  private static byte[] within(CallData call) {
    call.requireArguments(4);
    long claim = call.u32(SELECTOR_LENGTH);
    long exact = call.u32(SELECTOR_LENGTH + CallData.WORD);
    long absolute = call.u32(SELECTOR_LENGTH + 2L * CallData.WORD);
    long relative = call.u32(SELECTOR_LENGTH + 3L * CallData.WORD);
    if (!Band.isValid((int) absolute, (int) relative)) {
      throw CanonError.INVALID_TOLERANCES.with(absolute, relative);
    }
    boolean isWithin =
        new Band((int) absolute, (int) relative)
            .within(Float32.canonical((int) claim), Float32.canonical((int) exact));
    return Answer.of(1).put(isWithin ? 1 : 0).bytes();
  }
}
