package ai.opengradient.canon.engine;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Program;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** From when to when the tensors of a run are needed. */
final class Lifetimes {
  private final Program program;
  private final BitSet needed;

  /** By node: the last node that reads it, or the end of the program for an output. */
  private final int[] lastReaders;

  private Lifetimes(Program program, BitSet needed) {
    this.program = program;
    this.needed = needed;
    lastReaders = new int[program.nodes().size()];
    for (int node = 0; node < lastReaders.length; node++) {
      if (needed.get(node)) {
        lastReaders[node] = node;
        for (Operand operand : program.nodes().get(node).operands()) {
          lastReaders[operand.node()] = node;
        }
      }
    }
    program.outputs().forEach(output -> lastReaders[output] = lastReaders.length);
  }

  /** Of a run that computes what the outputs need. */
  static Lifetimes ofOutputs(Program program) {
    BitSet needed = new BitSet();
    program.outputs().forEach(needed::set);
    for (int node = program.nodes().size() - 1; node >= 0; node--) {
      if (needed.get(node)) {
        program.nodes().get(node).operands().forEach(operand -> needed.set(operand.node()));
      }
    }
    return new Lifetimes(program, needed);
  }

  /** Of a run that computes every node. */
  static Lifetimes ofAll(Program program) {
    BitSet needed = new BitSet();
    needed.set(0, program.nodes().size());
    return new Lifetimes(program, needed);
  }

  boolean isNeeded(int node) {
    return needed.get(node);
  }

  /** The tensors that nothing reads after a node. */
  List<Integer> endingWith(int node) {
    List<Integer> ending = new ArrayList<>();
    if (lastReaders[node] == node) {
      ending.add(node);
    }
    program.nodes().get(node).operands().stream()
        .map(Operand::node)
        .distinct()
        .filter(operand -> lastReaders[operand] == node)
        .forEach(ending::add);
    return ending;
  }

  /** The most bytes that all tensors but the weights take at one time. */
  long peakBytes() {
    long[] changes = new long[lastReaders.length + 1];
    for (int node = 0; node < lastReaders.length; node++) {
      Node definition = program.nodes().get(node);
      if (isNeeded(node) && !(definition instanceof Node.Weight)) {
        changes[node] += definition.length();
        if (lastReaders[node] < lastReaders.length) {
          changes[lastReaders[node] + 1] -= definition.length();
        }
      }
    }
    long peak = 0;
    long current = 0;
    for (long change : changes) {
      current += change;
      peak = Math.max(peak, current);
    }
    return peak;
  }
}
