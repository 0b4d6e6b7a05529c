package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.ProgramHead;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.worker.dispute.Answer;
import ai.opengradient.worker.dispute.Bytes;
import ai.opengradient.worker.dispute.ElementStep;
import ai.opengradient.worker.dispute.Move;
import ai.opengradient.worker.dispute.NodeOpening;
import ai.opengradient.worker.dispute.OpenedLeaves;
import ai.opengradient.worker.dispute.OpenedTensor;
import ai.opengradient.worker.dispute.OutputProof;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.dispute.StepProof;
import ai.opengradient.worker.dispute.TraceOpening;
import ai.opengradient.worker.testing.Artifacts;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.TokenTransfer;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this package says of the contracts, against the ABI that the compiler gave. */
final class ContractAgreementTest {

  private static final Address ADDRESS = new Address("0x" + "12".repeat(20));
  private static final Deployment DEPLOYMENT =
      new Deployment(
          1,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          ADDRESS,
          0,
          Hash.of(new byte[32]),
          "local");

  private final Artifacts market = Artifacts.of("market/InferenceMarket");
  private final Artifacts parameterSets = Artifacts.of("market/ParameterSets");
  private final Artifacts models = Artifacts.of("registry/ModelRegistry");
  private final Artifacts workers = Artifacts.of("registry/WorkerRegistry");
  private final Artifacts token = Artifacts.of("token/OPG");
  private final Artifacts court = Artifacts.of("court/Court");
  private final Artifacts evidence = Artifacts.of("court/Evidence");
  private final Artifacts canon = Artifacts.of("canon/Canon");

  private static Set<String> selectors(List<Call> calls) {
    return calls.stream().map(call -> call.data().substring(0, 10)).collect(Collectors.toSet());
  }

  private static Set<String> selectors(Artifacts contract) {
    return contract.signatures("function").map(Abi::selector).collect(Collectors.toSet());
  }

  @Test
  void every_call_is_a_function_of_its_contract() {
    Amount one = Amount.parse("1");
    MarketCalls marketCalls = new MarketCalls(DEPLOYMENT);
    ModelCalls modelCalls = new ModelCalls(DEPLOYMENT);
    WorkerCalls workerCalls = new WorkerCalls(DEPLOYMENT);
    TokenCalls tokenCalls = new TokenCalls(DEPLOYMENT);
    assertThat(selectors(market))
        .containsAll(
            selectors(
                List.of(
                    marketCalls.request(
                        new JobRequest(
                            1,
                            0,
                            true,
                            true,
                            0,
                            one,
                            one,
                            0,
                            JobTensor.inline(DeployedMarket.INPUTS))),
                    marketCalls.decline(1, ADDRESS),
                    marketCalls.claim(1, ADDRESS, List.of()),
                    marketCalls.lease(1, ADDRESS),
                    marketCalls.expire(1),
                    marketCalls.finalise(1),
                    marketCalls.withdraw(ADDRESS))));
    assertThat(selectors(models))
        .containsAll(
            selectors(
                List.of(
                    modelCalls.createModel("name"),
                    modelCalls.publish(1, DeployedMarket.VERSION, List.of(DeployedMarket.PROGRAM)),
                    modelCalls.deprecate(1))));
    assertThat(selectors(workers))
        .containsAll(
            selectors(
                List.of(
                    workerCalls.register(ADDRESS),
                    workerCalls.stake(ADDRESS, one),
                    workerCalls.startUnbonding(ADDRESS, one),
                    workerCalls.withdrawStake(ADDRESS),
                    workerCalls.openOffer(ADDRESS, 1, one, one),
                    workerCalls.reprice(ADDRESS, 1, one, one),
                    workerCalls.closeOffer(ADDRESS, 1),
                    workerCalls.attest(ADDRESS, 1, 1, Hash.of(new byte[32])))));
    assertThat(selectors(token))
        .containsAll(
            selectors(
                List.of(
                    tokenCalls.approve(ADDRESS, one), TokenTransfer.of(DEPLOYMENT, ADDRESS, one))));
  }

