package ai.opengradient.worker.inference;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A file at one moment, so that another one at the same path is another model. */
record ModelFile(Path path, long length, FileTime modified) {
  static ModelFile look(Path model) throws FailureException {
    try {
      return new ModelFile(model, Files.size(model), Files.getLastModifiedTime(model));
    } catch (IOException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, "can't be read: " + e, e);
    }
  }

  /**
   * Bytes of the file and of those beside it that hold data of its constants. A model that wants
   * data from elsewhere is rejected.
   */
  long lengthWithData() throws FailureException {
    try {
      return OnnxFile.requireDataFiles(path, OnnxReader.read(path));
    } catch (StoreException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, "can't be read: " + e, e);
    }
  }
}
