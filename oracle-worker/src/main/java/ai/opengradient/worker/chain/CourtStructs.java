package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.ProgramHead;
import ai.opengradient.worker.dispute.ElementStep;
import ai.opengradient.worker.dispute.NodeOpening;
import ai.opengradient.worker.dispute.OpenedLeaves;
import ai.opengradient.worker.dispute.OpenedTensor;
import ai.opengradient.worker.dispute.OutputProof;
import ai.opengradient.worker.dispute.StepProof;
import ai.opengradient.worker.dispute.TraceOpening;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint8;

/** What the court is shown, as its structs; each is named by its type in canonical signatures. */
final class CourtStructs {

  /** {@code ICourt.ProgramHead}. */
  static final String PROGRAM = "(uint32,uint32,bytes32,uint32[])";

  /** {@code ICourt.NodeOpening}. */
  static final String NODE = "(" + PROGRAM + ",bytes,bytes32[])";

  private static final String TRACE = "(uint256[],bytes32[],bytes32[])";
  private static final String LEAVES = "(uint256[],bytes,bytes32[])";
  private static final String OPERAND = "(uint8,uint32,bytes32," + LEAVES + ")";
  private static final String STEP = "(bytes,uint32,uint32," + OPERAND + "[],bytes)";

  /** {@code ICourt.StepProof}. */
  static final String STEP_PROOF =
      "(" + PROGRAM + ",bytes32[]," + TRACE + ",bytes32[]," + STEP + "," + OPERAND + ")";

  /** {@code ICourt.OutputProof}. */
  static final String OUTPUT_PROOF =
      "(" + PROGRAM + "," + TRACE + "," + OPERAND + "," + LEAVES + ")";

  private static final Hash NO_HASH = Hash.of(new byte[Hash.LENGTH]);

  /** What stands where no node needs to be shown. */
  static final NodeOpening NO_NODE =
      new NodeOpening(
          new ProgramHead(0, 0, NO_HASH, List.of()), Descriptor.of(new byte[0]), List.of());

  /** What stands where no tensor needs to be opened. */
  private static final OpenedTensor NO_TENSOR =
      new OpenedTensor(new TensorHead(0, 0, NO_HASH), OpenedLeaves.NONE);

  private CourtStructs() {}

  static DynamicArray<Bytes32> hashes(List<Hash> hashes) {
    return new DynamicArray<>(
        Bytes32.class, hashes.stream().map(hash -> new Bytes32(hash.bytes())).toList());
  }

  static DynamicStruct program(ProgramHead program) {
    return new DynamicStruct(
        new Uint32(program.specVersion()),
        new Uint32(program.nodes()),
        new Bytes32(program.nodesRoot().bytes()),
        new DynamicArray<>(
            Uint32.class, program.outputs().stream().map(output -> new Uint32(output)).toList()));
  }

  static DynamicStruct node(NodeOpening node) {
    return new DynamicStruct(
        program(node.program()),
        new DynamicBytes(node.descriptor().bytes()),
        hashes(node.siblings()));
  }

  static DynamicStruct proof(StepProof proof) {
    return new DynamicStruct(
        program(proof.program()),
        hashes(proof.siblings()),
        trace(proof.trace()),
        hashes(proof.inputs()),
        step(proof.step()),
        tensor(proof.result().orElse(NO_TENSOR)));
  }

  static DynamicStruct proof(OutputProof proof) {
    return new DynamicStruct(
        program(proof.program()),
        trace(proof.trace()),
        tensor(proof.result()),
        leaves(proof.claimed()));
  }

  private static DynamicStruct trace(TraceOpening trace) {
    return new DynamicStruct(
        places(trace.nodes()), hashes(trace.tensors()), hashes(trace.siblings()));
  }

  private static DynamicStruct step(ElementStep step) {
    return new DynamicStruct(
        new DynamicBytes(step.descriptor().bytes()),
        new Uint32(step.position()),
        new Uint32(step.element()),
        new DynamicArray<>(
            DynamicStruct.class, step.operands().stream().map(CourtStructs::tensor).toList()),
        new DynamicBytes(step.accumulator().toArray()));
  }

  private static DynamicStruct tensor(OpenedTensor tensor) {
    TensorHead head = tensor.head();
    return new DynamicStruct(
        new Uint8(head.code()),
        new Uint32(head.count()),
        new Bytes32(head.root().bytes()),
        leaves(tensor.opened()));
  }

  private static DynamicStruct leaves(OpenedLeaves opened) {
    ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    opened.leaves().forEach(leaf -> leaves.writeBytes(leaf.toArray()));
    return new DynamicStruct(
        places(withoutFollowers(opened.places())),
        new DynamicBytes(leaves.toByteArray()),
        hashes(opened.siblings()));
  }

  /** At the end those go without saying that follow one another, all but the first. */
  static List<Integer> withoutFollowers(List<Integer> places) {
    int kept = places.size();
    while (kept > 1 && places.get(kept - 2) + 1 == places.get(kept - 1)) {
      kept--;
    }
    return places.subList(0, kept);
  }

  private static DynamicArray<Uint256> places(List<Integer> places) {
    return new DynamicArray<>(
        Uint256.class, places.stream().map(place -> new Uint256(place)).toList());
  }
}
