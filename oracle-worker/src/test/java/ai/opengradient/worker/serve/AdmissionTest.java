package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.ModelVersion.Band;
import ai.opengradient.worker.chain.ModelVersion.Binding;
import ai.opengradient.worker.chain.ModelVersion.Domain;
import ai.opengradient.worker.config.AdmissionPolicy;
import ai.opengradient.worker.config.GuardPolicy;
import ai.opengradient.worker.config.LeasePolicy;
import ai.opengradient.worker.config.ModelOffer;
import ai.opengradient.worker.config.UndisputablePolicy;
import ai.opengradient.worker.serve.Admission.Circumstances;
import ai.opengradient.worker.serve.Admission.Question;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One thing is wrong at a time; else the worker takes the job. */
final class AdmissionTest {

  private static final TensorType THREE = TensorType.of(DataType.FLOAT32, 3);
  private static final AdmissionPolicy POLICY =
      new AdmissionPolicy(LeasePolicy.WHEN_IDLE, UndisputablePolicy.SERVE, 2);
  private static final Circumstances GOOD =
      new Circumstances(
          Optional.of(new ModelOffer(1, Amount.parse("1"), Amount.parse("500"), GuardPolicy.NEVER)),
          Optional.of(Amount.parse("1")),
          Amount.parse("100"),
          0,
          false,
          Optional.empty(),
          Optional.empty());
  private static final Question FIT = question(false, "100", floats(-1, 0, 1));

  @Test
  void takesWhatFits() {
    assertThat(Admission.judge(FIT, GOOD, POLICY)).isEqualTo(new Admission.Accept());
    assertThat(Admission.judge(question(true, "100", floats(1, 1, 1)), GOOD, POLICY))
        .isEqualTo(new Admission.Accept());
  }

  @Test
  void declinesWhatItDoesNotServe() {
    declined(
        FIT,
        new Circumstances(
            Optional.empty(),
            GOOD.price(),
            GOOD.freeStake(),
            0,
            false,
            Optional.empty(),
            Optional.empty()),
        "model not served");
    declined(
        FIT,
        new Circumstances(
            GOOD.offer(),
            Optional.empty(),
            GOOD.freeStake(),
            0,
            false,
            Optional.empty(),
            Optional.empty()),
        "no offer on chain");
  }

  @Test
  void declinesAModelInQuarantine() {
    declined(
        FIT,
        new Circumstances(
            GOOD.offer(),
            GOOD.price(),
            GOOD.freeStake(),
            0,
            false,
            Optional.empty(),
            Optional.of("model in quarantine: 2 jobs")),
        "model in quarantine: 2 jobs");
  }

  @Test
  void declinesWhatPaysTooLittle() {
    declined(
        FIT,
        new Circumstances(
            GOOD.offer(),
            Optional.of(Amount.parse("0.9")),
            GOOD.freeStake(),
            0,
            false,
            Optional.empty(),
            Optional.empty()),
        "pays 0.9, wanted 1");
  }

  @Test
  void declinesABondThatItCannotOrWillNotLock() {
    declined(
        question(false, "100.1", floats(0, 0, 0)),
        GOOD,
        "bond of 100.1 is above the free stake of 100");
    declined(
        question(false, "501", floats(0, 0, 0)),
        new Circumstances(
            GOOD.offer(),
            GOOD.price(),
            Amount.parse("1000"),
            0,
            false,
            Optional.empty(),
            Optional.empty()),
        "bond of 501 is above the limit of 500");
  }

  @Test
  void declinesWhileDrainingInTroubleOrBusy() {
    declined(FIT, placed(0, true, Optional.empty()), "draining");
    declined(FIT, placed(0, false, Optional.of("no gas")), "in trouble: no gas");
    declined(FIT, placed(2, false, Optional.empty()), "2 jobs wait already");
  }

  @Test
  void declinesInputsThatLeaveTheDomain() {
    declined(
        question(false, "100", floats(0, 1.0001f, 0)), GOOD, "input 0 leaves the model's domain");
    declined(
        question(false, "100", floats(0, -1.0001f, 0)), GOOD, "input 0 leaves the model's domain");
    declined(
        question(false, "100", floats(0, Float.NaN, 0)), GOOD, "input 0 leaves the model's domain");
  }

  @Test
  void declinesOutputsThatItCouldNotHold() {
    int most = (int) (JobTensors.MOST_BYTES / DataType.FLOAT32.width());
    TensorType held = TensorType.of(DataType.FLOAT32, most);
    TensorType larger = TensorType.of(DataType.FLOAT32, most + 1);
    Question fits = question(false, "100", floats(0, 0, 0), held);
    assertThat(Admission.judge(fits, GOOD, POLICY)).isEqualTo(new Admission.Accept());
    declined(
        question(false, "100", floats(0, 0, 0), larger),
        GOOD,
        "the outputs have 268435460 bytes, more than 268435456");
  }

