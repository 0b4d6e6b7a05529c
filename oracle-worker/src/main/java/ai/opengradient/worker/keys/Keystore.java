package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;

/**
 * Private keys in encrypted files of version 3, as other Ethereum software writes and reads them.
 */
public final class Keystore {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Keystore() {}

  /**
   * Makes a new key and writes it, encrypted by scrypt with N = 2¹⁸, to a file that only its owner
   * may read.
   *
   * @throws KeyException.UnusableFile if the file exists already or can't be written
   */
  public static LocalSigner create(Path file, String password) {
    try {
      ECKeyPair key = Keys.createEcKeyPair();
      PrivateFile.create(
          file, JSON.writeValueAsString(Wallet.createStandard(password, key)) + "\n");
      return new LocalSigner(key);
    } catch (InvalidAlgorithmParameterException
        | NoSuchAlgorithmException
        | NoSuchProviderException
        | CipherException
        | JsonProcessingException impossible) {
      throw new AssertionError("secp256k1, scrypt and AES come with this program", impossible);
    }
  }

  /**
   * Opens a key.
   *
   * @throws KeyException.KeystoreReadableByOthers if group or others have any right to the file
   * @throws KeyException.WrongPassword if the password isn't the one it was written with
   * @throws KeyException.WrongAddress if the key isn't that of the address that the file names
   * @throws KeyException.UnusableFile if it can't be read or is no keystore of version 3
   */
  public static LocalSigner load(Path file, String password) {
    WalletFile wallet = parse(file);
    LocalSigner signer = decrypt(file, wallet, password);
    if (wallet.getAddress() != null) {
      requireAddress(file, namedAddress(file, wallet.getAddress()), signer.address());
    }
    return signer;
  }

  /**
   * Reads a password from a file that only its owner may read; one line break at its end does not
   * count.
   */
  public static String passwordFrom(Path file) {
    String content = PrivateFile.read(file);
    String password = content.replaceFirst("\r?\n$", "");
    if (password.isEmpty()) {
      throw new KeyException.UnusableFile(file, "it holds no password", null);
    }
    return password;
  }

  private static WalletFile parse(Path file) {
    String content = PrivateFile.read(file);
    try {
      WalletFile wallet = JSON.readValue(content, WalletFile.class);
      if (wallet != null && wallet.getVersion() == 3 && wallet.getCrypto() != null) {
        return wallet;
      }
    } catch (JsonProcessingException malformed) {
      // Its message would quote the file.
      throw notKeystore(file);
    }
    throw notKeystore(file);
  }

  private static LocalSigner decrypt(Path file, WalletFile wallet, String password) {
    try {
      return new LocalSigner(Wallet.decrypt(password, wallet));
    } catch (CipherException refused) {
      throw "Invalid password provided".equals(refused.getMessage())
          ? new KeyException.WrongPassword(file)
          : notKeystore(file);
    } catch (RuntimeException malformed) {
      throw notKeystore(file);
    }
  }

  private static KeyException notKeystore(Path file) {
    return new KeyException.UnusableFile(
        file, "it is not an encrypted key of version 3; name the keystore file", null);
  }

  private static Address namedAddress(Path file, String text) {
    try {
      return new Address(text.startsWith("0x") ? text : "0x" + text);
    } catch (IllegalArgumentException malformed) {
      throw notKeystore(file);
    }
  }

  private static void requireAddress(Path file, Address expected, Address actual) {
    if (!expected.equals(actual)) {
      throw new KeyException.WrongAddress(file, expected, actual);
    }
  }
}
