package ai.opengradient.worker.demo;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.app.Conduct;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.court.DefenceSource;
import ai.opengradient.worker.court.PreparedDefence;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.dispute.Recheck;
import ai.opengradient.worker.dispute.TracedRun;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.serve.AnswerSource;
import ai.opengradient.worker.serve.WrongProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Claims the right answer with one element moved out of its band.
 *
 * @param asserted what is made of the canonical run before its trace is asserted; nothing: the
 *     worker knows that it can't defend the claim, and is silent
 */
record WrongClaim(Optional<UnaryOperator<TracedRun>> asserted) implements Conduct {

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
          throws InferenceException, WrongProgram {
        Answer answer = right.answer(job, binding, version, file, inputs);
        return new Answer(
            OutOfBand.one(answer.outputs(), version.bands()),
            answer.engine() + ", with one element moved");
      }
    };
  }

  @Override
  public DefenceSource defences(Subjects subjects, DefenceSource right) {
    return asserted
        .<DefenceSource>map(change ->
            job -> {
              PreparedDefence prepared = right.prepare(job);
              return new PreparedDefence(
                  prepared.subject(),
                  change.apply(prepared.run()),
                  new Recheck.Sound(),
                  prepared.keeping());
            })
        .orElse(right);
  }
}
