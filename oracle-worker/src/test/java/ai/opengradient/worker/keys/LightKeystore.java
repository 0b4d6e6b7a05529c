package ai.opengradient.worker.keys;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;

/** Keystores that open in no time and little memory, for processes that are started very often. */
public final class LightKeystore {

  private static final String WORDS = "test test test test test test test test test test test junk";

  private LightKeystore() {}

  /** Writes the development account's key, for its owner's eyes only. */
  public static void write(Path file, String password, int account) {
    int hard = Bip32ECKeyPair.HARDENED_BIT;
    Bip32ECKeyPair key =
        Bip32ECKeyPair.deriveKeyPair(
            Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(WORDS, "")),
            new int[] {44 | hard, 60 | hard, hard, 0, account});
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, new JsonMapper().writeValueAsBytes(Wallet.createLight(password, key)));
    } catch (CipherException failure) {
      throw new IllegalStateException(failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
