package ai.opengradient.worker.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.examples.BenchmarkModels;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing leaves the machine. The child refuses itself every socket to a network and says so; the
 * control shows that DJL, left alone, does try, around any proxy, and that the refusal catches it.
 */
final class InferenceSecrecyTest {
  @TempDir private Path folder;
  private Path model = Path.of(".");

  @BeforeEach
  void writeModel() throws IOException {
    model = TestModels.write(folder, "line", BenchmarkModels.line());
  }

  @Test
  void theChildTriesNoConnection() throws IOException {
    assertThat(whatTheChildSays(command(), this::runTheModel))
        .doesNotContain(NetworkRefusal.NOTICE);
  }

  /** It does not get as far as its introduction. */
  @Test
  void aChildLeftToDjlWouldTryOne() throws IOException {
    ProcessBuilder command = command();
    command.environment().remove("OPT_OUT_TRACKING");
    command.command().remove("-Doffline=true");

    assertThat(
            whatTheChildSays(
                command,
                wire -> assertThatThrownBy(wire::readText).isInstanceOf(EOFException.class)))
        .contains(NetworkRefusal.NOTICE);
  }

  @Test
  void theChildKnowsNoSecretsOfItsParent() throws IOException {
    assertThat(command().environment().keySet())
        .isSubsetOf("CLASSPATH", "HOME", "LD_LIBRARY_PATH", "OPT_OUT_TRACKING", "PATH", "TMPDIR");
  }

  private ProcessBuilder command() throws IOException {
    return ChildCommand.stock(InferenceSettings.standard(folder), folder.resolve("socket"));
  }

  private interface Talk {
    void with(Wire wire) throws IOException;
  }

  private void runTheModel(Wire wire) throws IOException {
    int texts = wire.readInt();
    for (int text = 0; text < texts; text++) {
      assertThat(wire.readText()).isNotEmpty();
    }
    wire.writeInt(Request.RUN.code());
    wire.writeText(model.toString());
    wire.writeTensors(List.of(Tensor.ofFloats(new float[] {1}, 1)));
    wire.flush();
    assertThat(wire.readInt()).isEqualTo(Reply.DONE);
    assertThat(wire.readTensors(100)).hasSize(1);
  }

  /** All that it prints from its start to its end. */
  private String whatTheChildSays(ProcessBuilder command, Talk talk) throws IOException {
    NativeLibraries.unpack(folder.resolve("natives"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      Process child = command.start();
      try (SocketChannel channel = server.accept()) {
        talk.with(new Wire(channel));
      }
      return new String(child.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
