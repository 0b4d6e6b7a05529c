package ai.opengradient.worker.testing;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramOpening;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.JobRequest;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.ModelCalls;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.WorkerCalls;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.transactions.Outcome;
import java.nio.file.Path;
import java.util.List;

/**
 * The contracts on a development chain, with a model of two float32 inputs (2 × 3 and 4) and one
 * float32 output (2), one worker that offers it for 1 $OPG, and a requester with $OPG to spend.
 */
public final class DeployedMarket {

  /** What a request of the model carries. */
  public static final List<Tensor> INPUTS =
      List.of(
          Tensor.ofFloats(new float[] {1, -2, 3.5f, 0, 5, 6e-3f}, 2, 3),
          Tensor.ofFloats(new float[] {10, 20, 30, 40}, 4));

  /** An answer of the model's form. */
  public static final List<Tensor> OUTPUTS = List.of(Tensor.ofFloats(new float[] {0.25f, -8}, 2));

  /** The program of the version's second binding; its answer is 0. */
  public static final ProgramOpening PROGRAM =
      ProgramOpening.ofEnds(
          new Program(
              List.of(
                  new Node.Input(DataType.FLOAT32, 21, 0),
                  new Node.Input(DataType.FLOAT32, 4, 1),
                  new Node.Map(
                      DataType.FLOAT32,
                      Space.SCALAR,
                      List.of(),
                      Expression.of(new Primitive.Constant(DataType.FLOAT32, 0)))),
              List.of(2)));

  /** What the version fixes. */
  public static final ModelVersion VERSION =
      new ModelVersion(
          "01551220" + "ab".repeat(32),
          Hash.fromHex("cd".repeat(32)),
          12_345,
          Amount.parse("0.25"),
          Amount.parse("100"),
          Amount.parse("3"),
          "Apache-2.0",
          List.of(new ModelVersion.Band(1e-5f, 1e-4f)),
          List.of(new ModelVersion.Domain(-100, 100), new ModelVersion.Domain(0, 0)),
          List.of(
              new ModelVersion.Binding(
                  ModelVersion.Binding.NO_PROGRAM,
                  List.of(
                      TensorType.of(DataType.FLOAT32, 2, 3), TensorType.of(DataType.FLOAT32, 4)),
                  List.of(TensorType.of(DataType.FLOAT32, 2))),
              new ModelVersion.Binding(
                  PROGRAM.programRoot().orElseThrow(),
                  List.of(
                      TensorType.of(DataType.FLOAT32, 7, 3), TensorType.of(DataType.FLOAT32, 4)),
                  List.of(TensorType.of(DataType.FLOAT32)))));

  private final HardhatNode node;
  private final ChainClient client;
  private final Deployment deployment;
  private final Signer treasury = HardhatNode.account(0);
  private final Signer worker = HardhatNode.account(1);
  private final Signer requester = HardhatNode.account(2);
  private final long version;

  /** Deploys and sets up; takes a few seconds. */
  public DeployedMarket(HardhatNode node, Path directory) {
    this.node = node;
    this.client = new ChainClient(node.endpoint(), Thread::sleep);
    this.deployment = node.deploy(directory);
    TokenCalls token = new TokenCalls(deployment);
    ModelCalls models = new ModelCalls(deployment);
    WorkerCalls workers = new WorkerCalls(deployment);
    Outcome.Mined created = send(treasury, models.createModel("two in, one out"));
    long model =
        new ModelReader(client, deployment)
            .modelCreatedBy(created.receipt().transaction())
            .orElseThrow();
    Outcome.Mined published = send(treasury, models.publish(model, VERSION, List.of(PROGRAM)));
    version =
        new ModelReader(client, deployment)
            .versionPublishedBy(published.receipt().transaction())
            .orElseThrow();
    send(treasury, TokenTransfer.of(deployment, worker.address(), Amount.parse("5000")));
    send(treasury, TokenTransfer.of(deployment, requester.address(), Amount.parse("1000")));
    send(worker, workers.register(HardhatNode.account(9).address()));
    send(worker, token.approve(deployment.workers(), Amount.parse("5000")));
    send(worker, workers.stake(worker.address(), Amount.parse("5000")));
    send(
        worker,
        workers.openOffer(worker.address(), version, Amount.parse("1"), Amount.parse("500")));
    send(requester, token.approve(deployment.market(), Amount.parse("1000")));
  }

  /** The chain under it. */
  public HardhatNode node() {
    return node;
  }

  /** The chain under it, as the worker sees it. */
  public ChainClient client() {
    return client;
  }

  public Deployment deployment() {
    return deployment;
  }

  /** Holds all other $OPG; owns the model. */
  public Signer treasury() {
    return treasury;
  }

  public Signer worker() {
    return worker;
  }

  public Signer requester() {
    return requester;
  }

  /** The model's version. */
  public long version() {
    return version;
  }

  /** A request that the market takes. */
  public JobRequest wanted() {
    return new JobRequest(
        version,
        0,
        true,
        false,
        0,
        Amount.parse("2"),
        Amount.parse("150"),
        0,
        JobTensor.inline(INPUTS));
  }

  /** Asks for one inference, waits for the draw and returns the job's id. */
  public long request() {
    Outcome.Mined mined = send(requester, new MarketCalls(deployment).request(wanted()));
    node.mine(2);
    return new MarketReader(client, deployment)
        .eventsOf(mined.receipt().transaction()).stream()
            .mapToLong(MarketEvent::job)
            .findFirst()
            .orElseThrow();
  }

  /** Sends a call that the contract takes. */
  public Outcome.Mined send(Signer from, Call call) {
    return HardhatSender.send(client, deployment, from, call);
  }

  /** Sends a call and says what became of it. */
  public Outcome outcome(Signer from, Call call) {
    return HardhatSender.outcome(client, deployment, from, call);
  }
}
