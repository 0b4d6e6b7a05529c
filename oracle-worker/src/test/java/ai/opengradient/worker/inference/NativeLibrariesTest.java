package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked libraries are kept while they are whole, and replaced when they are not. */
final class NativeLibrariesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir private Path folder;

  @Test
  void keepsWholeLibraries() throws IOException {
    Path library = unpacked();
    Files.setLastModifiedTime(library, LONG_AGO);

    NativeLibraries.unpack(folder);

    assertThat(Files.getLastModifiedTime(library)).isEqualTo(LONG_AGO);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void replacesADamagedLibrary() throws IOException {
    Path library = unpacked();
    byte[] whole = Files.readAllBytes(library);
    try (FileChannel channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), whole.length / 2);
    }

    NativeLibraries.unpack(folder);

    assertThat(library).hasBinaryContent(whole);
  }

  @Test
  void replacesATruncatedLibrary() throws IOException {
    Path library = unpacked();
    byte[] whole = Files.readAllBytes(library);
    Files.write(library, Arrays.copyOf(whole, whole.length / 2));

    NativeLibraries.unpack(folder);

    assertThat(library).hasBinaryContent(whole);
  }

  private Path unpacked() throws IOException {
    NativeLibraries.unpack(folder);
    return folder.resolve(System.mapLibraryName("onnxruntime4j_jni"));
  }
}
