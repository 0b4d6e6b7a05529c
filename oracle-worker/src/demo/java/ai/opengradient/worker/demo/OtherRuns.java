package ai.opengradient.worker.demo;

import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.worker.court.DefenceSource;
import ai.opengradient.worker.court.PreparedDefence;
import ai.opengradient.worker.court.Subject;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.dispute.DisputedProgram;
import ai.opengradient.worker.dispute.Recheck;
import ai.opengradient.worker.dispute.RecordedRun;
import ai.opengradient.worker.dispute.TracedRun;
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
public final class OtherRuns implements AutoCloseable {
  private final Engine engine;
  private final Path folder;
  private final Function<LoweredModel, ChangedProgram> change;
  private final UnaryOperator<List<WholeTensor>> inputs;
  private Optional<Ready> last = Optional.empty();

  /** What a file came to with inputs of these types. */
  private record Ready(
      Path file,
      List<TensorType> types,
      LoweredModel model,
      ChangedProgram other,
      PreparedProgram run) {}

  /**
   * A run that is passed off as the job's.
   *
   * @param file keeps it
   */
  public record Traced(TracedRun run, TraceFile file) {}

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
  public synchronized List<Tensor> outputs(Path file, List<Tensor> given)
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

  /**
   * The same run with a trace.
   *
   * @param path where its file is made
   */
  public synchronized Traced trace(Path file, List<Tensor> given, Path path)
      throws IOException, InterruptedException {
    Ready ready = ready(file, given);
    ChangedProgram other = ready.other();
    ready.run().runTraced(other(given), path, RunListener.NONE);
    TraceFile trace = TraceFile.open(path, other.program());
    TracedRun run = RecordedRun.of(other.program(), trace, other.weights());
    DisputedProgram model = DisputedProgram.of(ready.model().program());
    return new Traced(PassedOffRun.of(model, run, other.positions()), trace);
  }

  /** Defends whatever is claimed with these runs. */
  public DefenceSource defences(Subjects subjects) {
    return job -> {
      Subject subject = subjects.of(job);
      Path path = Files.createDirectories(folder).resolve(job.id() + ".trace");
      Traced traced = trace(subject.model(), subject.inputs(), path);
      return new PreparedDefence(
          subject,
          traced.run(),
          new Recheck.Sound(),
          () -> {
            traced.file().close();
            Files.deleteIfExists(path);
          });
    };
  }

  private JobTensors other(List<Tensor> given) {
    return JobTensors.of(inputs.apply(given.stream().map(WholeTensor::of).toList()));
  }

  private Ready ready(Path file, List<Tensor> given) throws IOException, InterruptedException {
    List<TensorType> types = given.stream().map(Tensor::type).toList();
    Optional<Ready> known =
        last.filter(ready -> ready.file().equals(file) && ready.types().equals(types));
    if (known.isPresent()) {
      return known.get();
    }
    last = Optional.empty();
    OnnxFile content = OnnxFile.read(file);
    LoweredModel model = Lowering.lower(content, Binding.ofShapes(content.bytes(), types, Map.of()));
    ChangedProgram other = change.apply(model);
    Ready ready =
        new Ready(file, types, model, other, engine.prepare(other.program(), other.weights()));
    last = Optional.of(ready);
    return ready;
  }

  @Override
  public void close() {
    engine.close();
  }
}
