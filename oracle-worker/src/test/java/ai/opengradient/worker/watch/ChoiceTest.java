package ai.opengradient.worker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.config.WatchPolicy;
import ai.opengradient.worker.testing.DeployedMarket;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ChoiceTest {
  private static final Address SELF = new Address("0x" + "11".repeat(20));
  private static final Address WORKER = new Address("0x" + "22".repeat(20));

  /** Of the test's model the first binding has no program. */
  private static final int UNDISPUTABLE = 0;

  private static final int DISPUTABLE = 1;

  private static Choice choice(int share, String leastFee, Long... versions) {
    return new Choice(
        new WatchPolicy(
            share,
            Amount.parse(leastFee),
            new TreeSet<>(List.of(versions)),
            Amount.GREATEST,
            BigInteger.TEN),
        SELF,
        job -> Keccak256.hash(ByteBuffer.allocate(Long.BYTES).putLong(job).array()));
  }

  private static Job job(long id, Address worker, int binding) {
    return new Job(
        id,
        SELF,
        3,
        binding,
        JobState.CLAIMED,
        1,
        0,
        false,
        worker,
        Amount.parse("2"),
        Amount.parse("100"),
        1_000,
        10,
        2_000,
        3_000,
        Hash.of(new byte[Hash.LENGTH]));
  }

  private static boolean looksAt(Choice choice, Job job) {
    return choice.objection(job, DeployedMarket.VERSION).isEmpty();
  }

  @Test
  void everything_is_looked_at_unless_the_policy_says_otherwise() {
    Job job = job(1, WORKER, DISPUTABLE);
    assertThat(looksAt(choice(100, "0"), job)).isTrue();
    assertThat(looksAt(choice(100, "2"), job)).isTrue();
    assertThat(looksAt(choice(100, "2.1"), job)).isFalse();
    assertThat(looksAt(choice(100, "0", 3L, 4L), job)).isTrue();
    assertThat(looksAt(choice(100, "0", 4L), job)).isFalse();
  }

  @Test
  void what_is_ours_or_undisputable_is_not_looked_at() {
    assertThat(looksAt(choice(100, "0"), job(1, SELF, DISPUTABLE))).isFalse();
    assertThat(looksAt(choice(100, "0"), job(1, WORKER, UNDISPUTABLE))).isFalse();
  }

  @Test
  void the_share_is_drawn_and_stays_as_it_was_drawn() {
    Choice tenth = choice(10, "0");
    List<Long> drawn = drawn(tenth);
    assertThat(drawn).hasSizeBetween(60, 140);
    assertThat(drawn(tenth)).isEqualTo(drawn);
    assertThat(drawn(choice(20, "0"))).containsAll(drawn);
  }

  private static List<Long> drawn(Choice choice) {
    return LongStream.rangeClosed(1, 1_000)
        .filter(id -> looksAt(choice, job(id, WORKER, DISPUTABLE)))
        .boxed()
        .toList();
  }
}
