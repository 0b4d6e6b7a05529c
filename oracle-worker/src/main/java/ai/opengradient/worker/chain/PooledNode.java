package ai.opengradient.worker.chain;

import java.util.Optional;
import java.util.OptionalLong;

/** One node of a pool: how to ask it, and how it stands. */
final class PooledNode implements AutoCloseable {

  private final JsonRpc rpc;
  private NodeState state = new NodeState.Unchecked();
  private Optional<BlockReference> head = Optional.empty();

  PooledNode(JsonRpc rpc) {
    this.rpc = rpc;
  }

  JsonRpc rpc() {
    return rpc;
  }

  synchronized NodeState state() {
    return state;
  }

  synchronized void happened(NodeEvent event) {
    state = NodeHealth.step(state, event);
  }

  /** The newest block that it showed last. */
  synchronized Optional<BlockReference> head() {
    return head;
  }

  synchronized void showed(BlockReference block) {
    head = Optional.of(block);
  }

  synchronized NodeReport report() {
    return new NodeReport(
        rpc.endpoint().toString(),
        state,
        head.map(block -> OptionalLong.of(block.number())).orElseGet(OptionalLong::empty));
  }

  @Override
  public void close() {
    rpc.close();
  }
}
