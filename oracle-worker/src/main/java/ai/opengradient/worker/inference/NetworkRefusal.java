package ai.opengradient.worker.inference;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketImplFactory;

/**
 * Keeps the libraries in the child from the network: DJL asks a cloud's metadata address and
 * reports to a bucket unless told not to.
 */
final class NetworkRefusal {
  /** What the child says when a library tries. */
  static final String NOTICE = "refused a connection to the network";

  private NetworkRefusal() {}

  /**
   * From now on no {@link Socket} of this JVM can be made; Unix domain channels are not concerned.
   */
  @SuppressWarnings(
      "deprecation") // deprecated for want of use, and still the only hook under URLConnection
  static void install() throws IOException {
    SocketImplFactory refuse =
        () -> {
          System.err.println(NOTICE);
          throw new UnsupportedOperationException(NOTICE);
        };
    Socket.setSocketImplFactory(refuse);
  }
}
