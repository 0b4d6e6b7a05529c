package ai.opengradient.besu.precompile;

import ai.opengradient.canon.evaluation.ElementRule;
import ai.opengradient.canon.evaluation.EvaluationException;
import ai.opengradient.canon.evaluation.FoldStep;
import ai.opengradient.canon.program.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of one node, or some terms of it: {@code ICanon.step} and {@code ICanon.accumulate}.
 * What is read when, and so which of several failures it is, is as in {@code
 * contracts/canon/Canon.sol}.
 */
final class Step {
  private static final int VOID = 0;
  private static final int GIVEN = 1;
  private static final int COMPUTED = 2;

  private final AskedStep asked;
  private final Optional<Node> node;

  /** Positions of the operands' nodes. */
  private final List<Integer> nodes;

  private final CallData.Span operands;
  private final boolean isVoid;

  private Step(
      AskedStep asked,
      Optional<Node> node,
      List<Integer> nodes,
      CallData.Span operands,
      boolean isVoid) {
    this.asked = asked;
    this.node = node;
    this.nodes = nodes;
    this.operands = operands;
    this.isVoid = isVoid;
  }

  private static Step of(AskedStep asked) {
    Optional<Node> found = asked.node();
    if (found.isEmpty()) {
      return new Step(asked, found, List.of(), new CallData.Span(0, 0), true);
    }
    var wanted = found.get().operands();
    CallData.Span operands = asked.operands();
    if (operands.length() != wanted.size()) {
      throw CanonError.WRONG_NUMBER_OF_OPERANDS.with(operands.length(), wanted.size());
    }
    List<Integer> nodes = new ArrayList<>();
    wanted.forEach(operand -> nodes.add(operand.node()));
    for (int number = 0; number < wanted.size(); number++) {
      if (asked.operand(operands, number).dtype() != wanted.get(number).dataType().code()) {
        return new Step(asked, found, nodes, operands, true);
      }
    }
    return new Step(asked, found, nodes, operands, false);
  }

  /** What {@code step} returns. */
  static byte[] element(AskedStep asked) {
    Step step = of(asked);
    if (step.isVoid) {
      return step.answer(VOID, 0, 0, 0);
    }
    Node node = step.node.orElseThrow();
    int dtype = node.dataType().code();
    return switch (node) {
      case Node.Given given -> step.answer(GIVEN, dtype, node.count(), 0);
      case Node.Computed computed -> {
        int width = node.dataType().width();
        long bits = step.compute(computed) & (-1L >>> (Long.SIZE - width * Byte.SIZE));
        yield step.answer(COMPUTED, dtype, node.count(), bits);
      }
    };
  }

  /** What {@code accumulate} returns. */
  static byte[] accumulator(AskedStep asked, long until) {
    Step step = of(asked);
    if (step.isVoid || !(step.node.orElseThrow() instanceof Node.Fold fold) || !isSum(fold)) {
      throw CanonError.NOT_ACCUMULATED.with();
    }
    FoldStep sum = step.foldStep(fold, step.index(fold));
    int terms = fold.terms().size();
    if (until <= sum.next() || until > terms) {
      throw CanonError.TERM_OUT_OF_RANGE.with(until, sum.next(), terms);
    }
    sum.add(step.open(fold), (int) until);
    byte[] accumulator = sum.encoded();
    int words = Answer.wordsOf(accumulator.length);
    return Answer.of(3 + words + step.nodes.size())
        .put(2 * CallData.WORD)
        .put((2L + words) * CallData.WORD)
        .put(accumulator)
        .put(step.nodes)
        .bytes();
  }

  private byte[] answer(int meaning, int dtype, int count, long value) {
    return Answer.of(6 + nodes.size())
        .put(meaning)
        .put(dtype)
        .put(count)
        .put(5 * CallData.WORD)
        .put(value)
        .put(nodes)
        .bytes();
  }

  private static boolean isSum(Node.Fold fold) {
    return fold.reduction().isSum();
  }

  private long compute(Node.Computed computed) {
    int index = index(computed);
    List<OpenedTensor> tensors = open(computed);
    if (computed instanceof Node.Fold fold) {
      return foldStep(fold, index).element(tensors);
    }
    if (asked.accumulator().length != 0) {
      throw CanonError.MALFORMED_ACCUMULATOR.with();
    }
    return ElementRule.of(computed, tensors).orElseThrow().element(index);
  }

  private int index(Node.Computed computed) {
    long element = asked.element();
    if (element >= computed.count()) {
      throw CanonError.ELEMENT_OUT_OF_RANGE.with(element, computed.count());
    }
    return (int) element;
  }

  private List<OpenedTensor> open(Node.Computed computed) {
    var wanted = computed.operands();
    List<OpenedTensor> tensors = new ArrayList<>();
    for (int number = 0; number < wanted.size(); number++) {
      tensors.add(
          OpenedTensor.of(
              asked.call(),
              number,
              wanted.get(number).dataType(),
              asked.operand(operands, number)));
    }
    return tensors;
  }

  /** Where the fold stands. */
  private FoldStep foldStep(Node.Fold fold, int index) {
    byte[] accumulator = asked.accumulator();
    if (accumulator.length == 0) {
      return new FoldStep(fold, index);
    }
    if (!isSum(fold)) {
      throw CanonError.MALFORMED_ACCUMULATOR.with();
    }
    try {
      return FoldStep.resumed(fold, index, accumulator);
    } catch (EvaluationException.MalformedAccumulator e) {
      throw CanonError.MALFORMED_ACCUMULATOR.with();
    } catch (EvaluationException.MalformedSum e) {
      throw CanonError.malformedSum(e.encoded());
    }
  }
}
