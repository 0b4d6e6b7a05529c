package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** Journals of one worker. */
final class JournalFixture {

  static final Identity IDENTITY = new Identity(31_337, hash(1), address(2), address(3));
  static final BlockReference START = new BlockReference(10, hash(10), 1_000);

  private JournalFixture() {}

  static Journal open(Path folder) {
    return open(folder, transitions -> {});
  }

  /** A journal whose listener hears of commits before they are done. */
  static Journal open(Path folder, Consumer<Set<String>> committing) {
    return open(folder, IDENTITY, committing);
  }

  static Journal open(Path folder, Identity identity, Consumer<Set<String>> committing) {
    return Journal.open(folder, identity, START, hearing(committing));
  }

  /** A listener that hears of commits before they are done. */
  static CommitListener hearing(Consumer<Set<String>> committing) {
    return new CommitListener() {
      @Override
      public void committing(Set<String> transitions) {
        committing.accept(transitions);
      }

      @Override
      public void committed(Set<String> transitions) {
        // What was committed shows in the journal.
      }
    };
  }

  static JobRecord job(long id, State state) {
    return new JobRecord(
        new Terms(id, 100, 200, 300),
        3,
        1,
        address(9),
        Amount.parse("1.5"),
        Amount.parse("100"),
        state,
        1_000);
  }

  static Hash hash(int mark) {
    byte[] bytes = new byte[Hash.LENGTH];
    bytes[0] = (byte) mark;
    return Hash.of(bytes);
  }

  static Address address(int mark) {
    return new Address("0x" + String.format("%02x", mark).repeat(20));
  }
}
