package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;
import java.util.regex.Pattern;

/**
 * A file of a model: the ONNX file, or one beside it with data of its constants.
 *
 * @param name a plain file name that can't leave a directory
 * @param content where it is and what proves it
 */
public record ModelFile(String name, FileReference content) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  /**
   * @throws StoreException.InvalidManifest if the name is not plain
   */
  public ModelFile {
    if (!isPlain(name)) {
      throw new StoreException.InvalidManifest(
          "file name '"
              + name
              + "' is not plain: 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first");
    }
  }

  /** Whether a name is one of a file that lies in a folder itself, whatever the folder is. */
  public static boolean isPlain(String name) {
    return PLAIN_NAME.matcher(name).matches();
  }
}
