package ai.opengradient.canon.program;

/** The codes of node kinds, and of the primitives with fields of their own. */
final class Codes {
  static final int INPUT = 0x01;
  static final int WEIGHT = 0x02;
  static final int CLAIM = 0x03;
  static final int MAP = 0x04;
  static final int FOLD = 0x05;
  static final int GATHER = 0x06;

  static final int CONST = 0x01;
  static final int INDEX = 0x02;
  static final int CAST = 0x03;
  static final int WITHIN = 0x05;

  private Codes() {}
}
