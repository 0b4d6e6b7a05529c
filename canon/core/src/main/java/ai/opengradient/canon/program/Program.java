package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A valid program: every node's operands are nodes before it, of the types that it says. Source:
 * section 10 of {@code docs/canon.md}.
 *
 * @param nodes in topological order
 * @param outputs positions of nodes, one for each output of the model
 */
public record Program(List<Node> nodes, List<Integer> outputs) {
  /**
   * @throws ProgramException if it is not valid
   */
  public Program {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    ProgramException.requireCount("nodes", nodes.size(), 1, Caps.NODES);
    ProgramException.requireCount("outputs", outputs.size(), 1, Caps.OUTPUTS);
    for (int position = 0; position < nodes.size(); position++) {
      requireOperands(nodes, position);
    }
    for (int output : outputs) {
      ProgramException.requireCount("output", output, 0, nodes.size() - 1);
    }
    requireNoClaimInModel(nodes, outputs);
  }

  private static void requireOperands(List<Node> nodes, int position) {
    try {
      Node node = nodes.get(position);
      Descriptor.requireBefore(node, position);
      for (Operand operand : node.operands()) {
        DataType actual = nodes.get(operand.node()).dataType();
        if (actual != operand.dataType()) {
          throw new ProgramException(
              Fault.WRONG_TYPE,
              "operand "
                  + operand.node()
                  + " holds "
                  + actual.label()
                  + ", not "
                  + operand.dataType().label());
        }
      }
    } catch (ProgramException e) {
      throw e.ofNode(position);
    }
  }

  private static void requireNoClaimInModel(List<Node> nodes, List<Integer> outputs) {
    Node first = nodes.get(outputs.getFirst());
    boolean isVerdict =
        outputs.size() == 1 && first.dataType() == DataType.BOOL && first.count() == 1;
    if (!isVerdict && nodes.stream().anyMatch(Node.Claim.class::isInstance)) {
      throw new ProgramException(
          Fault.CLAIM_IN_MODEL,
          "a program that reads the claim can only give a verdict: one output, bool, one element");
    }
  }

  /** The bytes of the program's file. */
  public byte[] encode() {
    ByteWriter bytes = new ByteWriter();
    bytes.u8(Caps.SPEC_VERSION);
    bytes.u32(nodes.size());
    for (Descriptor descriptor : descriptors()) {
      bytes.u16(descriptor.length());
      bytes.bytes(descriptor.bytes());
    }
    bytes.list(outputs, bytes::u32);
    return bytes.toByteArray();
  }

  /**
   * The program in a file.
   *
   * @throws ProgramException if the bytes are anything but a valid program's
   */
  public static Program decode(byte[] file) {
    ByteReader bytes = new ByteReader(file);
    int version = bytes.u8();
    if (version != Caps.SPEC_VERSION) {
      throw new ProgramException(
          Fault.UNKNOWN_CODE,
          "spec version " + version + " is not known here, only " + Caps.SPEC_VERSION);
    }
    int count = bytes.count("nodes", 1, Caps.NODES);
    List<Node> nodes = new ArrayList<>();
    for (int position = 0; position < count; position++) {
      Descriptor descriptor = Descriptor.of(bytes.bytes(bytes.u16()));
      nodes.add(decode(descriptor, position));
    }
    List<Integer> outputs =
        bytes.list("outputs", Caps.OUTPUTS, () -> bytes.count("output", 0, count - 1));
    bytes.requireEnd();
    return new Program(nodes, outputs);
  }

  private static Node decode(Descriptor descriptor, int position) {
    try {
      return descriptor.node(position);
    } catch (ProgramException e) {
      throw e.ofNode(position);
    }
  }

  public List<Descriptor> descriptors() {
    return nodes.stream().map(Descriptor::of).toList();
  }

  /** The program's commitment, its root. */
  public Hash hash() {
    return ProgramCommitment.of(descriptors(), outputs);
  }
}
