package ai.opengradient.store.content;

import ai.opengradient.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.binary.Base58;

/**
 * The texts of binary ids: base 32 (prefix {@code b} or {@code B}) and base 58 (prefix {@code z},
 * none in version 0).
 */
final class Multibase {
  private Multibase() {}

  static byte[] decode(String text) {
    if (text.isEmpty()) {
      throw new StoreException.InvalidContentId("the content id is empty");
    }
    String digits = text.substring(1);
    return switch (text.charAt(0)) {
      case 'b' -> decodeBase32(digits, text, digits.toLowerCase(Locale.ROOT));
      case 'B' -> decodeBase32(digits, text, digits.toUpperCase(Locale.ROOT));
      case 'z' -> decodeBase58(digits);
      default ->
          throw new StoreException.InvalidContentId(
              "'" + text + "' is not a content id; one starts with Qm, b (base 32) or z (base 58)");
    };
  }

  static String encodeBase32(byte[] bytes) {
    return "b" + withoutPadding(new Base32().encodeToString(bytes)).toLowerCase(Locale.ROOT);
  }

  static byte[] decodeBase58(String digits) {
    byte[] bytes;
    try {
      bytes = new Base58().decode(digits.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new StoreException.InvalidContentId("'" + digits + "' is not base 58");
    }
    // The library ignores what it does not know; only a text that it would write itself is one.
    if (!encodeBase58(bytes).equals(digits)) {
      throw new StoreException.InvalidContentId("'" + digits + "' is not base 58");
    }
    return bytes;
  }

  static String encodeBase58(byte[] bytes) {
    return new String(new Base58().encode(bytes), StandardCharsets.US_ASCII);
  }

  private static byte[] decodeBase32(String digits, String text, String inOneCase) {
    byte[] bytes = new Base32().decode(digits.toUpperCase(Locale.ROOT));
    // The library ignores what it does not know, and stray bits; only a text that it would write
    // itself is one.
    String again = withoutPadding(new Base32().encodeToString(bytes));
    if (!digits.equals(inOneCase) || !again.equalsIgnoreCase(digits)) {
      throw new StoreException.InvalidContentId("'" + text + "' is not base 32");
    }
    return bytes;
  }

  private static String withoutPadding(String base32) {
    return base32.replace("=", "");
  }
}
