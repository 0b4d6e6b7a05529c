package ai.opengradient.worker.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.opengradient.canon.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program of the child process that runs models by ONNX Runtime. */
final class InferenceChild implements ChildLoop.Service {
  private final Sessions sessions;
  private final InputBuffers buffers = new InputBuffers();

  private InferenceChild(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Arguments: the parent's socket, threads, optimisation level, number of sessions to keep. */
  public static void main(String[] arguments) throws Exception {
    ChildLoop.run(
        arguments[0],
        () ->
            new InferenceChild(
                new Sessions(
                    Integer.parseInt(arguments[1]),
                    OptimisationLevel.valueOf(arguments[2]),
                    Integer.parseInt(arguments[3]))));
  }

  @Override
  public List<String> introduction() throws IOException {
    return List.of(
        OrtEnvironment.getEnvironment().getVersion(),
        Engine.getDjlVersion(),
        "CPUExecutionProvider",
        Machine.operatingSystem(),
        Machine.processor());
  }

  @Override
  public void answer(Request request, Path model, Wire wire) throws IOException, FailureException {
    List<Tensor> outputs =
        switch (request) {
          case LOAD -> {
            sessions.of(model);
            yield List.of();
          }
          case RUN -> {
            List<NativeTensor> inputs = buffers.read(wire);
            yield sessions.of(model).run(inputs);
          }
          case LOWER, RUN_CANONICALLY, TRACE ->
              throw new IOException(request + " is for another child");
        };
    wire.writeInt(Reply.DONE);
    wire.writeTensors(outputs);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
