package ai.opengradient.worker.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/** Models kept ready to run; the least recently used makes room. */
final class Sessions implements AutoCloseable {
  private final Engine engine = Engine.getEngine("OnnxRuntime");
  private final SessionOptions options;
  private final int most;
  private final LinkedHashMap<ModelFile, Session> ready = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(int threads, OptimisationLevel optimisation, int most) throws OrtException {
    this.options = SessionSettings.of(threads, optimisation);
    this.most = most;
  }

  Session of(Path model) throws FailureException {
    ModelFile file = ModelFile.look(model);
    Session session = ready.get(file);
    if (session == null) {
      if (ready.size() == most) {
        ready.pollFirstEntry().getValue().close();
      }
      // ONNX Runtime itself would read whatever file the model names.
      file.lengthWithData();
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
}
