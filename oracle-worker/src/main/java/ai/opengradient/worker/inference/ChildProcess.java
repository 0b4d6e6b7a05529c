package ai.opengradient.worker.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One life of the child: started, connected, spoken to, ended. */
final class ChildProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  /** For a JVM to say what happened and to leave. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int KILLED = 128 + 9;

  /**
   * @param exitCode 128 + the signal's number after a signal
   * @param lastWords the end of what the process printed
   */
  record End(int exitCode, String lastWords) {}

  private final Process process;
  private final LastWords lastWords;
  private final SocketChannel channel;
  private final Wire wire;
  private final List<String> introduction;
  private volatile boolean givenUp;

  private ChildProcess(
      Process process,
      LastWords lastWords,
      SocketChannel channel,
      Wire wire,
      List<String> introduction) {
    this.process = process;
    this.lastWords = lastWords;
    this.channel = channel;
    this.wire = wire;
    this.introduction = introduction;
  }

  static ChildProcess start(Launch launch, ScheduledExecutorService clock)
      throws InferenceException.StartFailed {
    try {
      Path meetingPlace = Files.createTempDirectory("opg-inference");
      Path socket = meetingPlace.resolve("socket");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        return connect(server, launch.command(socket), clock);
      } finally {
        Files.deleteIfExists(socket);
        Files.delete(meetingPlace);
      }
    } catch (IOException e) {
      throw new InferenceException.StartFailed("the inference process can't be started: " + e, e);
    }
  }

  private static ChildProcess connect(
      ServerSocketChannel server, ProcessBuilder command, ScheduledExecutorService clock)
      throws IOException, InferenceException.StartFailed {
    Process process = command.start();
    LastWords lastWords = LastWords.of(process.getInputStream());
    Deadline deadline = Deadline.set(clock, START_LIMIT, () -> signal(process));
    var _ = process.onExit().thenRun(() -> close(server));
    try {
      SocketChannel channel = server.accept();
      Wire wire = new Wire(channel);
      List<String> introduction = new ArrayList<>();
      for (int texts = wire.readInt(); texts > 0; texts--) {
        introduction.add(wire.readText());
      }
      return new ChildProcess(process, lastWords, channel, wire, List.copyOf(introduction));
    } catch (IOException e) {
      End end = end(process, lastWords);
      throw new InferenceException.StartFailed(
          "the inference process ended with exit code "
              + end.exitCode()
              + " before it was ready; it said: "
              + end.lastWords(),
          e);
    } finally {
      deadline.meet();
    }
  }

  /** What the child said of itself. */
  List<String> introduction() {
    return introduction;
  }

  Wire wire() {
    return wire;
  }

  /** Whether it is worth talking to: running, and not given up. */
  boolean isUsable() {
    return !givenUp && process.isAlive();
  }

  long processId() {
    return process.pid();
  }

  /** Ends the process at once; a conversation with it breaks off. Any thread may call this. */
  void kill() {
    givenUp = true;
    signal(process);
  }

  /**
   * How a process ended that broke off its conversation; it is given a moment to do so by itself.
   */
  End end() {
    End end = end(process, lastWords);
    close();
    return end;
  }

  private static End end(Process process, LastWords lastWords) {
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      signal(process);
      return new End(process.waitFor(), lastWords.read());
    } catch (InterruptedException e) {
      signal(process);
      Thread.currentThread().interrupt();
      return new End(KILLED, lastWords.soFar());
    }
  }

  @Override
  public void close() {
    kill();
    close(channel);
  }

  /**
   * Through its handle: {@link Process#destroyForcibly} would also close the stream of its last
   * words.
   */
  private static void signal(Process process) {
    process.toHandle().destroyForcibly();
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
