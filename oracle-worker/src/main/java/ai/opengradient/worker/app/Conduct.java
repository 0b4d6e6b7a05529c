package ai.opengradient.worker.app;

import ai.opengradient.worker.court.DefenceSource;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.serve.AnswerSource;

/** What a worker claims, and what it defends that with. */
public interface Conduct {
  /** Claims what it computed, and defends it with the canonical run. */
  Conduct HONEST =
      new Conduct() {
        @Override
        public AnswerSource answers(AnswerSource right) {
          return right;
        }

        @Override
        public DefenceSource defences(Subjects subjects, DefenceSource right) {
          return right;
        }
      };

  /**
   * What is claimed.
   *
   * @param right answers that the worker can put its bond behind
   */
  AnswerSource answers(AnswerSource right);

  /**
   * What claims are defended with.
   *
   * @param right canonical runs
   */
  DefenceSource defences(Subjects subjects, DefenceSource right);
}
