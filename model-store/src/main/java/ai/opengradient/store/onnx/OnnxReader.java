package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what an untrusted ONNX file says of itself, in one pass and in little memory whatever the
 * file claims. Operator sets of custom domains may be imported; no node may use them.
 */
public final class OnnxReader {
  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused here: data elsewhere than
   *     beside it, custom domains, inputs or outputs of a type out of the list or without a shape
   * @throws StoreException.StorageFailed if it can't be read
   */
  public static OnnxSummary read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return read(stream, Files.size(file));
    } catch (IOException e) {
      throw new StoreException.StorageFailed("can't read " + file + ": " + e, e);
    }
  }

  /** Reads a file that is in memory, as {@link #read(Path)} does. */
  public static OnnxSummary read(byte[] file) {
    return read(new ByteArrayInputStream(file), file.length);
  }

  private static OnnxSummary read(InputStream stream, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new StoreException.InvalidOnnx(
          "the file has "
              + length
              + " bytes; ONNX files end below 2 GiB: save the model with its data in a file beside it");
    }
    try {
      return ModelScan.read(new ProtobufInput(stream, (int) length));
    } catch (IOException e) {
      throw new StoreException.InvalidOnnx(
          "the file is not ONNX, or was cut off: " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new StoreException.InvalidOnnx("the file states sizes that nothing can have");
    }
  }
}