  @Test
  void every_move_in_court_is_one_of_its_functions() {
    CourtCalls calls = new CourtCalls(DEPLOYMENT);
    Hash hash = Hash.of(new byte[32]);
    List<Hash> none = List.of();
    Node.Input node = new Node.Input(DataType.FLOAT32, 4, 0);
    ProgramHead program = ProgramHead.of(1, hash, List.of(0));
    NodeOpening opening = new NodeOpening(program, Descriptor.of(node), none);
    OpenedLeaves leaves = new OpenedLeaves(List.of(), List.of(), none);
    OpenedTensor tensor = new OpenedTensor(TensorHead.VOID, leaves);
    TraceOpening trace = new TraceOpening(List.of(0), List.of(hash), none);
    StepProof step =
        new StepProof(
            program,
            none,
            trace,
            none,
            new ElementStep(opening.descriptor(), 0, 0, List.of(tensor), Bytes.of(new byte[0])),
            Optional.of(tensor));
    Bytes leaf = Bytes.of(new byte[1_024]);
    Path.Leaves path = new Path.Leaves(0, 0, 0);
    assertThat(selectors(court))
        .containsAll(
            selectors(
                List.of(
                    calls.challenge(hash, Amount.parse("1")),
                    calls.open(1, 1, hash),
                    calls.assertTrace(1, List.of(hash), program),
                    calls.ask(1, path, Optional.of(opening), BigInteger.ONE),
                    calls.proveMore(1, new Move.ProveMore(step, 1)),
                    calls.proveStep(1, new Move.ProveStep(step)),
                    calls.proveOutput(
                        1,
                        new Move.ProveOutput(
                            0, 0, new OutputProof(program, trace, tensor, leaves))),
                    calls.reveal(1, new Answer.OfNodes(new Path.Nodes(4, 0), none, none)),
                    calls.reveal(1, new Answer.OfLeaves(path, none, none, none)),
                    calls.reveal(1, new Answer.OfLeaf(path, leaf, none, none)),
                    calls.reveal(1, new Answer.OfVoid(path, none)),
                    calls.reveal(1, new Answer.OfInput(new Path.Input(0, 0), leaf, none, none)),
                    calls.reveal(
                        1, new Answer.OfWeight(new Path.Weight(0, 0), leaf, none, opening)),
                    calls.reveal(1, new Answer.OfOutput(new Path.Output(0, 0), leaf, none)),
                    calls.timeout(1),
                    calls.forfeit(1),
                    calls.settle(1),
                    calls.reclaim(1),
                    calls.withdraw(ADDRESS),
                    calls.withdrawCoin(ADDRESS))));
  }

  @Test
  void every_event_of_a_dispute_is_known() {
    assertThat(
            Arrays.stream(CourtEventDecoder.Kind.values()).map(CourtEventDecoder.Kind::signature))
        .containsExactlyInAnyOrderElementsOf(
            court
                .signatures("event")
                .filter(signature -> !signature.matches("(Coin)?Withdrawn\\(.*"))
                .toList());
  }

  @Test
  void every_event_of_a_job_is_known() {
    assertThat(
            Stream.concat(
                Stream.of(
                    MarketEventDecoder.INPUTS_REFERENCED, MarketEventDecoder.OUTPUTS_REFERENCED),
                Arrays.stream(MarketEventDecoder.Kind.values())
                    .map(MarketEventDecoder.Kind::signature)))
        .containsExactlyInAnyOrderElementsOf(
            market
                .signatures("event")
                .filter(signature -> !signature.startsWith("Withdrawn("))
                .toList());
  }

  @Test
  void every_error_of_every_contract_is_known_and_no_other() {
    Set<String> declared =
        Stream.of(market, parameterSets, models, workers, token, court, evidence, canon)
            .flatMap(contract -> contract.signatures("error"))
            .collect(Collectors.toCollection(TreeSet::new));
    declared.addAll(Set.of("Error(string)", "Panic(uint256)"));
    assertThat(ContractErrors.signatures()).containsExactlyInAnyOrderElementsOf(declared);
  }
}
