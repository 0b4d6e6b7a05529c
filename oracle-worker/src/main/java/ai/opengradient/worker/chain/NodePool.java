package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One or several nodes of one chain. The first of them that is fit answers; if it fails, the next
 * one is asked within the same question. Which one is fit is a matter of {@link NodeHealth}. The
 * node that answers has always come as far as the newest block that any of them has shown, so a
 * change from one to another never goes back in time. Safe for use by several threads.
 */
final class NodePool implements AutoCloseable {

  /** How far a node may be behind most others and still be asked. */
  static final long LAG_BLOCKS = 3;

  static final long LAG_SECONDS = 60;

  /** How far ahead of most others a head is believed, in blocks. */
  static final long LEAD_BLOCKS = 64;

  /** Between two looks at all nodes. */
  static final Duration SURVEY = Duration.ofSeconds(3);

  private static final int MOST_CHECKS = 2;

  private final List<PooledNode> nodes;
  private final Optional<Deployment> deployment;
  private final Endpoint patience;
  private final Pause pause;
  private final RunningTime time;
  private final Executor background;
  private final HeadMemory memory = new HeadMemory();
  private final AtomicReference<@Nullable PooledNode> current = new AtomicReference<>();
  private final AtomicReference<Duration> surveyed;

  /**
   * @param endpoints in the order in which they are preferred; how patiently to ask is the first
   *     one's
   * @param deployment what a node must have before its answers count; empty: whatever answers
   * @param background looks at nodes that nobody is waiting for
   */
  NodePool(
      List<Endpoint> endpoints,
      Optional<Deployment> deployment,
      Pause pause,
      RunningTime time,
      Executor background) {
    this(
        endpoints.getFirst(),
        endpoints.stream().map(endpoint -> new PooledNode(new JsonRpc(endpoint))).toList(),
        deployment,
        pause,
        time,
        background);
  }

  private NodePool(
      Endpoint patience,
      List<PooledNode> nodes,
      Optional<Deployment> deployment,
      Pause pause,
      RunningTime time,
      Executor background) {
    this.patience = patience;
    this.nodes = nodes;
    this.deployment = deployment;
    this.pause = pause;
    this.time = time;
    this.background = background;
    this.surveyed = new AtomicReference<>(time.elapsed());
  }

  /** One node, whatever chain it is of. */
  static NodePool of(Endpoint endpoint, Pause pause) {
    return new NodePool(
        List.of(endpoint), Optional.empty(), pause, () -> Duration.ZERO, Runnable::run);
  }

  /** A question to one node. */
  @FunctionalInterface
  private interface Question<T> {
    T put(PooledNode node);
  }

  /** The first node's address. */
  Endpoint endpoint() {
    return patience;
  }

  List<NodeReport> reports() {
    return nodes.stream().map(PooledNode::report).toList();
  }

  /**
   * Asks until a node answers or the attempts are used up; what a node refuses is not asked again.
   */
  JsonNode ask(String method, Object... parameters) {
    return ask(node -> node.rpc().ask(method, parameters));
  }

  /** The newest block; never one that is behind what was seen, unless the chain shows why. */
  BlockReference newest() {
    return ask(node -> {
      BlockReference head = head(node);
      if (isPool()) {
        requireForward(node, head);
      }
      return head;
    });
  }

  private <T> T ask(Question<T> question) {
    surveyIfDue();
    Duration next = patience.firstPause();
    for (int attempt = 1; ; attempt++) {
      @Nullable ChainException failure = null;
      for (PooledNode node : inOrder()) {
        try {
          requireFit(node);
          return question.put(node);
        } catch (ChainException failed) {
          if (!isNodesFault(failed)) {
            throw failed;
          }
          note(node, failed);
          failure = failure == null ? failed : failure;
        }
      }
      ChainException reason = Objects.requireNonNull(failure);
      if (attempt == patience.attempts() || isForeign(reason)) {
        throw reason;
      }
      sleep(pauseAfter(reason, next));
      next = shorter(next.multipliedBy(2), patience.longestPause());
    }
  }

