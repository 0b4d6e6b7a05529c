package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.HeadMemory.Meaning;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HeadMemoryTest {

  private final HeadMemory memory = new HeadMemory();

  private static Hash hash(int mark) {
    return Hash.fromHex("%02x".formatted(mark).repeat(Hash.LENGTH));
  }

  private static BlockReference block(long number, int mark) {
    return new BlockReference(number, hash(mark), number);
  }

  private Meaning judge(BlockReference head, int markBelow) {
    return memory.judge(head, _ -> Optional.of(hash(markBelow)));
  }

  @Test
  void the_first_head_and_later_ones_go_forward() {
    assertThat(judge(block(5, 1), 0)).isEqualTo(Meaning.FORWARD);
    memory.see(block(5, 1));
    assertThat(judge(block(5, 2), 0)).isEqualTo(Meaning.FORWARD);
    assertThat(judge(block(6, 2), 0)).isEqualTo(Meaning.FORWARD);
  }

  @Test
  void an_older_head_of_the_same_chain_is_behind() {
    memory.see(block(5, 1));
    memory.see(block(9, 3));
    assertThat(judge(block(5, 1), 0)).isEqualTo(Meaning.BEHIND);
    // Nobody has seen block 7; the one that was seen below it is the same.
    assertThat(judge(block(7, 7), 1)).isEqualTo(Meaning.BEHIND);
    assertThat(judge(block(2, 7), 1)).isEqualTo(Meaning.BEHIND);
  }

  @Test
  void an_older_head_with_another_hash_below_it_is_of_another_branch() {
    memory.see(block(5, 1));
    memory.see(block(9, 3));
    assertThat(judge(block(5, 2), 0)).isEqualTo(Meaning.OTHER_BRANCH);
    assertThat(judge(block(7, 7), 2)).isEqualTo(Meaning.OTHER_BRANCH);
  }

  @Test
  void what_was_above_a_head_that_counts_is_forgotten() {
    memory.see(block(5, 1));
    memory.see(block(9, 3));
    memory.see(block(7, 7));
    assertThat(memory.newest()).contains(block(7, 7));
    assertThat(judge(block(8, 9), 0)).isEqualTo(Meaning.FORWARD);
  }
}
