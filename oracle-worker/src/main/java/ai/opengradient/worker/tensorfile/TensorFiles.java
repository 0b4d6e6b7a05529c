package ai.opengradient.worker.tensorfile;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps tensors in files. */
public final class TensorFiles {
  private TensorFiles() {}

  /**
   * Writes a tensor as NumPy's {@code .npy}.
   *
   * @throws OpgException 106
   */
  public static void write(Path file, Tensor tensor) {
    try {
      Files.write(file, NumpyFile.write(tensor));
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, file + " can't be written", e);
    }
  }
}
