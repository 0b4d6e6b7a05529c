package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The chain, through one node or several. Every question throws {@link ChainException}, whose
 * subtypes tell the failures apart; transient ones have been repeated before. Safe for use by
 * several threads.
 */
public final class ChainClient implements AutoCloseable {

  private final NodePool rpc;

  /**
   * Takes a node without asking it anything yet.
   *
   * @param pause waits between two attempts; {@code Thread::sleep} outside of tests
   */
  public ChainClient(Endpoint endpoint, Pause pause) {
    this(NodePool.of(endpoint, pause));
  }

  ChainClient(NodePool pool) {
    this.rpc = pool;
  }

  /**
   * Takes nodes without asking them anything yet. Each must show that it is of the deployment
   * before its first answer counts, and again after it was away.
   *
   * @param endpoints in the order in which they are preferred, at least one
   * @param pause waits between two attempts
   * @param background looks after nodes beside those who wait for answers
   */
  public static ChainClient of(
      List<Endpoint> endpoints,
      Deployment deployment,
      Pause pause,
      RunningTime time,
      Executor background) {
    return new ChainClient(
        new NodePool(endpoints, Optional.of(deployment), pause, time, background));
  }

  /** How each node stands, in the order in which they are preferred. */
  public List<NodeReport> nodes() {
    return rpc.reports();
  }

  /** Where the node is, the preferred one of several. */
  public Endpoint endpoint() {
    return rpc.endpoint();
  }

  /** The chain's id. */
  public long chainId() {
    return quantity("eth_chainId", rpc.ask("eth_chainId")).longValueExact();
  }

  /** The newest block. Its timestamp is the chain's time. */
  public BlockReference newestBlock() {
    return rpc.newest();
  }

  /** The block of this number, if the chain has come that far. */
  public Optional<BlockReference> block(long number) {
    return block(rpc.ask("eth_getBlockByNumber", Hexadecimal.quantity(number), false));
  }

  /** Whether the block is part of the chain. */
  public boolean has(BlockReference block) {
    return block(block.number()).map(found -> found.hash().equals(block.hash())).orElse(false);
  }

  /** A node's answer to the question for a block. */
  static Optional<BlockReference> block(JsonNode block) {
    return block.isNull()
        ? Optional.empty()
        : Optional.of(
            new BlockReference(
                quantity("a block", block.path("number")).longValueExact(),
                hash("a block", block.path("hash")),
                quantity("a block", block.path("timestamp")).longValueExact()));
  }

  /** Whether there is code at the address, so that it is a contract. */
  public boolean hasCode(Address address) {
    return text("eth_getCode", rpc.ask("eth_getCode", address.hex(), "latest")).length() > 2;
  }

  /** The chain's coin that an account holds, in wei. */
  public BigInteger coinBalance(Address address) {
    return quantity("eth_getBalance", rpc.ask("eth_getBalance", address.hex(), "latest"));
  }

  /**
   * How many transactions of the account the newest block counts, which is its next nonce without
   * pending ones.
   */
  public long nonce(Address address) {
    return nonce(address, "latest");
  }

  /** How many transactions of the account the block of this number counts. */
  public long nonceAt(Address address, long block) {
    return nonce(address, Hexadecimal.quantity(block));
  }

  /** How many transactions of the account the node knows, those that wait included. */
  public long pendingNonce(Address address) {
    return nonce(address, "pending");
  }

  private long nonce(Address address, String block) {
    return quantity(
            "eth_getTransactionCount", rpc.ask("eth_getTransactionCount", address.hex(), block))
        .longValueExact();
  }

  /** What gas costs now. */
  public GasPrices gasPrices() {
    JsonNode block = rpc.ask("eth_getBlockByNumber", "latest", false);
    return new GasPrices(
        quantity("a block's base fee", block.path("baseFeePerGas")),
        quantity("eth_maxPriorityFeePerGas", rpc.ask("eth_maxPriorityFeePerGas")));
  }

  /**
   * What the call would return at the newest block.
   *
   * @throws ChainException.CallRefused with the contract's own error, if it would revert
   */
  public String call(Address from, Call call) {
    return call(from, call, "latest");
  }

  /** What the call would return at the end of the block of this number. */
  public String callAt(Address from, Call call, long block) {
    return call(from, call, Hexadecimal.quantity(block));
  }

  private String call(Address from, Call call, String block) {
    try {
      return text("eth_call", rpc.ask("eth_call", callParameters(from, call), block));
    } catch (ChainException.NodeRefused refused) {
      throw refusal(refused);
    }
  }

  /**
   * How much gas the call would need at the newest block.
   *
   * @throws ChainException.CallRefused with the contract's own error, if it would revert
   */
  public long estimateGas(Address from, Call call) {
    try {
      return quantity(
              "eth_estimateGas", rpc.ask("eth_estimateGas", callParameters(from, call), "latest"))
          .longValueExact();
    } catch (ChainException.NodeRefused refused) {
      throw refusal(refused);
    }
  }

  private static Map<String, String> callParameters(Address from, Call call) {
    return Map.of(
        "from",
        from.hex(),
        "to",
        call.to().hex(),
        "data",
        call.data(),
        "value",
        Hexadecimal.quantity(call.coin()));
  }

