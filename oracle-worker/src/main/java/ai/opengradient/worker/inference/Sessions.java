package ai.opengradient.worker.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;

/** Models kept ready to run; the least recently used makes room. */
final class Sessions implements AutoCloseable {
  private final Engine engine = Engine.getEngine("OnnxRuntime");
  private final SessionOptions options;
  private final int most;
  private final LinkedHashMap<File, Session> ready = new LinkedHashMap<>(16, 0.75f, true);

  /** A file at one moment, so that another one at the same path is another model. */
  private record File(Path path, long length, FileTime modified) {}

  Sessions(int threads, OptimisationLevel optimisation, int most) throws OrtException {
    this.options = SessionSettings.of(threads, optimisation);
    this.most = most;
  }

  Session of(Path model) throws FailureException {
    File file = look(model);
    Session session = ready.get(file);
    if (session == null) {
      if (ready.size() == most) {
        ready.pollFirstEntry().getValue().close();
      }
      session = Session.open(engine, model, options);
      ready.put(file, session);
    }
    return session;
  }

  @Override
  public void close() {
    ready.values().forEach(Session::close);
    options.close();
  }

  private static File look(Path model) throws FailureException {
    try {
      return new File(model, Files.size(model), Files.getLastModifiedTime(model));
    } catch (IOException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, "can't be read: " + e, e);
    }
  }
}
