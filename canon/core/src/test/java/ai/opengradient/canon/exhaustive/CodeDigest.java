package ai.opengradient.canon.exhaustive;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether the code that a comparison is about is still the same. */
final class CodeDigest {
  private static final int DIGITS = 16;

  private CodeDigest() {}

  /** Of the arithmetic's compiled classes and the oracle's source: some hexadecimal digits. */
  static String of(Path root) throws IOException {
    MessageDigest digest = sha256();
    for (Path file : files(root)) {
      digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> classes = Files.list(classes().resolve("ai/opengradient/canon/arithmetic"))) {
      return Stream.concat(classes.sorted(), Stream.of(root.resolve("canon/exhaustive/oracle.c")))
          .toList();
    }
  }

  private static Path classes() {
    try {
      return Path.of(
          UnaryFunction.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the classes are in no folder", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
