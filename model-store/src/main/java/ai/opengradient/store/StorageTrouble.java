package ai.opengradient.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a full disk from one that fails otherwise. */
public final class StorageTrouble {
  /** Below this nothing worth while can be written. */
  private static final long NEXT_TO_NOTHING = 4L << 20;

  private StorageTrouble() {}

  /**
   * The failure as users are told of it.
   *
   * @param folder on the disk in question
   * @param what could not be done, with the name of the file
   */
  public static StoreException of(Path folder, String what, Exception cause) {
    return isFull(folder, cause)
        ? new StoreException.StorageFull(
            what
                + ": the disk of "
                + folder
                + " is full; free space on it, take pins away and collect garbage",
            cause)
        : new StoreException.StorageFailed(
            what + ": " + cause + "; check space and permissions", cause);
  }

  /** Systems word it in the language of their user, so the free space counts too. */
  private static boolean isFull(Path folder, Exception cause) {
    if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < NEXT_TO_NOTHING;
    } catch (IOException e) {
      return false;
    }
  }
}
