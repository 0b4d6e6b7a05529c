package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why the chain could not be asked, or what it refused. The message names the cause and the way
 * out.
 */
public abstract sealed class ChainException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private ChainException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** No connection, or no answer in time. */
  public static final class Unreachable extends ChainException {
    private static final long serialVersionUID = 1;

    Unreachable(Endpoint endpoint, String reason, @Nullable Throwable cause) {
      super(
          "the chain node at "
              + endpoint
              + " does not answer ("
              + reason
              + "); start it, or set the chain's URL to a node that runs",
          cause);
    }
  }

  /** The node answers less often than it is asked. */
  public static final class RateLimited extends ChainException {
    private static final long serialVersionUID = 1;

    /** How long the node asks to wait, or null if it doesn't say. */
    private final transient @Nullable Duration retryAfter;

    RateLimited(Endpoint endpoint, @Nullable Duration retryAfter) {
      super(
          "the chain node at "
              + endpoint
              + " limits how often it may be asked; ask it less often (a longer poll interval), or use a node of your own",
          null);
      this.retryAfter = retryAfter;
    }

    @Nullable Duration retryAfter() {
      return retryAfter;
    }
  }

  /** What came back is not an answer of JSON-RPC, such as a web page. */
  public static final class MalformedAnswer extends ChainException {
    private static final long serialVersionUID = 1;

    MalformedAnswer(Endpoint endpoint, String what) {
      super(
          "what answers at "
              + endpoint
              + " is not an Ethereum JSON-RPC node, or something stands between: "
              + what
              + "; check the chain's URL",
          null);
    }
  }

  /** The node's newest block is older than one that was seen already. */
  public static final class Behind extends ChainException {
    private static final long serialVersionUID = 1;

    Behind(Endpoint endpoint, long head, long seen) {
      super(
          "the chain node at "
              + endpoint
              + " is at block "
              + head
              + ", behind block "
              + seen
              + ", which was seen already; wait until it has caught up, or name a node that is further",
          null);
    }
  }

  /** The node understood the question and refused it. */
  public static final class NodeRefused extends ChainException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final @Nullable String data;

    NodeRefused(String method, int code, String message, @Nullable String data) {
      super("the chain node refused " + method + ": " + message + " (code " + code + ")", null);
      this.code = code;
      this.data = data;
    }

    /** JSON-RPC's code of the error. */
    public int code() {
      return code;
    }

    /**
     * What a reverted call returned, as {@code 0x} and hexadecimal digits; null if the node gave no
     * such data.
     */
    @Nullable String revertData() {
      return data;
    }
  }

  /** The node is of another chain than the deployment. */
  public static final class WrongChain extends ChainException {
    private static final long serialVersionUID = 1;

    WrongChain(Endpoint endpoint, long expected, long actual) {
      super(
          "the node at "
              + endpoint
              + " is of chain "
              + actual
              + ", the deployment of chain "
              + expected
              + "; set the chain's URL to a node of the deployment's chain, or use the other deployment file",
          null);
    }
  }

  /** The node has the deployment's chain id, but is another chain. */
  public static final class WrongGenesis extends ChainException {
    private static final long serialVersionUID = 1;

    WrongGenesis(Endpoint endpoint, Hash expected, Hash actual) {
      super(
          "the chain at "
              + endpoint
              + " began with block "
              + actual
              + ", the deployment's with "
              + expected
              + ": same chain id, another chain (was the local node started anew?); deploy again or use the other deployment file",
          null);
    }
  }

  /** There is no code where the deployment says that a contract is. */
  public static final class NoContract extends ChainException {
    private static final long serialVersionUID = 1;

    NoContract(String role, Address address) {
      super(
          "there is no contract at "
              + address
              + ", where the deployment has its "
              + role
              + "; check the deployment file, or wait until the node has caught up with the chain",
          null);
    }
  }

  /** The deployment file can't be read or doesn't say what it must. */
  public static final class InvalidDeployment extends ChainException {
    private static final long serialVersionUID = 1;

    InvalidDeployment(String file, String reason, @Nullable Throwable cause) {
      super(
          "the deployment file "
              + file
              + " is of no use: "
              + reason
              + "; take the file that the deployment wrote",
          cause);
    }
  }

  /** A contract's answer or event is not of the form that this program knows. */
  public static final class Undecodable extends ChainException {
    private static final long serialVersionUID = 1;

    Undecodable(String what, @Nullable Throwable cause) {
      super(
          what
              + " is not of the form this program knows; are the contracts of another version than this program?",
          cause);
    }
  }

  /** A contract refused a call. */
  public static final class CallRefused extends ChainException {
    private static final long serialVersionUID = 1;

    private final transient ContractError error;

    CallRefused(ContractError error) {
      super("the contract refused: " + error, null);
      this.error = error;
    }

    /** The contract's own error. */
    public ContractError error() {
      return error;
    }
  }

  /** The thread was asked to stop while it waited for the node. */
  public static final class Interrupted extends ChainException {
    private static final long serialVersionUID = 1;

    Interrupted(Endpoint endpoint, InterruptedException cause) {
      super("stopped while waiting for the chain node at " + endpoint, cause);
    }
  }
}
