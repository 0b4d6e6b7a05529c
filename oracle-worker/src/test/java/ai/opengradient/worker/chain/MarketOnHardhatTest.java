package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.Keccak256;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.transactions.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls, views and events against the real contracts on a real EVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MarketOnHardhatTest {

  private final HardhatNode node = HardhatNode.start();
  private DeployedMarket market;
  private MarketReader reader;
  private MarketCalls calls;
  private Address worker;
  private String fresh;

  @BeforeAll
  void deploy(@TempDir Path directory) {
    market = new DeployedMarket(node, directory);
    reader = new MarketReader(market.client(), market.deployment());
    calls = new MarketCalls(market.deployment());
    worker = market.worker().address();
  }

  @BeforeEach
  void remember() {
    fresh = node.snapshot();
  }

  @AfterEach
  void forget() {
    node.revert(fresh);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void a_deployment_is_checked_against_the_node() {
    market.deployment().check(market.client());
  }

  @Test
  void a_job_goes_from_request_to_payment() {
    Outcome.Mined requested = market.send(market.requester(), calls.request(market.wanted()));
    List<MarketEvent> announced = reader.eventsOf(requested.receipt().transaction());
    MarketEvent.JobRequested request = (MarketEvent.JobRequested) announced.getFirst();
    assertThat(announced).hasSize(1);
    assertThat(request.inputs()).isEqualTo(JobTensor.inline(DeployedMarket.INPUTS));
    assertThat(reader.request(reader.job(request.job()))).isEqualTo(request);
    assertThat(request.requester()).isEqualTo(market.requester().address());
    assertThat(request.version()).isEqualTo(market.version());
    assertThat(request.maxFee()).isEqualTo(Amount.parse("2"));
    assertThat(request.bond()).isEqualTo(Amount.parse("150"));
    assertThat(request.drawBlock()).isEqualTo(requested.receipt().block() + 1);
    assertThat(request.position().transaction()).isEqualTo(requested.receipt().transaction());

    long id = request.job();
    assertThat(reader.jobCount()).isEqualTo(id);
    assertThat(reader.drawnWorker(id)).isEqualTo(new Draw.NotYet());
    node.mine(2);
    assertThat(reader.drawnWorker(id)).isEqualTo(new Draw.Drawn(worker));

    Job job = reader.job(id);
    assertThat(job.state()).isEqualTo(JobState.REQUESTED);
    assertThat(job.requester()).isEqualTo(market.requester().address());
    assertThat(job.version()).isEqualTo(market.version());
    assertThat(job.binding()).isZero();
    assertThat(job.parameters()).isEqualTo(reader.currentParameters());
    assertThat(job.worker()).isEqualTo(Address.ZERO);
    assertThat(job.fee()).isEqualTo(Amount.parse("2"));
    assertThat(job.bond()).isEqualTo(Amount.parse("150"));
    assertThat(job.drawBlock()).isEqualTo(request.drawBlock());
    assertThat(job.phaseEnd()).isEqualTo(request.claimDeadline());
    assertThat(job.lastDeadline()).isEqualTo(request.lastDeadline());
    assertThat(job.phaseEnd() - job.requestedAt()).isEqualTo(60);
    assertThat(job.lastDeadline() - job.requestedAt()).isEqualTo(300);
    assertThat(job.inputsHash()).isEqualTo(inputsHash());

    Outcome.Mined claimed =
        market.send(
            market.worker(), calls.claim(id, worker, JobTensor.inline(DeployedMarket.OUTPUTS)));
    MarketEvent.JobClaimed claim =
        (MarketEvent.JobClaimed) reader.eventsOf(claimed.receipt().transaction()).getFirst();
    // Price 1, royalty 0.25, protocol fee 2.5 %.
    assertThat(claim.fee()).isEqualTo(Amount.parse("1.275"));
    assertThat(claim.worker()).isEqualTo(worker);
    assertThat(claim.contents()).isEmpty();
    JobResult provisional = reader.result(reader.job(id));
    assertThat(provisional)
        .isEqualTo(new JobResult(JobState.CLAIMED, JobTensor.inline(DeployedMarket.OUTPUTS)));
    assertThat(provisional.isFinal()).isFalse();

    node.passTime(6);
    Outcome.Mined finalised = market.send(market.requester(), calls.finalise(id));
    assertThat(reader.eventsOf(finalised.receipt().transaction()))
        .singleElement()
        .isInstanceOfSatisfying(
            MarketEvent.JobFinalised.class,
            event -> {
              assertThat(event.workerEarned()).isEqualTo(Amount.parse("1"));
              assertThat(event.royaltyPaid()).isEqualTo(Amount.parse("0.25"));
              assertThat(event.protocolFee()).isEqualTo(Amount.parse("0.025"));
            });
    assertThat(reader.result(reader.job(id)).isFinal()).isTrue();
    assertThat(reader.balance(worker)).isEqualTo(Amount.parse("1"));
    assertThat(reader.balance(market.requester().address())).isEqualTo(Amount.parse("0.725"));

    market.send(market.worker(), calls.withdraw(worker));
    TokenReader token = new TokenReader(market.client(), market.deployment());
    assertThat(token.balance(HardhatNode.account(9).address())).isEqualTo(Amount.parse("1"));
    assertThat(reader.balance(worker)).isEqualTo(Amount.ZERO);
  }

  private static Hash inputsHash() {
    return Keccak256.hash(
        DeployedMarket.INPUTS.stream()
            .map(input -> TensorCommitment.of(input).bytes())
            .toArray(byte[][]::new));
  }

  @Test
  void a_job_is_declined_leased_and_expires() {
    long id = market.request();
    Outcome.Mined declined = market.send(market.worker(), calls.decline(id, worker));
    assertThat(reader.eventsOf(declined.receipt().transaction()))
        .singleElement()
        .isInstanceOf(MarketEvent.JobDeclined.class);
    assertThat(reader.job(id).state()).isEqualTo(JobState.OPEN);
    node.passTime(301);
    Outcome.Mined expired = market.send(market.requester(), calls.expire(id));
    assertThat(reader.eventsOf(expired.receipt().transaction()))
        .singleElement()
        .isInstanceOfSatisfying(
            MarketEvent.JobExpired.class,
            event -> assertThat(event.refunded()).isEqualTo(Amount.parse("2")));
  }

  @Test
  void a_late_worker_is_announced_and_may_not_lease() {
    long id = market.request();
    node.passTime(61);
    ContractError error = refusal(calls.lease(id, worker), worker);
    assertThat(error.name()).isEqualTo("AlreadyTried");
    node.passTime(300);
    Outcome.Mined expired = market.send(market.requester(), calls.expire(id));
    assertThat(reader.eventsOf(expired.receipt().transaction()))
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    MarketEvent.WorkerLate.class,
                    late -> {
                      assertThat(late.worker()).isEqualTo(worker);
                      assertThat(late.burned()).isEqualTo(Amount.parse("0.1"));
                    }));
  }

  @Test
  void a_request_carries_callback_gas_and_claim_period() {
    JobRequest wanted = market.wanted();
    JobRequest calling =
        new JobRequest(
            wanted.version(),
            0,
            true,
            false,
            50_000,
            wanted.maxFee(),
            wanted.bond(),
            30,
            wanted.inputs());
    Outcome.Mined requested = market.send(market.requester(), calls.request(calling));
    MarketEvent.JobRequested request =
        (MarketEvent.JobRequested) reader.eventsOf(requested.receipt().transaction()).getFirst();
    assertThat(request.callbackGas()).isEqualTo(50_000);
    assertThat(reader.job(request.job()).callbackGas()).isEqualTo(50_000);
    assertThat(request.claimDeadline() - reader.job(request.job()).requestedAt()).isEqualTo(30);
  }

  @Test
  void a_request_gives_inputs_by_reference() {
    Tensor picture = DeployedMarket.INPUTS.getFirst();
    List<JobTensor> inputs =
        List.of(
            new JobTensor.ByReference(
                picture.type(), TensorTree.root(picture.bytes()), "01551220" + "ab".repeat(32)),
            new JobTensor.Inline(DeployedMarket.INPUTS.getLast()));
    Outcome.Mined requested = market.send(market.requester(), calls.request(wanted(inputs)));
    MarketEvent.JobRequested request =
        (MarketEvent.JobRequested) reader.eventsOf(requested.receipt().transaction()).getFirst();
    assertThat(request.inputs()).isEqualTo(inputs);
    assertThat(reader.request(reader.job(request.job()))).isEqualTo(request);
    assertThat(reader.job(request.job()).inputsHash()).isEqualTo(inputsHash());
  }

  @Test
  void each_of_several_requests_has_its_own_references() {
    List<JobTensor> inline = JobTensor.inline(DeployedMarket.INPUTS);
    List<JobTensor> referenced =
        inline.stream()
            .<JobTensor>map(input ->
                new JobTensor.ByReference(input.type(), Hash.fromHex("12".repeat(32)), "01"))
            .toList();
    LogPoller poller = new LogPoller(market.client(), market.deployment(), 0, 1_000);
    BlockReference before = market.client().newestBlock();
    for (List<JobTensor> inputs : List.of(referenced, inline, referenced)) {
      market.send(market.requester(), calls.request(wanted(inputs)));
    }
    LogPoller.Poll.Batch batch = (LogPoller.Poll.Batch) poller.poll(List.of(before));
    assertThat(batch.events().stream().map(MarketEvent.JobRequested.class::cast))
        .map(MarketEvent.JobRequested::inputs)
        .containsExactly(referenced, inline, referenced);
  }

  private JobRequest wanted(List<JobTensor> inputs) {
    JobRequest wanted = market.wanted();
    return new JobRequest(
        wanted.version(), 0, true, false, 0, wanted.maxFee(), wanted.bond(), 0, inputs);
  }

  @Test
  void a_claim_gives_outputs_by_reference() {
    JobRequest wanted = market.wanted();
    JobRequest referenced =
        new JobRequest(
            wanted.version(), 0, true, true, 0, wanted.maxFee(), wanted.bond(), 0, wanted.inputs());
    long inline = market.request();
    Outcome.Mined requested = market.send(market.requester(), calls.request(referenced));
    long id = reader.eventsOf(requested.receipt().transaction()).getFirst().job();
    node.mine(2);
    assertThat(reader.job(inline).outputsByReference()).isFalse();
    assertThat(reader.job(id).outputsByReference()).isTrue();
    assertThat(reader.result(reader.job(id)).outputs()).isEmpty();

    Tensor output = DeployedMarket.OUTPUTS.getFirst();
    List<JobTensor> outputs =
        List.of(
            new JobTensor.ByReference(
                output.type(), TensorTree.root(output.bytes()), "01551220" + "cd".repeat(32)));
    assertThat(
            refusal(calls.claim(id, worker, JobTensor.inline(DeployedMarket.OUTPUTS)), worker)
                .toString())
        .isEqualTo("WrongOutputLength(index 0, given 8, expected 32)");
    assertThat(refusal(calls.claim(inline, worker, outputs), worker).name())
        .isEqualTo("WrongOutputLength");
    Outcome.Mined claimed = market.send(market.worker(), calls.claim(id, worker, outputs));
    market.send(
        market.worker(), calls.claim(inline, worker, JobTensor.inline(DeployedMarket.OUTPUTS)));

    MarketEvent.JobClaimed claim = reader.claim(reader.job(id));
    assertThat(claim.contents()).containsExactly("01551220" + "cd".repeat(32));
    assertThat(reader.eventsOf(claimed.receipt().transaction())).containsExactly(claim);
    assertThat(reader.claim(reader.job(inline)).contents()).isEmpty();
    assertThat(reader.result(reader.job(id))).isEqualTo(new JobResult(JobState.CLAIMED, outputs));
  }

  @Test
  void a_job_that_nobody_claimed_has_no_claim() {
    Job job = reader.job(market.request());
    assertThatThrownBy(() -> reader.claim(job)).isInstanceOf(ChainException.Undecodable.class);
  }

  @Test
  void workers_attest_programs() {
    WorkerCalls workers = new WorkerCalls(market.deployment());
    WorkerReader registry = new WorkerReader(market.client(), market.deployment());
    Hash root = DeployedMarket.PROGRAM.programRoot().orElseThrow();
    assertThat(registry.attestations(market.version(), 1)).isZero();
    assertThat(registry.hasAttested(market.version(), 1, worker)).isFalse();
    market.send(market.worker(), workers.attest(worker, market.version(), 1, root));
    assertThat(registry.attestations(market.version(), 1)).isEqualTo(1);
    assertThat(registry.hasAttested(market.version(), 1, worker)).isTrue();
    Hash other = Hash.fromHex("34".repeat(32));
    assertThat(refusal(workers.attest(worker, market.version(), 1, other), worker).toString())
        .isEqualTo(
            "AttestedRootDiffers(version "
                + market.version()
                + ", binding 1, attested "
                + other
                + ", registered "
                + root
                + ")");
  }

  @Test
  void the_markets_refusals_are_told_by_name_and_argument() {
    Address stranger = market.treasury().address();
    long id = market.request();

    assertThat(
            refusal(calls.claim(999, worker, JobTensor.inline(DeployedMarket.OUTPUTS)), worker)
                .toString())
        .isEqualTo("UnknownJob(job 999)");
    assertThat(
            refusal(calls.claim(id, stranger, JobTensor.inline(DeployedMarket.OUTPUTS)), stranger))
        .satisfies(error -> {
          assertThat(error.name()).isEqualTo("NotAssigned");
          assertThat(error.arguments())
              .contains(new ContractError.Argument("assigned", worker.toString()));
        });
    assertThat(
            refusal(calls.claim(id, worker, JobTensor.inline(DeployedMarket.INPUTS)), worker)
                .toString())
        .isEqualTo("WrongOutputCount(given 2, expected 1)");
    assertThat(
            refusal(
                    calls.claim(
                        id, worker, JobTensor.inline(List.of(Tensor.ofFloats(new float[] {1}, 1)))),
                    worker)
                .name())
        .isEqualTo("WrongOutputType");
    assertThat(refusal(calls.finalise(id), worker).toString())
        .isEqualTo("WrongState(job " + id + ", state 1)");
    JobRequest wanted = market.wanted();
    assertThat(
            refusal(
                    calls.request(
                        new JobRequest(
                            wanted.version(),
                            0,
                            true,
                            false,
                            0,
                            Amount.parse("1"),
                            wanted.bond(),
                            0,
                            wanted.inputs())),
                    market.requester().address())
                .toString())
        .isEqualTo("FeeTooLow(maxFee 1000000000000000000, needed 1275000000000000000)");
    assertThatThrownBy(() -> reader.job(999))
        .isInstanceOf(ChainException.CallRefused.class)
        .hasMessage("the contract refused: UnknownJob(job 999)");
  }

  private ContractError refusal(Call call, Address from) {
    try {
      market.client().call(from, call);
    } catch (ChainException.CallRefused refused) {
      return refused.error();
    }
    throw new AssertionError("the call was taken");
  }

  @Test
  void quotes_and_parameters_are_those_of_the_profile() {
    assertThat(reader.quote(market.version(), Amount.parse("150")))
        .isEqualTo(new Quote(Amount.parse("1.275"), Amount.parse("0.1"), 1, Amount.parse("150")));
    assertThat(reader.parameters(reader.currentParameters()))
        .isEqualTo(
            new MarketParameters(
                Amount.parse("0.1"),
                Amount.parse("0.1"),
                20,
                60,
                Amount.parse("100"),
                250,
                60,
                300,
                5,
                24_000));
  }

  @Test
  void models_read_back_as_they_were_published() {
    ModelReader models = new ModelReader(market.client(), market.deployment());
    ModelCalls modelCalls = new ModelCalls(market.deployment());
    PublishedVersion version = models.version(market.version());
    assertThat(version.content()).isEqualTo(DeployedMarket.VERSION);
    assertThat(version.deprecated()).isFalse();
    assertThat(models.model(version.model()))
        .isEqualTo(new Model(version.model(), market.treasury().address(), "two in, one out"));
    assertThat(models.versionCount()).isEqualTo(market.version());

    market.send(market.treasury(), modelCalls.deprecate(market.version()));
    assertThat(models.version(market.version()).deprecated()).isTrue();
  }

  @Test
  void workers_stake_offer_and_unbond() {
    WorkerReader workers = new WorkerReader(market.client(), market.deployment());
    WorkerCalls workerCalls = new WorkerCalls(market.deployment());
    Address cold = HardhatNode.account(9).address();
    assertThat(workers.worker(worker))
        .contains(new WorkerAccount(cold, Amount.parse("5000"), Amount.ZERO, Amount.ZERO, 0, 1));
    assertThat(workers.worker(cold)).isEmpty();
    assertThat(workers.freeStake(worker)).isEqualTo(Amount.parse("5000"));
    Offer offer = workers.offer(market.version(), worker).orElseThrow();
    assertThat(offer.price()).isEqualTo(Amount.parse("1"));
    assertThat(offer.bondLimit()).isEqualTo(Amount.parse("500"));
    assertThat(offer.until()).isZero();
    assertThat(workers.offers(market.version())).containsExactly(offer);

    market.send(
        market.worker(),
        workerCalls.reprice(worker, market.version(), Amount.parse("2"), Amount.parse("400")));
    assertThat(workers.offer(market.version(), worker).orElseThrow().price())
        .isEqualTo(Amount.parse("2"));
    market.send(market.worker(), workerCalls.closeOffer(worker, market.version()));
    assertThat(workers.offer(market.version(), worker)).isEmpty();
    market.send(market.worker(), workerCalls.startUnbonding(worker, Amount.parse("4500")));
    assertThat(workers.worker(worker).orElseThrow().unbonding()).isEqualTo(Amount.parse("4500"));
    assertThat(
            refusal(
                    workerCalls.openOffer(
                        worker, market.version(), Amount.parse("1"), Amount.parse("1")),
                    worker)
                .name())
        .isIn("StakeUnbonding", "StakeTooLow");
    node.passTime(601);
    market.send(market.worker(), workerCalls.withdrawStake(worker));
    TokenReader token = new TokenReader(market.client(), market.deployment());
    assertThat(token.balance(cold)).isEqualTo(Amount.parse("4500"));
    assertThat(token.allowance(market.requester().address(), market.deployment().market()))
        .isEqualTo(Amount.parse("1000"));
  }
}
