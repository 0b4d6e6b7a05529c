package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import java.nio.file.Path;

/** Reads what an untrusted ONNX file says of itself. */
@SuppressWarnings("DoNotCallSuggester") // the body follows
public final class OnnxReader {
  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX or contradicts itself
   * @throws StoreException.UnsupportedOnnx if it asks for what is refused here
   */
  public static OnnxSummary read(Path file) {
    throw new UnsupportedOperationException();
  }
}
