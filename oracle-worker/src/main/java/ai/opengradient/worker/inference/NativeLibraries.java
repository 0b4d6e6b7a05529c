package ai.opengradient.worker.inference;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * ONNX Runtime's native libraries on disk, unpacked once and checked at every start; left alone,
 * ONNX Runtime unpacks all 28 MB of them each time.
 */
final class NativeLibraries {
  private static final List<String> STEMS = List.of("onnxruntime", "onnxruntime4j_jni");

  private NativeLibraries() {}

  /** Makes sure that the folder holds this system's libraries as ONNX Runtime's jar has them. */
  static void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String stem : STEMS) {
      String name = System.mapLibraryName(stem);
      String resource = "/ai/onnxruntime/native/" + system() + "/" + name;
      URL source = OrtEnvironment.class.getResource(resource);
      if (source == null) {
        throw new IOException("ONNX Runtime has no library " + resource + " for this system");
      }
      Path target = folder.resolve(name);
      if (!matches(target, source)) {
        copy(source, target);
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch");
    return (name.startsWith("mac") ? "osx" : name)
        + "-"
        + (architecture.equals("amd64") ? "x64" : architecture);
  }

  private static boolean matches(Path target, URL source) throws IOException {
    if (!Files.isRegularFile(target)
        || !(source.openConnection() instanceof JarURLConnection connection)) {
      return false;
    }
    JarEntry entry = connection.getJarEntry();
    return Files.size(target) == entry.getSize() && checksum(target) == entry.getCrc();
  }

  private static long checksum(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      return checksum.getValue();
    }
  }

  /** By a rename, so that nobody ever loads half a library. */
  private static void copy(URL source, Path target) throws IOException {
    Path part = Files.createTempFile(target.getParent(), "library", ".part");
    try (InputStream stream = source.openStream()) {
      Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
