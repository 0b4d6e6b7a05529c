package ai.opengradient.worker.inference;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.engine.Engine;
import ai.opengradient.canon.engine.EngineException;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.engine.PreparedProgram;
import ai.opengradient.canon.engine.RunListener;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.calibration.DegradedModel;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Programs kept ready to run; the least recently used makes room. */
final class CanonicalModels implements AutoCloseable {
  private static final int FILES_OF_MEMORY = 5;

  private final Engine engine;
  private final int most;
  private final LinkedHashMap<Key, Ready> ready = new LinkedHashMap<>(16, 0.75f, true);

  /** What makes a program: the file at one moment, and how it is bound and degraded. */
  private record Key(ModelFile file, Shapes shapes, Degradation degradation) {}

  private record Ready(PreparedProgram program, List<TensorType> outputs) {}

  /** What was lowered last: who asks what a model is runs it next, as it is or degraded. */
  private SoftReference<Lowered> last = new SoftReference<>(null);

  private record Lowered(ModelFile file, Shapes shapes, LoweredModel model) {}

  CanonicalModels(int threads, int most) {
    this.engine = Engine.withThreads(threads);
    this.most = most;
  }

  /** What the model is as a program. */
  ProgramSummary lower(Path model, Shapes shapes, Degradation degradation) throws FailureException {
    LoweredModel lowered = lowered(ModelFile.look(model), shapes);
    DegradedModel degraded = DegradedModel.of(lowered.program(), lowered.weights(), degradation);
    return new ProgramSummary(
        degraded.program().hash(), lowered.discontinuous(), NamedTensor.types(lowered.outputs()));
  }

  /** The outputs in the model's order. */
  List<Tensor> run(Path model, Shapes shapes, Degradation degradation, List<Tensor> inputs)
      throws FailureException {
    try {
      Ready program = ready(model, shapes, degradation);
      List<WholeTensor> results =
          program
              .program()
              .run(JobTensors.of(inputs.stream().map(WholeTensor::of).toList()), RunListener.NONE);
      List<Tensor> outputs = new ArrayList<>();
      for (int output = 0; output < results.size(); output++) {
        outputs.add(new Tensor(program.outputs().get(output), results.get(output).data()));
      }
      return outputs;
    } catch (EngineException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(Failure.Kind.RUN_FAILED, "interrupted", e);
    }
  }

  /**
   * Runs a model and keeps the tensors of all its nodes in a file.
   *
   * @param folder of programs and their weights; this one's are written if they are not there
   * @return the program's root
   */
  Hash trace(Path model, Shapes shapes, List<Tensor> inputs, Path folder, Path trace)
      throws FailureException {
    try {
      PreparedProgram program = ready(model, shapes, Degradation.NONE).program();
      Hash root = program.program().hash();
      ProgramFiles files = ProgramFiles.in(folder, root);
      if (!files.areThere()) {
        LoweredModel lowered = lowered(ModelFile.look(model), shapes);
        files.write(lowered.program(), lowered.weights());
      }
      program.runTraced(
          JobTensors.of(inputs.stream().map(WholeTensor::of).toList()), trace, RunListener.NONE);
      return root;
    } catch (EngineException e) {
      throw failure(e);
    } catch (IOException e) {
      throw new FailureException(
          Failure.Kind.RUN_FAILED, "the trace can't be kept: " + e + "; check the free space", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(Failure.Kind.RUN_FAILED, "interrupted", e);
    }
  }

  private Ready ready(Path model, Shapes shapes, Degradation degradation)
      throws FailureException, InterruptedException {
    Key key = new Key(ModelFile.look(model), shapes, degradation);
    Ready known = ready.get(key);
    if (known != null) {
      return known;
    }
    makeRoom(key.file().lengthWithData());
    LoweredModel lowered = lowered(key.file(), shapes);
    DegradedModel degraded = DegradedModel.of(lowered.program(), lowered.weights(), degradation);
    Ready made =
        new Ready(
            engine.prepare(degraded.program(), degraded.weights()),
            NamedTensor.types(lowered.outputs()));
    ready.put(key, made);
    return made;
  }

  /** Lowering a file takes some three times its length, and what it leaves is ready beside it. */
  private void makeRoom(long fileLength) {
    long room = Runtime.getRuntime().maxMemory() - FILES_OF_MEMORY * fileLength;
    while (!ready.isEmpty() && (ready.size() == most || memory() > room)) {
      ready.pollFirstEntry();
    }
  }

  private long memory() {
    return ready.values().stream()
        .mapToLong(program -> PreparedProgram.memory(program.program().program()))
        .sum();
  }

  private LoweredModel lowered(ModelFile file, Shapes shapes) throws FailureException {
    Optional<LoweredModel> known = known(file, shapes);
    if (known.isPresent()) {
      return known.get();
    }
    last.clear();
    LoweredModel model = lower(file.path(), shapes);
    last = new SoftReference<>(new Lowered(file, shapes, model));
    return model;
  }

  private Optional<LoweredModel> known(ModelFile file, Shapes shapes) {
    return Optional.ofNullable(last.get())
        .filter(lowered -> lowered.file().equals(file) && lowered.shapes().equals(shapes))
        .map(Lowered::model);
  }

  private static LoweredModel lower(Path model, Shapes shapes) throws FailureException {
    try {
      OnnxFile file = OnnxFile.read(model);
      return Lowering.lower(file, shapes.bind(file.bytes()));
    } catch (StoreException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new FailureException(Failure.Kind.MODEL_REJECTED, "can't be read: " + e, e);
    }
  }

  private static FailureException failure(EngineException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.fault()) {
      case WRONG_TENSOR -> new FailureException(Failure.Kind.WRONG_INPUT, message, e);
      case TOO_LARGE -> new FailureException(Failure.Kind.OUT_OF_MEMORY, message, e);
      case MISSING_WEIGHT, NO_TRACE -> new FailureException(Failure.Kind.RUN_FAILED, message, e);
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
