package ai.opengradient.worker.testing;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramOpening;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.examples.BenchmarkModels;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelPublisher;
import ai.opengradient.store.manifest.PublishedModel;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.server.StoreServer;
import ai.opengradient.worker.chain.Address;
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
import ai.opengradient.worker.chain.ModelVersion.Binding;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.WorkerCalls;
import ai.opengradient.worker.keys.LightKeystore;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.transactions.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A development chain with the market, a store, and two real models in both: version 1 is the line
 * 3x + 0.5, version 2 the volatility regressor. Workers are the accounts from 1 on, account 8 asks,
 * account 0 owns the models and is the treasury.
 */
public final class WorkerStage implements AutoCloseable {

  /** A job's price in every worker's offers. */
  public static final Amount PRICE = Amount.parse("1");

  /** Opens the keystores. */
  public static final String PASSWORD = "only for tests";

  private static final Amount STAKE = Amount.parse("20000");
  private static final Amount BOND_LIMIT = Amount.parse("500");
  private static final int REQUESTER = 8;
  private static final int COLD = 9;

  private final Path folder;
  private final HardhatNode node = HardhatNode.start();
  private final ChainClient client = new ChainClient(node.endpoint(), Thread::sleep);
  private final Vertx vertx = Vertx.vertx();
  private final Deployment deployment;
  private final StoreServer store;
  private final List<Signature> signatures = new ArrayList<>();

  /** Sets everything up but the workers; takes some seconds. */
  public WorkerStage(Path folder) {
    this(folder, "--profile", "local");
  }

  /** The same with clocks that leave time for a reorganisation of a dozen blocks. */
  public static WorkerStage withLongClocks(Path folder) {
    return new WorkerStage(
        folder, "--profiles", "scripts/lib/besu/profiles.json", "--profile", "rehearsal");
  }

