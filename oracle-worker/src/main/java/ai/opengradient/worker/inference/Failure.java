package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Why the child could not do what it was asked, as it tells its parent.
 *
 * @param message what happened, in ONNX Runtime's words where they are its
 */
record Failure(Kind kind, String message) {

  enum Kind {
    MODEL_REJECTED,
    WRONG_INPUT,
    RUN_FAILED,
    OUT_OF_MEMORY
  }

  static Failure read(Wire wire) throws IOException {
    String kind = wire.readText();
    try {
      return new Failure(Kind.valueOf(kind), wire.readText());
    } catch (IllegalArgumentException e) {
      throw new IOException("no failure is called " + kind, e);
    }
  }

  void write(Wire wire) throws IOException {
    wire.writeText(kind.name());
    wire.writeText(message);
  }

  InferenceException toException(Path model, long memoryLimit) {
    return switch (kind) {
      case MODEL_REJECTED -> new InferenceException.ModelRejected(model, message);
      case WRONG_INPUT -> new InferenceException.WrongInput(model, message);
      case RUN_FAILED -> new InferenceException.RunFailed(model, message);
      case OUT_OF_MEMORY -> new InferenceException.OutOfMemory(model, memoryLimit, message);
    };
  }
}
