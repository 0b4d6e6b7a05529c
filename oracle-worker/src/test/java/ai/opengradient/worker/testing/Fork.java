package ai.opengradient.worker.testing;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import java.util.List;
import java.util.Map;

/**
 * A reorganisation around one transaction: the blocks from the one that has it on are taken back,
 * and others come in their place, one more than before.
 */
public final class Fork {

  private static final int LONGEST_WAIT = 150;
  private static final Address NOBODY = new Address("0x" + "77".repeat(20));

  private final WorkerStage stage;
  private final String snapshot;

  /** What becomes of the transactions that were taken back. */
  public enum Fate {
    /** No block has them, and no node knows them. */
    DROP,
    /** Another transaction gets before them, and a block. */
    REORDER,
    /** The first of the other blocks has them. */
    REINCLUDE
  }

  private Fork(WorkerStage stage, String snapshot) {
    this.stage = stage;
    this.snapshot = snapshot;
  }

  /**
   * Mines block after block until one has a transaction that calls this function.
   *
   * @param between has the parties act after each block
   */
  public static Fork at(WorkerStage stage, Address from, String function, Runnable between) {
    for (int block = 0; block < LONGEST_WAIT; block++) {
      String snapshot = stage.node().snapshot();
      stage.mineSecond();
      long mined = stage.client().newestBlock().number();
      if (stage.sent(from, mined).stream().anyMatch(sent -> sent.function().equals(function))) {
        return new Fork(stage, snapshot);
      }
      between.run();
    }
    throw new AssertionError("nobody called " + function);
  }

  /**
   * Takes the blocks back and mines others.
   *
   * @param depth how many are taken back
   * @param signed transactions that are mined again, unless dropped, in the order of their nonces
   * @param hashes of all transactions that may come back into the pool
   */
  public void reorganise(int depth, Fate fate, List<String> signed, List<Hash> hashes) {
    stage.node().revert(snapshot);
    hashes.stream()
        .filter(hash -> stage.client().receipt(hash).isEmpty())
        .forEach(hash -> stage.node().rpc("hardhat_dropTransaction", hash.toString()));
    switch (fate) {
      case DROP -> mine(depth + 1);
      case REORDER -> {
        pass();
        mine(1);
        signed.forEach(this::mineAgain);
        mine(depth);
      }
      case REINCLUDE -> {
        signed.forEach(this::mineAgain);
        mine(depth + 1);
      }
    }
  }

  /** At other times than before, so that the blocks are others whatever is in them. */
  private void mine(int blocks) {
    stage.node().rpc("evm_setNextBlockTimestamp", stage.client().newestBlock().timestamp() + 2);
    stage.mineMany(blocks, 2);
  }

  private void mineAgain(String transaction) {
    stage.node().rpc("eth_sendRawTransaction", transaction);
  }

  /** Somebody else's transaction, which the next block has. */
  private void pass() {
    stage
        .node()
        .rpc(
            "eth_sendTransaction",
            Map.of(
                "from", stage.requester().address().hex(),
                "to", NOBODY.hex(),
                "value", "0x1"));
  }
}
