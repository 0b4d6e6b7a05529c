package ai.opengradient.worker.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret that every call to the admin API carries.
 *
 * @param text 64 hexadecimal digits, as the file has them
 */
public record AdminToken(String text) {

  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The token's file can be read by others than its owner. */
  public static final class Exposed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exposed(Path file) {
      super(
          "the admin token " + file + " can be read by others; remove it, or run chmod 600 on it");
    }
  }

  /**
   * The token in the file; where there is no file, one with a new token is written that only its
   * owner can read.
   *
   * @throws Exposed if others have any right to the file
   * @throws UncheckedIOException if it can't be read or written
   */
  public static AdminToken at(Path file) {
    try {
      create(file);
      return read(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("the admin token " + file + " can't be had", failure);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      channel.write(StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(secret) + "\n"));
    } catch (FileAlreadyExistsException kept) {
      // A token outlives its worker's restarts.
    }
  }

  private static AdminToken read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new Exposed(file);
    }
    return new AdminToken(Files.readString(file).strip());
  }

  /**
   * Whether this is what the header {@code Authorization} carries, in the time that any other text
   * takes.
   */
  boolean isIn(String authorization) {
    return MessageDigest.isEqual(
        ("Bearer " + text).getBytes(StandardCharsets.UTF_8),
        authorization.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "the admin token";
  }
}
