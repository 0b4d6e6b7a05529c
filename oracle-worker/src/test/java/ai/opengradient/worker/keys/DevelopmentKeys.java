package ai.opengradient.worker.keys;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.Sign;

/** The accounts that development chains fund, from the words that everybody knows. */
public final class DevelopmentKeys {

  private static final String WORDS = "test test test test test test test test test test test junk";

  /** What takes long is done once. */
  private static final Map<Integer, LocalSigner> ACCOUNTS = new ConcurrentHashMap<>();

  private DevelopmentKeys() {}

  /** The account at path m/44'/60'/0'/0/index. */
  public static LocalSigner account(int index) {
    return ACCOUNTS.computeIfAbsent(index, DevelopmentKeys::derive);
  }

  /** The account's public key: {@code 0x} and the digits of both coordinates. */
  public static String publicKey(int index) {
    return "0x" + String.format("%0128x", key(index).getPublicKey());
  }

  /** The account's signature of the message's hash: r, s, and 27 or 28. */
  public static String signature(int index, byte[] message) {
    Sign.SignatureData signature = Sign.signMessage(message, key(index));
    HexFormat digits = HexFormat.of();
    return "0x"
        + digits.formatHex(signature.getR())
        + digits.formatHex(signature.getS())
        + digits.formatHex(signature.getV());
  }

  private static LocalSigner derive(int index) {
    return new LocalSigner(key(index));
  }

  private static Bip32ECKeyPair key(int index) {
    int hard = Bip32ECKeyPair.HARDENED_BIT;
    int[] path = {44 | hard, 60 | hard, hard, 0, index};
    return Bip32ECKeyPair.deriveKeyPair(
        Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(WORDS, "")), path);
  }
}
