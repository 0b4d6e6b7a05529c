package ai.opengradient.worker.keys;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;

/** The accounts that development chains fund, from the words that everybody knows. */
public final class DevelopmentKeys {

  private static final String WORDS = "test test test test test test test test test test test junk";

  /** What takes long is done once. */
  private static final Map<Integer, Signer> ACCOUNTS = new ConcurrentHashMap<>();

  private DevelopmentKeys() {}

  /** The account at path m/44'/60'/0'/0/index. */
  public static Signer account(int index) {
    return ACCOUNTS.computeIfAbsent(index, DevelopmentKeys::derive);
  }

  private static Signer derive(int index) {
    int hard = Bip32ECKeyPair.HARDENED_BIT;
    int[] path = {44 | hard, 60 | hard, hard, 0, index};
    return new Signer(
        Bip32ECKeyPair.deriveKeyPair(
            Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(WORDS, "")), path));
  }
}