  /** A node's refusal with data, or one that speaks of a revert, is the contract's. */
  private static ChainException refusal(ChainException.NodeRefused refused) {
    String data = refused.revertData();
    if (data != null) {
      return new ChainException.CallRefused(ContractError.decode(data));
    }
    String message = String.valueOf(refused.getMessage());
    return message.contains("revert")
        ? new ChainException.CallRefused(ContractError.decode("0x"))
        : refused;
  }

  /** The receipt of a transaction, if it is mined. */
  public Optional<Receipt> receipt(Hash transaction) {
    JsonNode receipt = receiptOf(transaction);
    return receipt.isNull()
        ? Optional.empty()
        : Optional.of(
            new Receipt(
                transaction,
                quantity("a receipt", receipt.path("blockNumber")).longValueExact(),
                hash("a receipt", receipt.path("blockHash")),
                quantity("a receipt", receipt.path("status")).signum() == 1,
                quantity("a receipt", receipt.path("gasUsed")).longValueExact(),
                quantity("a receipt", receipt.path("effectiveGasPrice"))));
  }

  private JsonNode receiptOf(Hash transaction) {
    return rpc.ask("eth_getTransactionReceipt", transaction.toString());
  }

  /** Whether the node knows the transaction, mined or waiting. */
  public boolean knows(Hash transaction) {
    return !rpc.ask("eth_getTransactionByHash", transaction.toString()).isNull();
  }

  /**
   * Hands a signed transaction to the nodes, to each once. Only the package {@code transactions}
   * may call this. If it throws, the transaction may be on its way all the same.
   *
   * @param signed the transaction's bytes, as {@code 0x} and hexadecimal digits
   */
  public void sendRawTransaction(String signed) {
    rpc.send(signed);
  }

  /**
   * The logs that a contract wrote from one block to another, both included, with one of these
   * topics in each place; in a place without any, whatever stands there.
   */
  List<Log> logs(long from, long to, Address contract, List<List<String>> topics) {
    return logs(
        rpc.ask(
            "eth_getLogs",
            Map.of(
                "fromBlock",
                Hexadecimal.quantity(from),
                "toBlock",
                Hexadecimal.quantity(to),
                "address",
                contract.hex(),
                "topics",
                topics.stream()
                    .map(place -> place.isEmpty() ? NullNode.instance : place)
                    .toList())));
  }

  /** The logs that a transaction wrote, none if it isn't mined. */
  List<Log> logsOf(Hash transaction) {
    JsonNode receipt = receiptOf(transaction);
    return receipt.isNull() ? List.of() : logs(receipt.path("logs"));
  }

  private static List<Log> logs(JsonNode answer) {
    if (!answer.isArray()) {
      throw undecodable("a list of logs", null);
    }
    List<Log> logs = new ArrayList<>();
    for (JsonNode log : answer) {
      List<String> topics = new ArrayList<>();
      log.path("topics").forEach(topic -> topics.add(topic.asText()));
      logs.add(
          new Log(
              new Address(text("a log", log.path("address"))),
              topics,
              text("a log", log.path("data")),
              new LogPosition(
                  quantity("a log", log.path("blockNumber")).longValueExact(),
                  hash("a log", log.path("blockHash")),
                  hash("a log", log.path("transactionHash")),
                  quantity("a log", log.path("logIndex")).longValueExact())));
    }
    return logs;
  }

  /**
   * One event as the node gives it. A topic that is missing is an {@link IllegalArgumentException}.
   */
  record Log(Address contract, List<String> topics, String data, LogPosition position) {

    private static final int ADDRESS_PADDING = 2 + 24;

    boolean isOf(String firstTopic) {
      return !topics.isEmpty() && firstTopic.equals(topics.getFirst());
    }

    BigInteger integer(int topic) {
      return Hexadecimal.number(topic(topic));
    }

    long number(int topic) {
      return integer(topic).longValueExact();
    }

    Address address(int topic) {
      return new Address("0x" + topic(topic).substring(ADDRESS_PADDING));
    }

    private String topic(int index) {
      if (index >= topics.size()) {
        throw new IllegalArgumentException("topic " + index + " is missing");
      }
      return topics.get(index);
    }
  }

  private static String text(String what, JsonNode value) {
    if (!value.isTextual() || !value.textValue().startsWith("0x")) {
      throw undecodable(what, null);
    }
    return value.textValue();
  }

  private static BigInteger quantity(String what, JsonNode value) {
    try {
      return Hexadecimal.number(text(what, value));
    } catch (IllegalArgumentException malformed) {
      throw undecodable(what, malformed);
    }
  }

  private static Hash hash(String what, JsonNode value) {
    try {
      return Hash.fromHex(text(what, value));
    } catch (IllegalArgumentException malformed) {
      throw undecodable(what, malformed);
    }
  }

  private static ChainException undecodable(String what, @Nullable Throwable cause) {
    return new ChainException.Undecodable("the node's answer about " + what, cause);
  }

  @Override
  public void close() {
    rpc.close();
  }
}
