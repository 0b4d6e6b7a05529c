// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DescriptorHeads} from "../canon/DescriptorHead.sol";
import {HashTree} from "../canon/HashTree.sol";
import {ICanon} from "../canon/ICanon.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {TensorType} from "../canon/TensorType.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";
import {IModelRegistry} from "../registry/IModelRegistry.sol";
import {Answers} from "./Answers.sol";
import {CanonCalls} from "./CanonCalls.sol";
import {CanonProbes} from "./CanonProbes.sol";
import {TensorLeaves} from "./TensorLeaves.sol";
import {ICourt} from "./ICourt.sol";
import {IEvidence} from "./IEvidence.sol";
import {Openings} from "./Openings.sol";
import {Path, PathKind} from "./Path.sol";

/// @notice Examines questions, answers and proofs for the court that calls. It keeps nothing and can change nothing.
contract Evidence is IEvidence {
    using Answers for Path;
    using Openings for ICourt.ProgramHead;
    using Openings for ICourt.TraceOpening;

    uint256 private constant FACTS_LENGTH = 8 * 32;

    /// @inheritdoc IEvidence
    ICanon public immutable CANON;
    /// @notice Where claims are.
    IInferenceMarket public immutable MARKET;
    /// @notice The registry of model versions and their bands.
    IModelRegistry public immutable MODELS;

    /// @param canon Contracts or a precompile; refused unless it gives the answers that are known.
    constructor(ICanon canon, IInferenceMarket market, IModelRegistry models) {
        CanonProbes.requireRight(canon);
        CANON = canon;
        MARKET = market;
        MODELS = models;
    }

    /// @inheritdoc IEvidence
    function assertTrace(
        uint64,
        bytes32[] calldata row,
        ICourt.ProgramHead calldata program
    ) external pure returns (bytes32 root) {
        program.requireProgram(_facts().programRoot);
        return Answers.rootOfTop(program.nodes, row);
    }

    /// @inheritdoc IEvidence
    function ask(
        uint64,
        Path path,
        ICourt.NodeOpening calldata node
    ) external view returns (ICourt.KnownNode memory tensor) {
        Facts memory facts = _facts();
        if (path.isOfNode()) return _shown(facts, path, node);
        TensorType[] memory kinds = _given(path.kind() == PathKind.Input, MARKET.jobOf(facts.job));
        if (path.node() >= kinds.length) revert ICourt.InvalidPath(path);
        TensorType kind = kinds[path.node()];
        tensor.dtype = kind.dtype();
        tensor.count = uint32(kind.count()); // a registered type's is below 2^31
    }

    /// @inheritdoc IEvidence
    function revealNodes(uint64, Path path, bytes32[] calldata hashes, bytes32[] calldata siblings) external pure {
        Facts memory facts = _facts();
        if (path.rootOfRow(facts.nodes, hashes, siblings) != facts.traceRoot) revert ICourt.DoesNotFit(path);
    }

    /// @inheritdoc IEvidence
    function revealLeaves(
        uint64,
        Path path,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external pure {
        Facts memory facts = _facts();
        bytes32 root = path.rootOfRow(_leavesOf(facts.node), hashes, siblings);
        _requireTensor(facts, path, root, traceSiblings);
    }

    /// @inheritdoc IEvidence
    function revealLeaf(
        uint64,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external pure {
        Facts memory facts = _facts();
        bytes32 root = path.rootOfLeaf(_leavesOf(facts.node), leaf, siblings);
        if (!_fits(path, facts.node, leaf)) revert ICourt.DoesNotFit(path);
        _requireTensor(facts, path, root, traceSiblings);
    }

    /// @inheritdoc IEvidence
    function revealVoid(uint64, Path path, bytes32[] calldata traceSiblings) external pure {
        Facts memory facts = _facts();
        path.requireTensor(facts.nodes, facts.traceRoot, Openings.VOID_TENSOR, traceSiblings);
    }

    /// @inheritdoc IEvidence
    function revealInput(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata inputs
    ) external view {
        IInferenceMarket.Job memory disputed = MARKET.jobOf(job);
        Openings.requireInputs(job, inputs, disputed.inputsHash);
        TensorType kind = _given(true, disputed)[path.node()];
        bytes32 root = path.rootOfLeaf(TensorTree.leafCount(kind.byteLength()), leaf, siblings);
        if (TensorTree.hashOf(kind, root) != inputs[path.node()]) revert ICourt.DoesNotFit(path);
    }

    /// @inheritdoc IEvidence
    function revealWeight(
        uint64,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        ICourt.NodeOpening calldata node
    ) external pure {
        Facts memory facts = _facts();
        node.program.requireNode(facts.programRoot, path.node(), node.descriptor, node.siblings);
        bytes32 root = path.rootOfLeaf(_leavesOf(facts.node), leaf, siblings);
        if (root != Openings.weightRootOf(node.descriptor)) revert ICourt.DoesNotFit(path);
    }

    /// @inheritdoc IEvidence
    function revealOutput(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata siblings) external view {
        IInferenceMarket.Job memory disputed = MARKET.jobOf(job);
        TensorType kind = _given(false, disputed)[path.node()];
        bytes32 root = path.rootOfLeaf(TensorTree.leafCount(kind.byteLength()), leaf, siblings);
        if (root != MARKET.outputRootOf(job, path.node())) revert ICourt.DoesNotFit(path);
    }

    /// @inheritdoc IEvidence
    function proveStep(uint64 id, ICourt.StepProof calldata proof) external view {
        uint64 job = _requireStep(id, proof);
        if (!_stepDiffers(job, proof)) revert ICourt.NoDifference();
    }

    /// @inheritdoc IEvidence
    function proveMore(
        uint64 id,
        ICourt.StepProof calldata proof,
        uint32 until
    ) external view returns (bytes memory accumulator) {
        _requireStep(id, proof);
        uint32[] memory nodes;
        (accumulator, nodes) = CanonCalls.accumulate(CANON, proof.step, until);
        _requireOperands(proof, nodes);
    }

    /// @inheritdoc IEvidence
    function proveOutput(uint64, uint8 output, uint32 element, ICourt.OutputProof calldata proof) external view {
        Facts memory facts = _facts();
        proof.program.requireProgram(facts.programRoot);
        proof.trace.requireTrace(facts.traceRoot, facts.nodes);
        if (output >= proof.program.outputs.length) revert ICourt.UnknownElement(output, element);
        proof.trace.requireTensor(proof.program.outputs[output], proof.result);
        if (!_outputDiffers(facts.job, output, element, proof)) revert ICourt.NoDifference();
    }

    /// @dev What the caller tells, behind all else.
    function _facts() private pure returns (Facts memory) {
        return abi.decode(msg.data[msg.data.length - FACTS_LENGTH:], (Facts));
    }

    /// @dev What is shown of the path's node.
    function _shown(
        Facts memory facts,
        Path path,
        ICourt.NodeOpening calldata shown
    ) private view returns (ICourt.KnownNode memory node) {
        shown.program.requireNode(facts.programRoot, path.node(), shown.descriptor, shown.siblings);
        bool valid;
        (valid, node.kind, node.dtype, node.count) = CanonCalls.describe(CANON, shown.descriptor, path.node());
        // A void node: if the trace has another tensor there, that can be proved at once.
        if (!valid) revert ICourt.InvalidPath(path);
    }

    /// @dev The types of a job's inputs, or of its outputs.
    function _given(bool inputs, IInferenceMarket.Job memory job) private view returns (TensorType[] memory) {
        return inputs ? MODELS.inputsOf(job.version, job.binding) : MODELS.outputsOf(job.version, job.binding);
    }

    function _leavesOf(ICourt.KnownNode memory node) private pure returns (uint256) {
        return TensorLeaves.countOf(node.dtype, node.count);
    }

    /// @dev Reverts unless the trace has at the path's node the tensor with this root.
    function _requireTensor(
        Facts memory facts,
        Path path,
        bytes32 root,
        bytes32[] calldata traceSiblings
    ) private pure {
        bytes32 tensor = TensorTree.hashOf(facts.node.dtype, facts.node.count, root);
        path.requireTensor(facts.nodes, facts.traceRoot, tensor, traceSiblings);
    }

    /// @dev Whether a leaf at the path looks as one of a computed tensor must, and the path is that of a leaf.
    function _fits(Path path, ICourt.KnownNode memory node, bytes calldata leaf) private pure returns (bool) {
        return
            path.level() == HashTree.depthOf(_leavesOf(node)) &&
            TensorLeaves.fits(leaf, node.dtype, node.count, path.index());
    }

    /// @dev Reverts unless the step's node is the program's, the opened tensors are the trace's, and the accumulator, if there is
    ///      one, is the challenge's for this element of this node.
    function _requireStep(uint64 id, ICourt.StepProof calldata proof) private pure returns (uint64 job) {
        Facts memory facts = _facts();
        job = facts.job;
        ICanon.Step calldata step = proof.step;
        proof.program.requireNode(facts.programRoot, step.position, step.descriptor, proof.siblings);
        proof.trace.requireTrace(facts.traceRoot, facts.nodes);
        if (step.accumulator.length == 0) return job;
        bytes32 given = keccak256(abi.encode(step.position, step.element, step.accumulator));
        if (given != facts.accumulator) revert ICourt.WrongAccumulator(id);
    }

    /// @dev Reverts unless the operands are the trace's tensors of these nodes.
    function _requireOperands(ICourt.StepProof calldata proof, uint32[] memory nodes) private pure {
        ICanon.Operand[] calldata operands = proof.step.operands;
        if (operands.length != nodes.length) revert ICanon.WrongNumberOfOperands(operands.length, nodes.length);
        for (uint256 i = 0; i < nodes.length; i++) proof.trace.requireTensor(nodes[i], operands[i]);
    }

    /// @dev Whether the trace has at a node another tensor than its rule, or what is given, says.
    function _stepDiffers(uint64 job, ICourt.StepProof calldata proof) private view returns (bool) {
        ICanon.Step calldata step = proof.step;
        (ICanon.Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64 value) = CanonCalls.step(
            CANON,
            step
        );
        _requireOperands(proof, nodes);
        if (meaning != ICanon.Meaning.Computed) {
            bytes32 due =
                meaning == ICanon.Meaning.Void ? Openings.VOID_TENSOR : _givenTensor(job, proof, dtype, count);
            return proof.trace.tensorAt(step.position) != due;
        }
        ICanon.Operand calldata result = proof.result;
        proof.trace.requireTensor(step.position, result);
        if (result.dtype != dtype || result.count != count) return true;
        return TensorLeaves.elementOf(result, result.root, result.opened, step.element) != value;
    }

    /// @dev The hash of the tensor that a given node defines.
    function _givenTensor(
        uint64 job,
        ICourt.StepProof calldata proof,
        uint8 dtype,
        uint32 count
    ) private view returns (bytes32) {
        bytes calldata descriptor = proof.step.descriptor;
        uint8 kind = uint8(descriptor[0]);
        if (kind == DescriptorHeads.WEIGHT) {
            return TensorTree.hashOf(dtype, count, Openings.weightRootOf(descriptor));
        }
        uint8 number = Openings.numberOf(descriptor);
        IInferenceMarket.Job memory disputed = MARKET.jobOf(job);
        TensorType[] memory kinds = _given(kind == DescriptorHeads.INPUT, disputed);
        if (number >= kinds.length || kinds[number].dtype() != dtype || kinds[number].count() != count) {
            return Openings.VOID_TENSOR;
        }
        if (kind == DescriptorHeads.INPUT) {
            Openings.requireInputs(job, proof.inputs, disputed.inputsHash);
            return proof.inputs[number];
        }
        return TensorTree.hashOf(dtype, count, MARKET.outputRootOf(job, number));
    }

    /// @dev Whether an element of the claim lies out of the band around the trace's.
    function _outputDiffers(
        uint64 job,
        uint8 output,
        uint32 element,
        ICourt.OutputProof calldata proof
    ) private view returns (bool) {
        IInferenceMarket.Job memory disputed = MARKET.jobOf(job);
        TensorType kind = _given(false, disputed)[output];
        if (proof.result.dtype != kind.dtype() || proof.result.count != kind.count()) return true;
        if (element >= proof.result.count) revert ICourt.UnknownElement(output, element);
        uint64 right = TensorLeaves.elementOf(proof.result, proof.result.root, proof.result.opened, element);
        // The claim's output has the same dtype and count.
        uint64 claimed = TensorLeaves.elementOf(proof.result, MARKET.outputRootOf(job, output), proof.claimed, element);
        if (kind.dtype() == TensorTypes.BOOL) return (right == 0) != (claimed == 0);
        if (kind.dtype() != TensorTypes.FLOAT32) return right != claimed;
        IModelRegistry.Band memory band = MODELS.bandOf(disputed.version, output);
        return !CanonCalls.within(CANON, uint32(claimed), uint32(right), band.absolute, band.relative);
    }
}
