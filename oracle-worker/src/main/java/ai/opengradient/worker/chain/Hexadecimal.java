package ai.opengradient.worker.chain;

import java.math.BigInteger;
import java.util.HexFormat;

/** Numbers and bytes as JSON-RPC writes them. */
final class Hexadecimal {

  private Hexadecimal() {}

  static String quantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  static String quantity(BigInteger value) {
    return "0x" + value.toString(16);
  }

  static BigInteger number(String quantity) {
    if (!quantity.startsWith("0x") || quantity.length() < 3) {
      throw new IllegalArgumentException("'" + quantity + "' is not a hexadecimal quantity");
    }
    return new BigInteger(quantity.substring(2), 16);
  }

  static byte[] bytes(String data) {
    if (!data.startsWith("0x")) {
      throw new IllegalArgumentException("hexadecimal data begins with 0x");
    }
    return HexFormat.of().parseHex(data, 2, data.length());
  }

  static String data(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
