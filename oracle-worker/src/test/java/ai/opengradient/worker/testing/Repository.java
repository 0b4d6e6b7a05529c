package ai.opengradient.worker.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository that a test runs in. */
public final class Repository {

  private Repository() {}

  /** Its root, found upwards from the working directory. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("hardhat.config.js"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no hardhat.config.js above the working directory");
    }
    return folder;
  }
}
