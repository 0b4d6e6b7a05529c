package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.LogPosition;
import ai.opengradient.worker.dispute.Bytes;
import ai.opengradient.worker.dispute.Path;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionsTest {
  private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);
  private static final LogPosition POSITION = new LogPosition(1, HASH, HASH, 0);
  private static final Path ROW = new Path.Nodes(4, 0);
  private static final Path LEAF = new Path.Leaves(3, 1, 0);
  private static final Path INPUT = new Path.Input(0, 0);

  private static CourtEvent asked(long challenge, Path path, long deadline) {
    return new CourtEvent.Asked(challenge, 7, path, deadline, BigInteger.ONE, POSITION);
  }

  @Test
  void the_earliest_deadline_comes_first_and_each_question_once() {
    List<CourtEvent> events =
        List.of(asked(1, ROW, 90), asked(2, LEAF, 50), asked(3, ROW, 40), asked(4, INPUT, 60));
    assertThat(Questions.open(events, 10))
        .containsExactly(
            new Questions.Question(ROW, 40),
            new Questions.Question(LEAF, 50),
            new Questions.Question(INPUT, 60));
  }

  @Test
  void an_answer_serves_all_who_asked() {
    List<CourtEvent> events =
        List.of(
            asked(1, ROW, 40),
            asked(2, ROW, 50),
            asked(1, LEAF, 60),
            asked(1, INPUT, 70),
            new CourtEvent.HashesRevealed(7, ROW, List.of(HASH), POSITION),
            new CourtEvent.LeafRevealed(7, INPUT, Bytes.of(new byte[1]), POSITION),
            new CourtEvent.VoidRevealed(7, LEAF, POSITION));
    assertThat(Questions.open(events, 10)).isEmpty();
  }

  @Test
  void who_asked_later_can_still_be_answered() {
    List<CourtEvent> events = List.of(asked(1, ROW, 40), asked(2, ROW, 80));
    assertThat(Questions.open(events, 40)).containsExactly(new Questions.Question(ROW, 80));
    assertThat(Questions.open(events, 80)).isEmpty();
  }
}