  private WorkerStage(Path folder, String... profile) {
    this.folder = folder;
    this.deployment = node.deploy(folder, profile);
    this.store = StoreServer.start(vertx, folder.resolve("store"), StoreServer.Options.USUAL);
    try {
      Path line = Files.write(folder.resolve("line.onnx"), BenchmarkModels.line());
      publish("line", line);
      publish("volatility", Repository.root().resolve("example-models/models/volatility.onnx"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    send(owner(), TokenTransfer.of(deployment, requester().address(), Amount.parse("10000")));
    send(
        requester(),
        new TokenCalls(deployment).approve(deployment.market(), Amount.parse("10000")));
  }

  /** Publishes a model whose answers no court can judge, and gives its version. */
  public int publish(String name, Path file) {
    publish(name, file, Binding.NO_PROGRAM, List.of());
    return signatures.size();
  }

  /** Publishes a model whose answers a court can judge, and gives its version. */
  public int publishDisputable(String name, Path file) {
    try {
      Program program =
          Lowering.lower(Files.readAllBytes(file), ai.opengradient.store.lowering.Binding.NONE)
              .program();
      publish(name, file, program.hash(), List.of(ProgramOpening.ofEnds(program)));
      return signatures.size();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void publish(String name, Path file, Hash programRoot, List<ProgramOpening> programs) {
    Signature signature = OnnxReader.read(file).bind(Map.of());
    PublishedModel published =
        new ModelPublisher(store.store())
            .publish(
                file,
                stored ->
                    new Manifest(
                        Manifest.FORMAT,
                        name,
                        stored,
                        List.of(signature),
                        signature.outputs().stream().map(output -> new Band(1e-5f, 1e-5f)).toList(),
                        signature.inputs().stream().map(input -> Domain.UNSTATED).toList(),
                        "Apache-2.0",
                        List.of()));
    signatures.add(signature);
    ModelCalls models = new ModelCalls(deployment);
    ModelReader reader = new ModelReader(client, deployment);
    long model =
        reader
            .modelCreatedBy(send(owner(), models.createModel(name)).receipt().transaction())
            .orElseThrow();
    send(
        owner(),
        models.publish(
            model,
            version(published.manifest(), published.content(), signature, programRoot),
            programs));
  }

  private static ModelVersion version(
      ContentId id, Manifest manifest, Signature signature, Hash programRoot) {
    return new ModelVersion(
        HexFormat.of().formatHex(id.bytes()),
        manifest.file().content().sha256(),
        manifest.file().content().length(),
        Amount.parse("0.25"),
        Amount.parse("100"),
        Amount.parse("1"),
        manifest.licence(),
        manifest.bands().stream()
            .map(band -> new ModelVersion.Band(band.absolute(), band.relative()))
            .toList(),
        manifest.domains().stream()
            .map(domain -> new ModelVersion.Domain(domain.low(), domain.high()))
            .toList(),
        List.of(
            new Binding(
                programRoot,
                signature.inputs().stream().map(input -> input.type()).toList(),
                signature.outputs().stream().map(output -> output.type()).toList())));
  }

  /** Registers the account as a worker with stake and offers for both versions. */
  public void join(int account) {
    Signer worker = HardhatNode.account(account);
    WorkerCalls calls = new WorkerCalls(deployment);
    send(owner(), TokenTransfer.of(deployment, worker.address(), STAKE));
    send(worker, calls.register(HardhatNode.account(COLD).address()));
    send(worker, new TokenCalls(deployment).approve(deployment.workers(), STAKE));
    send(worker, calls.stake(worker.address(), STAKE));
    for (int version = 1; version <= signatures.size(); version++) {
      send(worker, calls.openOffer(worker.address(), version, PRICE, BOND_LIMIT));
    }
  }

  /** Gives an account $OPG that the court may take for bonds. */
  public void fund(int account, Amount amount) {
    Signer challenger = HardhatNode.account(account);
    send(owner(), TokenTransfer.of(deployment, challenger.address(), amount));
    send(challenger, new TokenCalls(deployment).approve(deployment.court(), amount));
  }

  /**
   * Writes a worker's key and configuration, and says where the latter is; it serves these
   * versions, whatever it offers on chain.
   */
  public Path configure(int account, int... versions) {
    Path home = home("worker" + account);
    LightKeystore.write(home.resolve("keystore.json"), PASSWORD, account);
    return write(home, configuration(versions));
  }

  /** The same for a process of the account's fleet that may act for it. */
  public Path configureCoordinator(String name, int account, String journal, int... versions) {
    Path home = home(name);
    LightKeystore.write(home.resolve("keystore.json"), PASSWORD, account);
    return write(home, configuration(versions) + fleet(journal));
  }

  /** The same for a process of a fleet that has no key. */
  public Path configureExecutor(String name, String journal) {
    return write(home(name), configuration() + fleet(journal));
  }

  private static String fleet(String journal) {
    return "journal.url=" + journal + "\njournal.lease=5s\n";
  }

  private String configuration(int... versions) {
    StringBuilder text =
        new StringBuilder(
            """
            chain.rpc=%s
            chain.deployment=%s
            chain.confirmations=1
            chain.poll-interval=200ms
            store.sources=gateway:%s
            inference.memory=512MiB
            policy.lease=when-idle
            """
                .formatted(node.url(), folder.resolve("deployment.json"), store.gateway()));
    for (int version : versions) {
      text.append("offer.%d.price=1%noffer.%d.bond-limit=500%n".formatted(version, version));
    }
    return text.toString();
  }

  private Path home(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path write(Path home, String text) {
    try {
      Path file = home.resolve("opg.properties");
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Asks for one inference with these elements repeated as often as the input needs, and gives the
   * job's id.
   */
  public long request(int version, float element) {
    return request(version, element, false);
  }

  /** The same with outputs by reference. */
  public long requestByReference(int version, float element) {
    return request(version, element, true);
  }

  private long request(int version, float element, boolean outputsByReference) {
    List<Tensor> inputs =
        signatures.get(version - 1).inputs().stream()
            .map(input -> {
              float[] elements = new float[input.type().count()];
              Arrays.fill(elements, element);
              return Tensor.ofFloats(
                  elements, input.type().shape().stream().mapToInt(Integer::intValue).toArray());
            })
            .toList();
    Outcome.Mined mined =
        send(
            requester(),
            new MarketCalls(deployment)
                .request(
                    new JobRequest(
                        version,
                        0,
                        true,
                        outputsByReference,
                        0,
                        Amount.parse("2"),
                        Amount.parse("100"),
                        0,
                        JobTensor.inline(inputs))));
    return new MarketReader(client, deployment)
        .eventsOf(mined.receipt().transaction()).stream()
            .mapToLong(MarketEvent::job)
            .findFirst()
            .orElseThrow();
  }

  /** From now on a block is mined every second, and chain time passes with it. */
  public void mineEverySecond() {
    // An offer counts from the block after its own: what was offered before counts now.
    mineSecond();
    node.rpc("evm_setIntervalMining", 1_000);
  }

  /** From now on each transaction gets its block at once. */
  public void mineAtOnce() {
    node.mineAtOnce(true);
  }

  /** From now on blocks are mined by {@link #mineSecond} only. */
  public void mineByHand() {
    node.mineAtOnce(false);
    node.rpc("evm_setIntervalMining", 0);
  }

  /** Mines a block one second of chain time after the last one. */
  public void mineSecond() {
    holdTime();
    node.mine(1);
  }

  /** Mines many blocks, each so many seconds of chain time after the one before it. */
  public void mineMany(int blocks, int seconds) {
    node.rpc(
        "hardhat_mine", "0x" + Integer.toHexString(blocks), "0x" + Integer.toHexString(seconds));
  }

  /** The next block comes one second of chain time after the last one, however long that takes. */
  public void holdTime() {
    node.rpc("evm_setNextBlockTimestamp", client.newestBlock().timestamp() + 1);
  }

  /** Sends a call that the contract takes. */
  public Outcome.Mined send(Signer from, Call call) {
    return HardhatSender.send(client, deployment, from, call);
  }

  /**
   * A transaction that is on the chain.
   *
   * @param nonce the sender's
   * @param data of the call
   * @param succeeded whether the contract took it
   */
  public record Sent(long nonce, Address to, String data, boolean succeeded) {

    /** Which function it calls. */
    public String function() {
      return to + " " + data.substring(0, 10);
    }
  }

  /** What an account has sent from a block on, in order. */
  public List<Sent> sent(Address from, long since) {
    List<Sent> sent = new ArrayList<>();
    for (long block = since; block <= client.newestBlock().number(); block++) {
      JsonNode transactions =
          node.rpc("eth_getBlockByNumber", "0x" + Long.toHexString(block), true)
              .path("transactions");
      for (JsonNode transaction : transactions) {
        if (new Address(transaction.path("from").asText()).equals(from)) {
          sent.add(
              new Sent(
                  Long.decode(transaction.path("nonce").asText()),
                  new Address(transaction.path("to").asText()),
                  transaction.path("input").asText(),
                  client
                      .receipt(Hash.fromHex(transaction.path("hash").asText()))
                      .orElseThrow()
                      .succeeded()));
        }
      }
    }
    return sent;
  }

  /** The chain under it. */
  public HardhatNode node() {
    return node;
  }

  public ChainClient client() {
    return client;
  }

  public Deployment deployment() {
    return deployment;
  }

  /** The blocks of models and of tensors given by reference. */
  public BlockStore blocks() {
    return store.store();
  }

  /** Owns the models; receives the protocol's fees. */
  public Signer owner() {
    return HardhatNode.account(0);
  }

  public Signer requester() {
    return HardhatNode.account(REQUESTER);
  }

  /** Where the workers' payments go. */
  public Address cold() {
    return HardhatNode.account(COLD).address();
  }

  @Override
  public void close() {
    store.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    client.close();
    node.close();
  }
}
