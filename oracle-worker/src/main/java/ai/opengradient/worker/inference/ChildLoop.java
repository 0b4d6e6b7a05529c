package ai.opengradient.worker.inference;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The life of a child: it introduces itself, answers one request after the other, and ends with its
 * parent.
 */
final class ChildLoop {
  /** What one kind of child does. */
  interface Service extends AutoCloseable {
    /** What it says of itself. */
    List<String> introduction() throws IOException;

    /**
     * Reads what follows the request's code and model, and writes the answer from {@link
     * Reply#DONE} on.
     *
     * @throws FailureException if there is none; nothing has been written then
     */
    void answer(Request request, Path model, Wire wire) throws IOException, FailureException;

    @Override
    void close();
  }

  /** Makes the service ready. */
  @FunctionalInterface
  interface Start {
    Service service() throws Exception;
  }

  private ChildLoop() {}

  /**
   * Returns when the parent closes the socket. Before any library is touched nothing reaches the
   * network any more, and nothing outlives the parent.
   */
  static void run(String socket, Start start) throws Exception {
    NetworkRefusal.install();
    Thread.ofPlatform().daemon().name("parent watch").start(ChildLoop::endWithParent);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        Service service = start.service()) {
      Wire wire = new Wire(channel);
      List<String> introduction = service.introduction();
      wire.writeInt(introduction.size());
      for (String text : introduction) {
        wire.writeText(text);
      }
      wire.flush();
      serve(wire, service);
    }
  }

  private static void serve(Wire wire, Service service) throws IOException {
    while (true) {
      Request request;
      try {
        request = Request.fromCode(wire.readInt());
      } catch (EOFException e) {
        return;
      }
      try {
        service.answer(request, Path.of(wire.readText()), wire);
      } catch (FailureException e) {
        wire.writeInt(Reply.FAILED);
        e.failure().write(wire);
      }
      wire.flush();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      // As good as the end of the stream.
    }
    Runtime.getRuntime().halt(0);
  }
}
