package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.dispute.Answer;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.testing.NoDeployment;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What binds is known by its own data. */
final class PromiseTest {

  private static final MarketCalls MARKET = new MarketCalls(NoDeployment.VALUE);
  private static final CourtCalls COURT = new CourtCalls(NoDeployment.VALUE);
  private static final Address WORKER = new Address("0x" + "22".repeat(20));
  private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);

  private static Call claim(long job, float answer) {
    return MARKET.claim(
        job, WORKER, JobTensor.inline(List.of(Tensor.ofFloats(new float[] {answer}, 1))));
  }

  private static String subject(Call call) {
    return Promise.of(call).map(Promise::subject).orElse("nothing");
  }

  @Test
  void a_claim_binds_about_its_job() {
    assertThat(subject(claim(17, 1))).isEqualTo("claim/17").isEqualTo(Promise.claimOf(17));
    assertThat(Promise.of(claim(17, 1))).isEqualTo(Promise.of(claim(17, 1)));
    assertThat(Promise.of(claim(17, 1))).isNotEqualTo(Promise.of(claim(17, 2)));
    assertThat(Promise.of(claim(17, 1))).isNotEqualTo(Optional.of(Promise.seenClaim(17)));
  }

  @Test
  void an_answer_in_court_binds_about_its_question_whatever_it_says() {
    Path.Leaves path = new Path.Leaves(3, 1, 2);
    String subject = "reveal/9/" + path.word();
    assertThat(
            subject(
                COURT.reveal(9, new Answer.OfLeaves(path, List.of(HASH), List.of(), List.of()))))
        .isEqualTo(subject);
    assertThat(subject(COURT.reveal(9, new Answer.OfVoid(path, List.of(HASH))))).isEqualTo(subject);
  }

  @Test
  void what_can_be_contradicted_by_nothing_does_not_bind() {
    assertThat(
            List.of(
                MARKET.decline(1, WORKER),
                MARKET.lease(1, WORKER),
                MARKET.finalise(1),
                MARKET.withdraw(WORKER),
                COURT.challenge(HASH, Amount.parse("1")),
                COURT.settle(1),
                COURT.timeout(1),
                new Call(WORKER, "0x"),
                new Call(WORKER, claim(1, 1).data().substring(0, 40)),
                new Call(WORKER, "0x", BigInteger.ONE)))
        .allSatisfy(call -> assertThat(Promise.of(call)).isEmpty());
  }
}
