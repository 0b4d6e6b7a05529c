package ai.opengradient.worker.journal;

import java.util.Set;

/**
 * Told of every commit of the journal, on its thread, and of those of files beside it. Names are
 * those of the transitions in the commit: {@code job claiming} for a job that entered that state,
 * {@code transaction signed claim} for an effect of the outbox. In production it counts; a test
 * kills the process.
 */
public interface CommitListener {
  /** All is written and nothing of it committed: a crash now loses it. */
  void committing(Set<String> transitions);

  /** The commit is on disk. */
  void committed(Set<String> transitions);

  /** Nobody listens. */
  CommitListener NOBODY =
      new CommitListener() {
        @Override
        public void committing(Set<String> transitions) {
          // Nobody listens.
        }

        @Override
        public void committed(Set<String> transitions) {
          // Nobody listens.
        }
      };
}
