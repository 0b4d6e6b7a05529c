package ai.opengradient.worker.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.opengradient.canon.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program of the child process: answers its parent's requests one by one until it goes away.
 */
final class InferenceChild {
  private final Wire wire;
  private final Sessions sessions;
  private final InputBuffers buffers = new InputBuffers();

  private InferenceChild(Wire wire, Sessions sessions) {
    this.wire = wire;
    this.sessions = sessions;
  }

  /** Arguments: the parent's socket, threads, optimisation level, number of sessions to keep. */
  public static void main(String[] arguments) throws IOException, OrtException {
    NetworkRefusal.install();
    Thread.ofPlatform().daemon().name("parent watch").start(InferenceChild::endWithParent);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]));
        Sessions sessions =
            new Sessions(
                Integer.parseInt(arguments[1]),
                OptimisationLevel.valueOf(arguments[2]),
                Integer.parseInt(arguments[3]))) {
      Wire wire = new Wire(channel);
      introduce(wire);
      new InferenceChild(wire, sessions).serve();
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

  private static void introduce(Wire wire) throws IOException {
    wire.writeText(OrtEnvironment.getEnvironment().getVersion());
    wire.writeText(Engine.getDjlVersion());
    wire.writeText("CPUExecutionProvider");
    wire.writeText(
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    wire.writeText(processor());
    wire.flush();
  }

  private static String processor() throws IOException {
    Path information = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(information)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(information)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private void serve() throws IOException {
    while (true) {
      Request request;
      try {
        request = Request.fromCode(wire.readInt());
      } catch (EOFException e) {
        return;
      }
      answer(request);
      wire.flush();
    }
  }

  private void answer(Request request) throws IOException {
    Path model = Path.of(wire.readText());
    switch (request) {
      case LOAD -> load(model);
      case RUN -> run(model);
    }
  }

  private void load(Path model) throws IOException {
    try {
      sessions.of(model);
      wire.writeInt(Reply.DONE);
      wire.writeTensors(List.of());
    } catch (FailureException e) {
      fail(e.failure());
    }
  }

  private void run(Path model) throws IOException {
    List<NativeTensor> inputs = buffers.read(wire);
    try {
      List<Tensor> outputs = sessions.of(model).run(inputs);
      wire.writeInt(Reply.DONE);
      wire.writeTensors(outputs);
    } catch (FailureException e) {
      fail(e.failure());
    }
  }

  private void fail(Failure failure) throws IOException {
    wire.writeInt(Reply.FAILED);
    failure.write(wire);
  }
}
