package ai.opengradient.worker.inference;

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
}
