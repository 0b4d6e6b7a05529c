package ai.opengradient.worker.demo;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.app.Conduct;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.court.DefenceSource;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.serve.AnswerSource;
import ai.opengradient.worker.serve.WrongProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Claims what another run gave, and asserts the trace of that run: a liar without contradictions. */
record WrongRun(OtherRuns runs) implements Conduct {

  @Override
  public AnswerSource answers(AnswerSource right) {
    return new AnswerSource() {
      @Override
      public void requireProgram(Binding binding, ModelVersion version, Path file)
          throws InferenceException, WrongProgram {
        right.requireProgram(binding, version, file);
      }

      @Override
      public Answer answer(
          long job, Binding binding, ModelVersion version, Path file, List<Tensor> inputs)
{
        try {
          return new Answer(runs.outputs(file, inputs), "a run of something else");
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("the run was interrupted", stopping);
        }
      }
    };
  }

  @Override
  public DefenceSource defences(Subjects subjects, DefenceSource right) {
    return job -> runs.trace(subjects.of(job));
  }
}