  /**
   * Hands a signed transaction to the nodes: to one before this returns, to the other healthy ones
   * in the background. Each node hears of it once.
   */
  void send(String signed) {
    @Nullable ChainException failure = null;
    List<PooledNode> left = new ArrayList<>(inOrder());
    while (!left.isEmpty()) {
      PooledNode node = left.removeFirst();
      if (failure instanceof ChainException.NodeRefused && !node.state().isHealthy()) {
        break;
      }
      try {
        requireFit(node);
        sendTo(node, signed);
        left.stream()
            .filter(other -> other.state().isHealthy())
            .forEach(other -> background.execute(() -> sendAside(other, signed)));
        return;
      } catch (ChainException.NodeRefused refused) {
        failure = refused;
      } catch (ChainException failed) {
        if (!isNodesFault(failed)) {
          throw failed;
        }
        note(node, failed);
        failure = failure == null ? failed : failure;
      }
    }
    throw Objects.requireNonNull(failure);
  }

  private static void sendTo(PooledNode node, String signed) {
    node.rpc().ask("eth_sendRawTransaction", signed);
  }

  private void sendAside(PooledNode node, String signed) {
    try {
      sendTo(node, signed);
    } catch (ChainException.NodeRefused knownAlready) {
      // Others have it; what this one thinks of it decides nothing.
    } catch (ChainException failed) {
      note(node, failed);
    }
  }

  /** Healthy nodes as they are preferred, then the others, first those that are due first. */
  private List<PooledNode> inOrder() {
    List<PooledNode> order = new ArrayList<>();
    nodes.stream().filter(node -> node.state().isHealthy()).forEach(order::add);
    nodes.stream()
        .filter(node -> !order.contains(node))
        .sorted(Comparator.comparing(node -> node.state().due()))
        .forEach(order::add);
    return order;
  }

  private boolean isPool() {
    return nodes.size() > 1;
  }

  /** Makes sure that the node's answer may count. */
  private void requireFit(PooledNode node) {
    boolean isKnown = node.state().isHealthy() && (!isPool() || current.get() == node);
    if (deployment.isEmpty() || isKnown) {
      return;
    }
    examine(node);
    current.set(node);
  }

  /** Asks a node that was away, or wasn't asked for a while, who and how far it is. */
  private void examine(PooledNode node) {
    checkIfWanted(node);
    BlockReference head = head(node);
    if (isPool()) {
      requireForward(node, head);
    }
    node.happened(new NodeEvent.Passed());
  }

  private void checkIfWanted(PooledNode node) {
    if (node.state().wantsCheck()) {
      deployment.ifPresent(expected -> expected.check(alone(node)));
    }
  }

  /** The node by itself, with little patience. */
  private ChainClient alone(PooledNode node) {
    Endpoint endpoint = node.rpc().endpoint();
    return new ChainClient(
        new NodePool(
            new Endpoint(
                endpoint.url(),
                endpoint.timeout(),
                Math.min(endpoint.attempts(), MOST_CHECKS),
                endpoint.firstPause(),
                endpoint.longestPause()),
            List.of(new PooledNode(node.rpc())),
            Optional.empty(),
            pause,
            time,
            Runnable::run));
  }

  private static BlockReference head(PooledNode node) {
    BlockReference head =
        ChainClient.block(node.rpc().ask("eth_getBlockByNumber", "latest", false))
            .orElseThrow(() -> new ChainException.Undecodable("the node's newest block", null));
    node.showed(head);
    return head;
  }

  private void requireForward(PooledNode node, BlockReference head) {
    synchronized (memory) {
      long seen = memory.newest().map(BlockReference::number).orElse(0L);
      // One lie about a head far ahead would have every other node behind for long.
      if (head.number() - seen > LAG_BLOCKS
          && !hashAt(node, head.number()).equals(Optional.of(head.hash()))) {
        throw new ChainException.MalformedAnswer(
            node.rpc().endpoint(), "it announces block " + head.number() + " and doesn't have it");
      }
      switch (memory.judge(head, number -> hashAt(node, number))) {
        case FORWARD, OTHER_BRANCH -> memory.see(head);
        case BEHIND ->
            throw new ChainException.Behind(
                node.rpc().endpoint(), head.number(), memory.newest().orElseThrow().number());
      }
    }
  }

  private static Optional<Hash> hashAt(PooledNode node, long number) {
    return ChainClient.block(
            node.rpc().ask("eth_getBlockByNumber", Hexadecimal.quantity(number), false))
        .map(BlockReference::hash);
  }

  private void surveyIfDue() {
    Duration last = surveyed.get();
    Duration now = time.elapsed();
    if (isPool()
        && deployment.isPresent()
        && now.minus(last).compareTo(SURVEY) >= 0
        && surveyed.compareAndSet(last, now)) {
      background.execute(this::survey);
    }
  }

