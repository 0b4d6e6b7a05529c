package ai.opengradient.worker.demo;

import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.worker.court.PreparedDefence;
import ai.opengradient.worker.court.Subject;
import ai.opengradient.worker.dispute.DisputedProgram;
import ai.opengradient.worker.dispute.Recheck;
import ai.opengradient.worker.dispute.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs something else than a job asks for, at the engine's speed and with the trace on disk. Keeps
 * the model that it ran last ready.
 */
final class OtherRuns implements AutoCloseable {
  private final Engine engine;
  private final Path folder;
  private final Function<LoweredModel, ChangedProgram> change;
  private final UnaryOperator<List<WholeTensor>> inputs;
  private Optional<Ready> last = Optional.empty();

  /** What a file came to with inputs of these types. */
  private record Ready(
      Path file, Binding binding, LoweredModel model, ChangedProgram other, PreparedProgram run) {}

  /**
   * @param folder of traces; made if absent
   * @param change what is run in place of the model
   * @param inputs what it is run on in place of the job's inputs
   */
  OtherRuns(
      int threads,
      Path folder,
      Function<LoweredModel, ChangedProgram> change,
      UnaryOperator<List<WholeTensor>> inputs) {
    this.engine = Engine.withThreads(threads);
    this.folder = folder;
    this.change = change;
    this.inputs = inputs;
  }

  /** The outputs, in the model's order. */
  synchronized List<Tensor> outputs(Path file, List<Tensor> given)
      throws IOException, InterruptedException {
    Ready ready = ready(file, given);
    List<WholeTensor> results = ready.run().run(other(given), RunListener.NONE);
    List<Tensor> outputs = new ArrayList<>();
    for (int output = 0; output < results.size(); output++) {
      outputs.add(
          new Tensor(ready.model().outputs().get(output).type(), results.get(output).data()));
    }
    return outputs;
  }

  /** The trace, passed off as the job's. */
  synchronized PreparedDefence trace(Subject subject) throws IOException, InterruptedException {
    Ready ready = ready(subject.model(), subject.inputs());
    ChangedProgram other = ready.other();
    Path path = Files.createDirectories(folder).resolve(subject.job().id() + ".trace");
    ready.run().runTraced(other(subject.inputs()), path, RunListener.NONE);
    TraceFile file = TraceFile.open(path, other.program());
    return new PreparedDefence(
        subject,
        PassedOffRun.of(
            DisputedProgram.of(ready.model().program()),
            RecordedRun.of(other.program(), file, other.weights()),
            other.positions()),
        new Recheck.Sound(),
        () -> {
          file.close();
          Files.deleteIfExists(path);
        });
  }

  private JobTensors other(List<Tensor> given) {
    return JobTensors.of(inputs.apply(given.stream().map(WholeTensor::of).toList()));
  }

  private Ready ready(Path file, List<Tensor> given) throws IOException, InterruptedException {
    byte[] content = Files.readAllBytes(file);
    Binding binding =
        Binding.ofShapes(content, given.stream().map(Tensor::type).toList(), Map.of());
    Optional<Ready> known =
        last.filter(ready -> ready.file().equals(file) && ready.binding().equals(binding));
    if (known.isPresent()) {
      return known.get();
    }
    last = Optional.empty();
    LoweredModel model = Lowering.lower(content, binding);
    ChangedProgram other = change.apply(model);
    Ready ready =
        new Ready(file, binding, model, other, engine.prepare(other.program(), other.weights()));
    last = Optional.of(ready);
    return ready;
  }

  @Override
  public void close() {
    engine.close();
  }
}
