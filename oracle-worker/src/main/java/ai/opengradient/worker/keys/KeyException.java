package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a key can't be used. The message names the cause and the way out, never a password or key
 * material.
 */
public abstract sealed class KeyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private KeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Others than the file's owner may read a key or a password. */
  public static final class KeystoreReadableByOthers extends KeyException {
    private static final long serialVersionUID = 1;

    KeystoreReadableByOthers(Path file, String permissions) {
      super(
          file
              + " may be read by others ("
              + permissions
              + "); run: chmod 600 '"
              + file
              + "', and if others use this machine, move what the key holds to a new one",
          null);
    }
  }

  /** The file isn't there, can't be read, or isn't what it should be. */
  public static final class UnusableFile extends KeyException {
    private static final long serialVersionUID = 1;

    UnusableFile(Path file, String reason, @Nullable Throwable cause) {
      super(file + " can't be used: " + reason, cause);
    }
  }

  /** The password doesn't open the key. */
  public static final class WrongPassword extends KeyException {
    private static final long serialVersionUID = 1;

    WrongPassword(Path file) {
      super(
          "the password does not open "
              + file
              + "; give the one that the key was made with (a password file's last line break does not count)",
          null);
    }
  }

  /** The key is another account's than expected. */
  public static final class WrongAddress extends KeyException {
    private static final long serialVersionUID = 1;

    WrongAddress(Path file, Address expected, Address actual) {
      super(
          file
              + " holds the key of "
              + actual
              + ", not of "
              + expected
              + "; name the keystore of that account, or change the configured address",
          null);
    }
  }

  /** Another process works with the key, and two would use the same nonces. */
  public static final class KeyInUse extends KeyException {
    private static final long serialVersionUID = 1;

    KeyInUse(Address address, Path lock, String holder) {
      super(
          "the key of "
              + address
              + " is in use by "
              + holder
              + " (lock "
              + lock
              + "); stop that process, or ask it through `opg worker`: it does what needs this key",
          null);
    }
  }
}