  /** Looks at all nodes that may be looked at, and leaves those alone that are out of step. */
  private void survey() {
    Duration now = time.elapsed();
    List<PooledNode> seen = new ArrayList<>();
    for (PooledNode node : nodes) {
      if (node.state().due().compareTo(now) <= 0) {
        try {
          checkIfWanted(node);
          head(node);
          seen.add(node);
        } catch (ChainException failed) {
          note(node, failed);
        }
      }
    }
    List<BlockReference> heads =
        seen.stream()
            .flatMap(node -> node.head().stream())
            .sorted(Comparator.comparingLong(BlockReference::number))
            .toList();
    if (!heads.isEmpty()) {
      BlockReference usual = heads.get(heads.size() / 2);
      correctMemory(usual, heads.size());
      seen.forEach(node -> compare(node, usual, heads.size()));
    }
  }

  /** What most of three or more nodes show outweighs what was seen of one. */
  private void correctMemory(BlockReference usual, int heads) {
    synchronized (memory) {
      boolean isFarAhead =
          memory.newest().filter(seen -> seen.number() - usual.number() > LEAD_BLOCKS).isPresent();
      if (heads > 2 && isFarAhead) {
        memory.see(usual);
      }
    }
  }

  /**
   * One of three or more that is far ahead of the middle one lies; of two, the one ahead is right.
   */
  private void compare(PooledNode node, BlockReference usual, int heads) {
    BlockReference head = node.head().orElseThrow();
    long behind = usual.number() - head.number();
    long late = usual.timestamp() - head.timestamp();
    if (behind > LAG_BLOCKS || (behind > 0 && late > LAG_SECONDS)) {
      node.happened(
          new NodeEvent.Behind(
              "it is " + behind + " blocks and " + late + " s behind", time.elapsed()));
    } else if (heads > 2 && -behind > LEAD_BLOCKS) {
      node.happened(
          new NodeEvent.Failed(
              "its head is " + -behind + " blocks ahead of the others'", time.elapsed()));
    } else {
      node.happened(new NodeEvent.Passed());
    }
  }

  /** Whether another node may do better. */
  private static boolean isNodesFault(ChainException failure) {
    return switch (failure) {
      case ChainException.Unreachable _,
          ChainException.RateLimited _,
          ChainException.MalformedAnswer _,
          ChainException.Behind _,
          ChainException.WrongChain _,
          ChainException.WrongGenesis _,
          ChainException.NoContract _ ->
          true;
      case ChainException.NodeRefused _,
          ChainException.InvalidDeployment _,
          ChainException.Undecodable _,
          ChainException.CallRefused _,
          ChainException.Interrupted _ ->
          false;
    };
  }

  /** Whether asking again soon is of no use. */
  private static boolean isForeign(ChainException failure) {
    return failure instanceof ChainException.WrongChain
        || failure instanceof ChainException.WrongGenesis
        || failure instanceof ChainException.NoContract;
  }

  private void note(PooledNode node, ChainException failure) {
    Duration now = time.elapsed();
    String what = String.valueOf(failure.getMessage());
    switch (failure) {
      case ChainException.RateLimited limited ->
          node.happened(new NodeEvent.RateLimited(Optional.ofNullable(limited.retryAfter()), now));
      case ChainException.Behind _ -> node.happened(new NodeEvent.Behind(what, now));
      case ChainException.WrongChain _,
          ChainException.WrongGenesis _,
          ChainException.NoContract _ ->
          node.happened(new NodeEvent.Foreign(what, now));
      case ChainException.Interrupted _ -> {}
      case ChainException.Unreachable _,
          ChainException.MalformedAnswer _,
          ChainException.NodeRefused _,
          ChainException.InvalidDeployment _,
          ChainException.Undecodable _,
          ChainException.CallRefused _ ->
          node.happened(new NodeEvent.Failed(what, now));
    }
  }

  private Duration pauseAfter(ChainException failure, Duration planned) {
    Duration wanted =
        failure instanceof ChainException.RateLimited limited ? limited.retryAfter() : null;
    return shorter(
        wanted == null || wanted.compareTo(planned) < 0 ? planned : wanted,
        patience.longestPause());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void sleep(Duration duration) {
    try {
      pause.sleep(duration);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new ChainException.Interrupted(patience, interruption);
    }
  }

  @Override
  public void close() {
    nodes.forEach(PooledNode::close);
  }
}