  @Test
  void declinesInputsThatAreNoTensors() {
    declined(
        new Question(false, FIT.version(), 0, List.of(), FIT.bond(), FIT.pays()),
        GOOD,
        "inputs are not valid tensors, or can't be had");
  }

  @Test
  void declinesUndisputableModelsWhereThePolicySaysSo() {
    AdmissionPolicy strict =
        new AdmissionPolicy(LeasePolicy.WHEN_IDLE, UndisputablePolicy.DECLINE, 2);
    assertThat(Admission.judge(FIT, GOOD, strict))
        .isEqualTo(new Admission.Decline("undisputable model"));
  }

  @Test
  void takesOverOnlyWhenIdleAndNeverAgainstThePolicy() {
    Question open = question(true, "100", floats(0, 0, 0));
    assertThat(Admission.judge(open, placed(1, false, Optional.empty()), POLICY))
        .isEqualTo(new Admission.Ignore("1 jobs wait already"));
    assertThat(
            Admission.judge(
                open, GOOD, new AdmissionPolicy(LeasePolicy.NEVER, UndisputablePolicy.SERVE, 2)))
        .isEqualTo(new Admission.Ignore("jobs of others are not taken over"));
  }

  @Test
  void takesOverOnlyWhatPaysItsPrice() {
    Circumstances dear =
        new Circumstances(
            GOOD.offer(),
            Optional.of(Amount.parse("1.01")),
            GOOD.freeStake(),
            0,
            false,
            Optional.empty(),
            Optional.empty());
    assertThat(Admission.judge(question(true, "100", floats(0, 0, 0)), dear, POLICY))
        .isEqualTo(new Admission.Ignore("costs 1.01, the requester pays 1"));
    // A job that was drawn may have been requested before the offer's price rose.
    assertThat(Admission.judge(FIT, dear, POLICY)).isEqualTo(new Admission.Accept());
  }

  @Test
  void refusesAnswersThatItCannotStandBehind() {
    var undisputable =
        new ModelVersion.Binding(ModelVersion.Binding.NO_PROGRAM, List.of(THREE), List.of(THREE));
    Tensor infinite = floats(1, Float.POSITIVE_INFINITY, 3);
    assertThat(Answers.objection(List.of(floats(1, 2, 3)), undisputable)).isEmpty();
    assertThat(Answers.objection(List.of(), undisputable)).isPresent();
    assertThat(Answers.objection(List.of(Tensor.ofFloats(new float[2], 2)), undisputable))
        .isPresent();
    assertThat(Answers.objection(List.of(infinite), undisputable))
        .contains("output 0 is not finite");
  }

  /** The canonical answer is a right claim whatever it is. */
  @Test
  void standsBehindInfinityWhereACourtCanJudge() {
    var disputable =
        new ModelVersion.Binding(
            Hash.fromHex("0x" + "01".repeat(Hash.LENGTH)), List.of(THREE), List.of(THREE));
    Tensor infinite = floats(1, Float.POSITIVE_INFINITY, 3);
    assertThat(Answers.objection(List.of(infinite), disputable)).isEmpty();
  }

  private static void declined(Question question, Circumstances circumstances, String reason) {
    assertThat(Admission.judge(question, circumstances, POLICY))
        .isEqualTo(new Admission.Decline(reason));
  }

  private static Circumstances placed(int queue, boolean draining, Optional<String> trouble) {
    return new Circumstances(
        GOOD.offer(), GOOD.price(), GOOD.freeStake(), queue, draining, trouble, Optional.empty());
  }

  private static Question question(boolean takingOver, String bond, Tensor input) {
    return question(takingOver, bond, input, THREE);
  }

  private static Question question(
      boolean takingOver, String bond, Tensor input, TensorType output) {
    return new Question(
        takingOver,
        new ModelVersion(
            "00",
            Binding.NO_PROGRAM,
            1,
            Amount.ZERO,
            Amount.ZERO,
            Amount.ZERO,
            "MIT",
            List.of(new Band(0, 0)),
            List.of(new Domain(-1, 1)),
            List.of(new Binding(Hash.of(new byte[Hash.LENGTH]), List.of(THREE), List.of(output)))),
        0,
        List.of(input),
        Amount.parse(bond),
        Amount.parse("1"));
  }

  private static Tensor floats(float... elements) {
    return Tensor.ofFloats(elements, elements.length);
  }
}
