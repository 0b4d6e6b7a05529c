package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** More work costs more, and no header that lies costs less than what is done for it. */
class GasScheduleTest {
  private static final byte[] NO_ACCUMULATOR = {};
  private static final Openable TENSOR = Openable.of(DataType.UINT8, new byte[64 << 10]);

  private static long gas(byte[] call) {
    return CanonPrecompile.gas(CallBytes.of(call));
  }

  @Test
  void growsWithDataAndLeaves() {
    long before = 0;
    for (int length = 0; length < 40_000; length += 311) {
      long gas = gas(CallWriter.rootOf(new byte[length]));
      assertThat(gas).isGreaterThanOrEqualTo(before);
      before = gas;
    }
    before = 0;
    for (int leaves = 1; leaves < 64; leaves++) {
      long gas = gas(opening(TENSOR.leaves(0, leaves).opened()));
      assertThat(gas - before).isGreaterThan(8 * 66 - 6 * 66);
      before = gas;
    }
  }

  private static byte[] opening(CallWriter.Leaves opened) {
    return CallWriter.rootOfLeaves(6, opened);
  }

  @Test
  void growsWithTermsAndRuns() {
    assertThat(fold(Space.of(512, 128), 0, 65_536)).isGreaterThan(fold(Space.of(1, 128), 0, 128));
    assertThat(fold(Space.of(8_192, 1), 0, 8_192) - fold(Space.of(1, 8_192), 0, 8_192))
        .isEqualTo(8_191 * 20L);
    long before = 0;
    for (int until = 1; until <= 8_192; until *= 2) {
      long gas = fold(Space.of(8_192, 1), 0, until);
      assertThat(gas).isGreaterThan(before);
      before = gas;
    }
    // What an accumulator has is paid for.
    assertThat(fold(Space.of(8_192, 1), 8_000, 8_192))
        .isLessThan(fold(Space.of(8_192, 1), 0, 8_192) / 10);
  }

  /** The gas of adding terms of a SUM. */
  private static long fold(Space terms, int next, int until) {
    View.Term innermost = new View.Term(terms.rank() - 1, 1);
    Node.Fold fold =
        new Node.Fold(
            DataType.INT64,
            Reduction.SUM,
            Space.SCALAR,
            terms,
            List.of(
                new Operand(0, DataType.UINT8, View.of(View.Axis.affine(1 << 10, 0, innermost)))),
            Optional.empty());
    byte[] accumulator = new byte[40];
    accumulator[2] = (byte) (next >>> 8);
    accumulator[3] = (byte) next;
    return gas(
        CallWriter.accumulate(
            new CallWriter.Asked(
                Descriptor.of(fold).bytes(),
                1,
                0,
                List.of(TENSOR.leaves(0, 1)),
                next == 0 ? NO_ACCUMULATOR : accumulator),
            until));
  }

  /** Sixteen operands whose leaves are the same bytes of the call. */
  @Test
  void countsLeavesAsOftenAsTheyAreHashed() {
    CallWriter.Operand whole = TENSOR.whole();
    byte[] call =
        CallWriter.step(
            new CallWriter.Asked(new byte[] {4, 2}, 1, 0, List.of(whole, whole), NO_ACCUMULATOR));
    long once = gas(CallWriter.rootOfLeaves(6, whole.opened()));
    int operands = CanonPrecompile.SELECTOR_LENGTH + 32 + 5 * 32 + 2 * 32;
    assertThat(call[operands + 31]).as("operands").isEqualTo((byte) 2);
    // The second one is where the first one is.
    byte[] shared = call.clone();
    System.arraycopy(call, operands + 32, shared, operands + 64, 32);
    assertThat(gas(shared)).isEqualTo(gas(call)).isGreaterThan(2 * once - 6_000);
  }

  @Test
  void isTheWorkOfTheDearestCalls() {
    for (Map.Entry<String, byte[]> call : WorstCalls.all().entrySet()) {
      long leaves = call.getValue().length / TensorTree.LEAF_LENGTH;
      if (call.getKey().startsWith("root of 1 MiB") || call.getKey().startsWith("all leaves")) {
        assertThat(gas(call.getValue())).as(call.getKey()).isGreaterThan(leaves * 9 * 66);
      }
    }
  }

  @Test
  void neverFails() {
    for (Function function : Function.values()) {
      for (int fill : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        for (int length = 0; length < 1_500; length++) {
          byte[] call = new byte[length];
          Arrays.fill(call, (byte) fill);
          for (int at = 0; at < Math.min(4, length); at++) {
            call[at] = (byte) (function.selector() >>> (24 - 8 * at));
          }
          assertThat(gas(call)).isPositive();
        }
      }
    }
  }
}
