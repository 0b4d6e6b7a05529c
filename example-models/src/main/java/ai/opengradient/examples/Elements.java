package ai.opengradient.examples;

import java.io.IOException;
import java.io.OutputStream;

/** The elements of a constant, row-major, little-endian, as ONNX's raw data. */
@FunctionalInterface
public interface Elements {
  /** Writes all of them; the same bytes each time. */
  void writeTo(OutputStream stream) throws IOException;
}
