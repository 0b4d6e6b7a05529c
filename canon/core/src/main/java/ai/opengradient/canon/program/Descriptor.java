package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.canon.program.ProgramException.Fault;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes that a node is given by, valid or not. */
public final class Descriptor {
  private static final byte NODE_TAG = 0x05;

  private final byte[] bytes;

  private Descriptor(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of these bytes, copied. */
  public static Descriptor of(byte[] bytes) {
    return new Descriptor(bytes.clone());
  }

  /**
   * The node's only descriptor.
   *
   * @throws ProgramException if it would be longer than 1,024 bytes
   */
  public static Descriptor of(Node node) {
    return new Descriptor(DescriptorWriter.write(node));
  }

  /**
   * The node that it describes at a position.
   *
   * @throws ProgramException if it is not valid there
   */
  public Node node(int position) {
    ProgramException.requireCount("position", position, 0, Caps.NODES - 1);
    Node node = DescriptorReader.read(bytes);
    requireBefore(node, position);
    return node;
  }

  static void requireBefore(Node node, int position) {
    for (Operand operand : node.operands()) {
      if (operand.node() >= position) {
        throw new ProgramException(
            Fault.DANGLING_OPERAND,
            "an operand is node " + operand.node() + ", which is not before this one");
      }
    }
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /** The node's commitment. */
  public Hash hash() {
    return Keccak256.hash(new byte[] {NODE_TAG}, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Descriptor descriptor && Arrays.equals(bytes, descriptor.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
