package ai.opengradient.besu.precompile;

import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Calls as contracts make them: roots, openings, steps of models. Drawn from a fixed seed. */
final class TypicalCalls {
  private static final long SEED = 0x9a5;
  private static final long POSITION = 9;
  private static final int KIBIBYTE = 1_024;
  private static final byte[] NO_ACCUMULATOR = {};

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, byte[]> calls = new LinkedHashMap<>();

  private TypicalCalls() {}

  /** The calls by name. */
  static Map<String, byte[]> all() {
    TypicalCalls typical = new TypicalCalls();
    typical.roots();
    typical.openings();
    typical.steps();
    return typical.calls;
  }

  private void roots() {
    for (int kibibytes : new int[] {4, 64, 1_024}) {
      byte[] data = new byte[kibibytes * KIBIBYTE];
      random.nextBytes(data);
      calls.put("root of " + kibibytes + " KiB", CallWriter.rootOf(data));
    }
  }

  /** Of a tensor of a million elements. */
  private void openings() {
    Openable logits = floats(1_000_000);
    int depth = logits.tree().depth();
    calls.put("opening of 1 leaf", opening(logits, depth, List.of(1_234)));
    calls.put(
        "opening of a range of 16 leaves",
        opening(logits, depth, IntStream.range(1_234, 1_250).boxed().toList()));
    calls.put(
        "opening of 16 leaves here and there",
        opening(logits, depth, IntStream.range(0, 16).map(at -> 200 * at).boxed().toList()));
  }

  private static byte[] opening(Openable tensor, int depth, List<Integer> places) {
    return CallWriter.rootOfLeaves(depth, tensor.opened(places));
  }

  private void steps() {
    calls.put("MAP of 2 operands, ADD", map());
    for (int terms : new int[] {768, 3_072, 4_608}) {
      calls.put("DOT of " + terms + " terms", dot(terms));
    }
    calls.put("DOT of 4608 terms of a convolution", convolution());
    calls.put("within a band", CallWriter.within(0x3f800001, 0x3f800000, 0, 0x3a000000));
  }

  /** As many float32 of magnitudes that models have. */
  Openable floats(int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES);
    while (data.hasRemaining()) {
      data.putInt(random.nextInt(0x3b000000, 0x43000000) | random.nextInt() << 31);
    }
    return Openable.of(DataType.FLOAT32, bytes(data));
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.capacity()];
    data.flip().get(bytes);
    return bytes;
  }

  private byte[] map() {
    Openable a = floats(40_000);
    Openable b = floats(40_000);
    View view = View.of(View.Axis.along(40_000, 0));
    Node.Map map =
        new Node.Map(
            DataType.FLOAT32,
            Space.of(40_000),
            List.of(slot(0, view), slot(1, view)),
            Expression.of(Primitive.apply(Operation.ADD, 0, 1)));
    return step(map, 1_000, List.of(a.elements(1_000, 1), b.elements(1_000, 1)));
  }

  private static Slot slot(int node, View view) {
    return Slot.of(new Operand(node, DataType.FLOAT32, view));
  }

  /** An element of a product with a matrix. */
  private byte[] dot(int terms) {
    Openable row = floats(terms);
    Openable columns = floats(64 * terms);
    Openable bias = floats(64);
    Node.Fold fold =
        new Node.Fold(
            DataType.FLOAT32,
            Reduction.DOT,
            Space.of(64),
            Space.of(terms),
            List.of(
                operand(0, View.Axis.along(terms, 1)),
                operand(1, View.Axis.along(64, 0), View.Axis.along(terms, 1))),
            Optional.of(operand(2, View.Axis.along(64, 0))));
    return step(
        fold, 40, List.of(row.whole(), columns.elements(40 * terms, terms), bias.elements(40, 1)));
  }

  /** A window of 3 × 3 over 512 channels of a picture of 7 × 7, at its middle. */
  private byte[] convolution() {
    Openable picture = floats(7 * 7 * 512);
    Openable kernels = floats(8 * 4_608);
    Openable bias = floats(8);
    View.Term row = new View.Term(0, 1);
    View.Axis rows = View.Axis.affine(7, -1, row, new View.Term(3, 1));
    View.Axis columns = View.Axis.affine(7 * 512, -512, new View.Term(1, 512), new View.Term(4, 1));
    Node.Fold fold =
        new Node.Fold(
            DataType.FLOAT32,
            Reduction.DOT,
            Space.of(7, 7, 8),
            Space.of(3, 3 * 512),
            List.of(
                operand(0, rows, columns),
                operand(
                    1, View.Axis.along(8, 2), View.Axis.along(3, 3), View.Axis.along(3 * 512, 4))),
            Optional.of(operand(2, View.Axis.along(8, 2))));
    List<Integer> leaves =
        IntStream.range(2, 5)
            .flatMap(at -> IntStream.range(at * 14 + 4, at * 14 + 10))
            .boxed()
            .toList();
    return step(
        fold,
        (3 * 7 + 3) * 8,
        List.of(
            picture.operand(picture.opened(leaves)),
            kernels.elements(0, 4_608),
            bias.elements(0, 1)));
  }

  private static Operand operand(int node, View.Axis... axes) {
    return new Operand(node, DataType.FLOAT32, View.of(axes));
  }

  private static byte[] step(Node node, long element, List<CallWriter.Operand> operands) {
    return CallWriter.step(
        new CallWriter.Asked(
            Descriptor.of(node).bytes(), POSITION, element, operands, NO_ACCUMULATOR));
  }
}
