package ai.opengradient.worker.inference;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.calibration.Degradation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program of the child process that lowers models and runs them by the canonical engine. */
final class CanonicalChild implements ChildLoop.Service {
  private final CanonicalModels models;

  private CanonicalChild(CanonicalModels models) {
    this.models = models;
  }

  /** Arguments: the parent's socket, threads, number of programs to keep. */
  public static void main(String[] arguments) throws Exception {
    ChildLoop.run(
        arguments[0],
        () ->
            new CanonicalChild(
                new CanonicalModels(
                    Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))));
  }

  @Override
  public List<String> introduction() throws IOException {
    return List.of(Machine.operatingSystem(), Machine.processor());
  }

  @Override
  public void close() {
    models.close();
  }

  @Override
  public void answer(Request request, Path model, Wire wire) throws IOException, FailureException {
    switch (request) {
      case LOWER -> lower(model, wire);
      case RUN_CANONICALLY -> run(model, wire);
      case TRACE -> trace(model, wire);
      case LOAD, RUN -> throw new IOException(request + " is for another child");
    }
  }

  private void lower(Path model, Wire wire) throws IOException, FailureException {
    Shapes shapes = ShapesOnWire.read(wire);
    ProgramSummary summary = models.lower(model, shapes, Degradation.valueOf(wire.readText()));
    wire.writeInt(Reply.DONE);
    wire.writeText(summary.root().toString());
    wire.writeInt(summary.discontinuous() ? 1 : 0);
    wire.writeTypes(summary.outputs());
  }

  private void trace(Path model, Wire wire) throws IOException, FailureException {
    Shapes shapes = ShapesOnWire.read(wire);
    Path folder = Path.of(wire.readText());
    Path trace = Path.of(wire.readText());
    List<Tensor> inputs = wire.readTensors(Runtime.getRuntime().maxMemory());
    Hash program = models.trace(model, shapes, inputs, folder, trace);
    wire.writeInt(Reply.DONE);
    wire.writeText(program.toString());
  }

  private void run(Path model, Wire wire) throws IOException, FailureException {
    Shapes shapes = ShapesOnWire.read(wire);
    Degradation degradation = Degradation.valueOf(wire.readText());
    List<Tensor> inputs = wire.readTensors(Runtime.getRuntime().maxMemory());
    List<Tensor> outputs = models.run(model, shapes, degradation, inputs);
    wire.writeInt(Reply.DONE);
    wire.writeTensors(outputs);
  }
}
