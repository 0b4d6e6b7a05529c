package ai.opengradient.worker.serve;

import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.ProgramSummary;
import ai.opengradient.worker.inference.Shapes;
import ai.opengradient.worker.serve.AnswerSource.Binding;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The programs of models' files, lowered once for each binding. */
public final class RegisteredPrograms {

  private final CanonicalProcess canonical;
  private final Map<Binding, ProgramSummary> programs = new ConcurrentHashMap<>();

  public RegisteredPrograms(CanonicalProcess canonical) {
    this.canonical = canonical;
  }

  /**
   * Makes sure that the file is the registered program, where there is one.
   *
   * @throws WrongProgram if it is not
   * @throws InferenceException if it can't be lowered here
   */
  public void require(Binding binding, ModelVersion version, Path file)
      throws InferenceException, WrongProgram {
    ModelVersion.Binding registered = version.bindings().get(binding.number());
    if (registered.isDisputable()) {
      ProgramSummary program = of(binding, registered, file);
      if (!program.root().equals(registered.programRoot())) {
        throw new WrongProgram(registered.programRoot(), program.root());
      }
    }
  }

  ProgramSummary of(Binding binding, ModelVersion.Binding registered, Path file)
      throws InferenceException {
    ProgramSummary known = programs.get(binding);
    if (known != null) {
      return known;
    }
    ProgramSummary program =
        canonical.lower(file, Shapes.of(registered.inputs()), Degradation.NONE);
    programs.put(binding, program);
    return program;
  }
}
