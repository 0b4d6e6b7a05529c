package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.ModelFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a constant's data are in a file beside the ONNX file.
 *
 * <p>Source: ONNX's external data (docs/ExternalData.md of ONNX).
 *
 * @param file a plain name, so that it can't lead out of the folder
 * @param offset of the first byte
 * @param length as many bytes as the constant's shape takes
 */
public record ExternalRange(String file, long offset, long length) {
  private static final String LOCATION = "location";
  private static final String OFFSET = "offset";
  private static final String LENGTH = "length";

  /**
   * Reads what a tensor states.
   *
   * @param tensor its name, for messages
   * @param stated the entries of {@code external_data}
   * @param needed bytes that the tensor's shape takes
   * @throws StoreException.UnsupportedOnnx if it names a path instead of a file beside
   * @throws StoreException.InvalidOnnx if a number is none, or is not what the shape takes
   */
  public static ExternalRange of(String tensor, Map<String, String> stated, long needed) {
    @Nullable String location = stated.get(LOCATION);
    if (location == null || !ModelFile.isPlain(location)) {
      throw new StoreException.UnsupportedOnnx(
          "tensor '"
              + tensor
              + "' has its data in '"
              + location
              + "', which is not the plain name of a file beside the model; save it with its data in one file beside it");
    }
    long offset = number(tensor, stated, OFFSET, 0);
    long length = number(tensor, stated, LENGTH, needed);
    if (length != needed) {
      throw new StoreException.InvalidOnnx(
          "tensor '"
              + tensor
              + "' takes "
              + needed
              + " bytes, but states "
              + length
              + " in "
              + location);
    }
    Math.addExact(offset, length);
    return new ExternalRange(location, offset, length);
  }

  private static long number(
      String tensor, Map<String, String> stated, String key, long otherwise) {
    @Nullable String text = stated.get(key);
    try {
      long number = text == null ? otherwise : Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a negative number.
    }
    throw new StoreException.InvalidOnnx(
        "tensor '" + tensor + "' states the " + key + " of its data as '" + text + "'");
  }

  /** Behind the last byte. */
  public long end() {
    return offset + length;
  }
}
