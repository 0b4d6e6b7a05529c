package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import java.net.URI;
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

  /** The remote signer does not answer, or not in time. */
  public static final class RemoteUnreachable extends KeyException {
    private static final long serialVersionUID = 1;

    RemoteUnreachable(URI signer, Throwable cause) {
      super(
          "the remote signer "
              + signer
              + " does not answer ("
              + cause
              + "); check that it runs and that key.remote names it",
          cause);
    }
  }

  /** The remote signer answers, but does not do what it is asked for. */
  public static final class RemoteRefused extends KeyException {
    private static final long serialVersionUID = 1;

    RemoteRefused(URI asked, int status) {
      super(
          "the remote signer answered "
              + asked
              + " with status "
              + status
              + "; see its log for the reason",
          null);
    }
  }

  /** The remote signer has not the account's key. */
  public static final class RemoteWithoutKey extends KeyException {
    private static final long serialVersionUID = 1;

    RemoteWithoutKey(URI signer, Address address) {
      super(
          "the remote signer "
              + signer
              + " has no key of "
              + address
              + "; load that key there, or name its account in key.remote",
          null);
    }
  }

  /** What the remote signer answers is no signature of the account's. */
  public static final class RemoteAnswerWrong extends KeyException {
    private static final long serialVersionUID = 1;

    RemoteAnswerWrong(URI asked, String what) {
      super(
          "the remote signer answered "
              + asked
              + " with "
              + what
              + "; nothing was sent. Check that key.remote names a signer with the API of web3signer's eth1 mode",
          null);
    }
  }

  /** What follows from a private key can't be had from a remote signer. */
  public static final class RemoteWithoutSecrets extends KeyException {
    private static final long serialVersionUID = 1;

    public RemoteWithoutSecrets(Address address) {
      super(
          "the key of "
              + address
              + " is with a remote signer, but a watcher's secrets follow from the private key; give the watcher a keystore of its own",
          null);
    }
  }
}
