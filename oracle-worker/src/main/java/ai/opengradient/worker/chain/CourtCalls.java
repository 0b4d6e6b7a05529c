package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramHead;
import ai.opengradient.worker.dispute.Answer;
import ai.opengradient.worker.dispute.Move;
import ai.opengradient.worker.dispute.NodeOpening;
import ai.opengradient.worker.dispute.Path;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint80;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * Calls of the court that change something. What each does and refuses stands in {@code ICourt}.
 */
public final class CourtCalls {

  static final String ASSERT_TRACE = "assertTrace(uint64,bytes32[]," + CourtStructs.PROGRAM + ")";
  static final String REVEAL_NODES = "revealNodes(uint64,uint80,bytes32[],bytes32[])";
  static final String REVEAL_LEAVES = "revealLeaves(uint64,uint80,bytes32[],bytes32[],bytes32[])";
  static final String REVEAL_LEAF = "revealLeaf(uint64,uint80,bytes,bytes32[],bytes32[])";
  static final String REVEAL_VOID = "revealVoid(uint64,uint80,bytes32[])";
  static final String REVEAL_INPUT = "revealInput(uint64,uint80,bytes,bytes32[],bytes32[])";
  static final String REVEAL_WEIGHT =
      "revealWeight(uint64,uint80,bytes,bytes32[]," + CourtStructs.NODE + ")";
  static final String REVEAL_OUTPUT = "revealOutput(uint64,uint80,bytes,bytes32[])";

  private final Address court;

  public CourtCalls(Deployment deployment) {
    this.court = deployment.court();
  }

  /** Commits to a challenge and takes the bond. */
  public Call challenge(Hash commitment, Amount bond) {
    return call(
        "challenge(bytes32,uint96)", new Bytes32(commitment.bytes()), new Uint96(bond.units()));
  }

  /** Shows which job a challenge means. */
  public Call open(long challenge, long job, Hash salt) {
    return call(
        "open(uint64,uint64,bytes32)",
        new Uint64(challenge),
        new Uint64(job),
        new Bytes32(salt.bytes()));
  }

  /**
   * Asserts a job's trace.
   *
   * @param top the first hashes below the root of the tree over the nodes' tensors
   */
  public Call assertTrace(long job, List<Hash> top, ProgramHead program) {
    return call(
        ASSERT_TRACE, new Uint64(job), CourtStructs.hashes(top), CourtStructs.program(program));
  }

  /**
   * Asks the worker.
   *
   * @param node shows the node that the path names, if the court does not know it
   * @param prepayment the chain's coin for whoever answers, in wei
   */
  public Call ask(long challenge, Path path, Optional<NodeOpening> node, BigInteger prepayment) {
    Call asking =
        call(
            "ask(uint64,uint80," + CourtStructs.NODE + ")",
            new Uint64(challenge),
            new Uint80(path.word()),
            CourtStructs.node(node.orElse(CourtStructs.NO_NODE)));
    return new Call(asking.to(), asking.data(), prepayment);
  }

  /** Adds terms of a fold to the challenge's accumulator. */
  public Call proveMore(long challenge, Move.ProveMore move) {
    return call(
        "proveMore(uint64," + CourtStructs.STEP_PROOF + ",uint32)",
        new Uint64(challenge),
        CourtStructs.proof(move.proof()),
        new Uint32(move.until()));
  }

  /** Shows an element of the trace to be false. */
  public Call proveStep(long challenge, Move.ProveStep move) {
    return call(
        "proveStep(uint64," + CourtStructs.STEP_PROOF + ")",
        new Uint64(challenge),
        CourtStructs.proof(move.proof()));
  }

  /** Shows an element of the claim to lie out of its band. */
  public Call proveOutput(long challenge, Move.ProveOutput move) {
    return call(
        "proveOutput(uint64,uint8,uint32," + CourtStructs.OUTPUT_PROOF + ")",
        new Uint64(challenge),
        new Uint8(move.output()),
        new Uint32(move.element()),
        CourtStructs.proof(move.proof()));
  }

  /** Answers a question about a job. */
  public Call reveal(long job, Answer answer) {
    Uint64 id = new Uint64(job);
    Uint80 path = new Uint80(answer.path().word());
    return switch (answer) {
      case Answer.OfNodes nodes ->
          call(
              REVEAL_NODES,
              id,
              path,
              CourtStructs.hashes(nodes.hashes()),
              CourtStructs.hashes(nodes.siblings()));
      case Answer.OfLeaves leaves ->
          call(
              REVEAL_LEAVES,
              id,
              path,
              CourtStructs.hashes(leaves.hashes()),
              CourtStructs.hashes(leaves.siblings()),
              CourtStructs.hashes(leaves.traceSiblings()));
      case Answer.OfLeaf leaf ->
          call(
              REVEAL_LEAF,
              id,
              path,
              new DynamicBytes(leaf.leaf().toArray()),
              CourtStructs.hashes(leaf.siblings()),
              CourtStructs.hashes(leaf.traceSiblings()));
      case Answer.OfVoid none ->
          call(REVEAL_VOID, id, path, CourtStructs.hashes(none.traceSiblings()));
      case Answer.OfInput input ->
          call(
              REVEAL_INPUT,
              id,
              path,
              new DynamicBytes(input.leaf().toArray()),
              CourtStructs.hashes(input.siblings()),
              CourtStructs.hashes(input.inputs()));
      case Answer.OfWeight weight ->
          call(
              REVEAL_WEIGHT,
              id,
              path,
              new DynamicBytes(weight.leaf().toArray()),
              CourtStructs.hashes(weight.siblings()),
              CourtStructs.node(weight.node()));
      case Answer.OfOutput output ->
          call(
              REVEAL_OUTPUT,
              id,
              path,
              new DynamicBytes(output.leaf().toArray()),
              CourtStructs.hashes(output.siblings()));
    };
  }

  /** Ends a challenge whose side to move has run out of time. */
  public Call timeout(long challenge) {
    return call("timeout(uint64)", new Uint64(challenge));
  }

  /** Burns the bond of a challenge that was not opened in time. */
  public Call forfeit(long challenge) {
    return call("forfeit(uint64)", new Uint64(challenge));
  }

  /** Tells the market how a dispute ended. */
  public Call settle(long job) {
    return call("settle(uint64)", new Uint64(job));
  }

  /** Credits the bond of an open challenge whose claim fell. */
  public Call reclaim(long challenge) {
    return call("reclaim(uint64)", new Uint64(challenge));
  }

  /** Sends an account's $OPG to its payee. */
  public Call withdraw(Address account) {
    return call("withdraw(address)", Abi.address(account));
  }

  /** Sends the caller's coin to an account. */
  public Call withdrawCoin(Address to) {
    return call("withdrawCoin(address)", Abi.address(to));
  }

  private Call call(String signature, Type<?>... arguments) {
    return new Call(court, Abi.call(signature, arguments));
  }
}
