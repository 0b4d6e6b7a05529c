package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import java.nio.charset.StandardCharsets;

/** What an entry of a directory may be called: nothing that leads out of a folder. */
final class EntryName {
  private static final int MAXIMUM_LENGTH = 255;

  private EntryName() {}

  /**
   * The name itself.
   *
   * @throws StoreException.InvalidEntry if it is none
   */
  static String checked(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw invalid(name, "it names a folder itself or the one around it, or nothing");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw invalid(name, "it has a slash, a backslash or a NUL");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_LENGTH) {
      throw invalid(name, "it is longer than " + MAXIMUM_LENGTH + " bytes");
    }
    return name;
  }

  private static StoreException.InvalidEntry invalid(String name, String why) {
    return new StoreException.InvalidEntry(
        "'"
            + name.replace('\0', '?')
            + "' can't be an entry of a directory: "
            + why
            + "; rename it and add the directory again");
  }
}
