package ai.opengradient.besu.plugin;

import java.net.URL;
import java.util.List;

/**
 * The node must not run: it would disagree with the others, or serve a precompile that is not the
 * network's. The message names the cause, and the way out.
 */
@SuppressWarnings("serial") // never serialised
abstract sealed class StartRefused extends RuntimeException {
  private StartRefused(String message) {
    super(message);
  }

  private StartRefused(String message, Throwable cause) {
    super(message, cause);
  }

  /** The genesis file gives the canon's account no code, or other code than it has to. */
  static final class NotInGenesis extends StartRefused {
    NotInGenesis(String found) {
      super(
          found
              + " at "
              + CanonContract.ADDRESS
              + " in the state of this node; the network's genesis file has to give that account"
              + " the code 0xfe, the activation block in slot 0 and the spec version in slot 1."
              + " A node that has fetched its state in part only can't tell: use sync-mode FULL");
    }
  }

  /** The network runs by another version of the canon than this plugin computes. */
  static final class OtherVersion extends StartRefused {
    OtherVersion(String network, long ours) {
      super(
          "the network's genesis file names spec version "
              + network
              + " of the canon, and this plugin computes version "
              + ours
              + "; install the plugin of the network's version");
    }
  }

  /** The activation block is none. */
  static final class NoActivationBlock extends StartRefused {
    NoActivationBlock(String found) {
      super("the genesis file names " + found + " as activation block, which no chain reaches");
    }
  }

  /** What is computed here is not what the canon says. */
  static final class WrongAnswer extends StartRefused {
    WrongAnswer(String question, String expected, String computed) {
      super(
          "the known answer to \""
              + question
              + "\" is "
              + expected
              + ", and this node computes "
              + computed
              + "; check the plugin's file and this machine's memory and Java runtime");
    }
  }

  /** Something else computes at the canon's address. */
  static final class AddressTaken extends StartRefused {
    AddressTaken(String name) {
      super(
          "the precompile "
              + name
              + " is at "
              + CanonContract.ADDRESS
              + " already; leave one plugin of the two away");
    }
  }

  /** The class path has this plugin more than once: which one runs would be left to chance. */
  static final class SeveralPlugins extends StartRefused {
    SeveralPlugins(List<URL> places) {
      super("this plugin is installed more than once: leave one of " + places);
    }
  }

  /** This Besu is built otherwise than those that the plugin knows. */
  static final class UnknownRelease extends StartRefused {
    UnknownRelease(String missing, Throwable cause) {
      super(message(missing), cause);
    }

    UnknownRelease(String missing) {
      super(message(missing));
    }

    private static String message(String missing) {
      return "this release of Besu has "
          + missing
          + "; run one that the plugin's page names, or a newer plugin";
    }
  }
}
