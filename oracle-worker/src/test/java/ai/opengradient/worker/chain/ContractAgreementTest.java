package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.testing.Artifacts;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.TokenTransfer;
import java.util.Arrays;
import java.util.List;
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
