package ai.opengradient.canon.program;

/** The limits of spec version 1. Source: section 8 of {@code docs/canon.md}. */
public final class Caps {
  public static final int SPEC_VERSION = 1;

  public static final int NODES = 65_536;
  public static final int OUTPUTS = 16;

  /** INPUT and CLAIM number tensors below this. */
  public static final int GIVEN = 16;

  /** Bytes. */
  public static final int DESCRIPTOR = 1_024;

  /** Of a space, a fold space, a view. */
  public static final int RANK = 8;

  /** Of a node, alternatives counted. */
  public static final int OPERANDS = 16;

  public static final int SLOTS = 16;
  public static final int PRIMITIVES = 32;

  /** Of a fold. */
  public static final int TERMS = 65_536;

  private Caps() {}
}
