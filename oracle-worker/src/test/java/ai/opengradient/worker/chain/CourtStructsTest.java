package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CourtStructsTest {
  @Test
  void places_that_follow_one_another_at_the_end_go_without_saying() {
    assertThat(CourtStructs.withoutFollowers(List.of())).isEmpty();
    assertThat(CourtStructs.withoutFollowers(List.of(7))).containsExactly(7);
    assertThat(CourtStructs.withoutFollowers(List.of(7, 8, 9))).containsExactly(7);
    assertThat(CourtStructs.withoutFollowers(List.of(0, 1, 3, 5, 6))).containsExactly(0, 1, 3, 5);
    assertThat(CourtStructs.withoutFollowers(List.of(1, 3))).containsExactly(1, 3);
  }
}
