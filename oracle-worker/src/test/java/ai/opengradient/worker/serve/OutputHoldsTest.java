package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.retention.GarbageCollection;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.JobTensor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputHoldsTest {
  private static final Address MARKET = new Address("0x" + "1".repeat(40));
  private static final Address WORKER = new Address("0x" + "2".repeat(40));
  private static final Address OTHER = new Address("0x" + "3".repeat(40));

  @TempDir private Path folder;
  private BlockStore store;
  private OutputHolds holds;

  @BeforeEach
  void open() {
    store = new BlockStore(folder);
    holds = new OutputHolds(store, MARKET, WORKER);
  }

  @Test
  void outputs_stay_until_their_job_is_over() {
    Tensor output = Tensor.ofFloats(new float[] {1, 2, 3}, 3);
    JobTensor.ByReference reference = holds.keep(7, output);
    assertThat(reference.root()).isEqualTo(TensorTree.root(output.bytes()));
    ContentId content = ContentId.fromBytes(reference.contentBytes());
    collect();
    assertThat(store.get(content).toByteArray()).isEqualTo(output.toByteArray());
    assertThat(store.pins()).isEmpty();

    holds.release(7);
    assertThat(store.contains(content)).isTrue();
    collect();
    assertThat(store.contains(content)).isFalse();
  }

  @Test
  void the_same_output_of_two_jobs_stays_for_the_second() {
    Tensor output = Tensor.ofFloats(new float[] {4}, 1);
    holds.keep(1, output);
    ContentId content = ContentId.fromBytes(holds.keep(2, output).contentBytes());
    holds.release(1);
    collect();
    assertThat(store.contains(content)).isTrue();
  }

  /** A worker that was killed between the end of a job and its release. */
  @Test
  void a_start_releases_what_ended_unnoticed_and_nothing_of_others() {
    holds.keep(1, Tensor.ofFloats(new float[] {1}, 1));
    holds.keep(2, Tensor.ofFloats(new float[] {2}, 1));
    new OutputHolds(store, MARKET, OTHER).keep(1, Tensor.ofFloats(new float[] {3}, 1));
    store.hold("somebody", store.ids().getFirst());
    assertThat(store.holders()).hasSize(4);

    new OutputHolds(new BlockStore(folder), MARKET, WORKER).releaseAllBut(Set.of(2L));
    assertThat(store.holders())
        .hasSize(3)
        .contains("somebody", "outputs-" + MARKET + "-" + WORKER + "-2");
  }

  private void collect() {
    GarbageCollection.collect(store, Instant.MAX, Long.MAX_VALUE);
  }
}
