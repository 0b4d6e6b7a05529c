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

    /// @inheritdoc IEvidence
    ICanon public immutable CANON;
    /// @notice Where claims are.
    IInferenceMarket public immutable MARKET;
    /// @notice The registry of model versions and their bands.
    IModelRegistry public immutable MODELS;

    constructor(ICanon canon, IInferenceMarket market, IModelRegistry models) {
        CANON = canon;
        MARKET = market;
        MODELS = models;
    }

    /// @inheritdoc IEvidence
    function ask(
        uint64 id,
        Path path,
        ICourt.NodeOpening calldata node
    ) external view returns (ICourt.KnownNode memory known) {
        uint64 job = ICourt(msg.sender).challengeOf(id).job;
        PathKind kind = path.kind();
        bool suits;
        if (kind == PathKind.Nodes) {
            suits = path.suitsTrace(HashTree.depthOf(ICourt(msg.sender).caseOf(job).nodes));
        } else if (kind == PathKind.Leaves || kind == PathKind.Weight) {
            known = _known(job, path, node);
            uint256 leaves = TensorLeaves.countOf(known.dtype, known.count);
            // What is given needs no walk: it is known what it has to be. And it is as it was given, fitting or not.
            suits =
                kind == PathKind.Weight
                    ? known.kind == DescriptorHeads.WEIGHT && path.suitsDemand(leaves)
                    : known.kind > DescriptorHeads.CLAIM && path.suitsTensor(HashTree.depthOf(leaves), leaves);
        } else if (kind != PathKind.None) {
            TensorType[] memory kinds = _given(kind == PathKind.Input, MARKET.jobOf(job));
            suits =
                path.node() < kinds.length &&
                path.suitsDemand(TensorTree.leafCount(kinds[path.node()].byteLength()));
        }
        if (!suits) revert ICourt.InvalidPath(path);
    }

    /// @inheritdoc IEvidence
    function revealNodes(uint64 job, Path path, bytes32[] calldata hashes, bytes32[] calldata siblings) external view {
        ICourt.Case memory dispute = ICourt(msg.sender).caseOf(job);
        if (path.rootOfRow(dispute.nodes, hashes, siblings) != dispute.traceRoot) revert ICourt.DoesNotFit(path);
    }

    /// @inheritdoc IEvidence
    function revealLeaves(
        uint64 job,
        Path path,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external view {
        (ICourt.Case memory dispute, ICourt.KnownNode memory node) = _askedAbout(job, path);
        bytes32 root = path.rootOfRow(TensorLeaves.countOf(node.dtype, node.count), hashes, siblings);
        path.requireTensor(dispute, TensorTree.hashOf(node.dtype, node.count, root), traceSiblings);
    }

    /// @inheritdoc IEvidence
    function revealLeaf(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external view {
        (ICourt.Case memory dispute, ICourt.KnownNode memory node) = _askedAbout(job, path);
        bytes32 root = path.rootOfLeaf(TensorLeaves.countOf(node.dtype, node.count), leaf, siblings);
        if (!_fits(path, node, leaf)) revert ICourt.DoesNotFit(path);
        path.requireTensor(dispute, TensorTree.hashOf(node.dtype, node.count, root), traceSiblings);
    }

    /// @inheritdoc IEvidence
    function revealVoid(uint64 job, Path path, bytes32[] calldata traceSiblings) external view {
        path.requireTensor(ICourt(msg.sender).caseOf(job), Openings.VOID_TENSOR, traceSiblings);
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
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        ICourt.NodeOpening calldata node
    ) external view {
        (ICourt.Case memory dispute, ICourt.KnownNode memory known) = _askedAbout(job, path);
        node.program.requireNode(dispute.programRoot, path.node(), node.descriptor, node.siblings);
        bytes32 root = path.rootOfLeaf(TensorLeaves.countOf(known.dtype, known.count), leaf, siblings);
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
    function proveOutput(uint64 id, uint8 output, uint32 element, ICourt.OutputProof calldata proof) external view {
        uint64 job = ICourt(msg.sender).challengeOf(id).job;
        ICourt.Case memory dispute = ICourt(msg.sender).caseOf(job);
        proof.program.requireProgram(dispute.programRoot);
        proof.trace.requireTrace(dispute.traceRoot, dispute.nodes);
        if (output >= proof.program.outputs.length) revert ICourt.UnknownElement(output, element);
        proof.trace.requireTensor(proof.program.outputs[output], proof.result);
        if (!_outputDiffers(job, output, element, proof)) revert ICourt.NoDifference();
    }

    /// @dev What is known of the path's node; from what is shown now if the court doesn't know it.
    function _known(
        uint64 job,
        Path path,
        ICourt.NodeOpening calldata shown
    ) private view returns (ICourt.KnownNode memory known) {
        ICourt.Case memory dispute;
        (dispute, known) = _askedAbout(job, path);
        if (known.kind != 0) return known;
        shown.program.requireNode(dispute.programRoot, path.node(), shown.descriptor, shown.siblings);
        bool valid;
        (valid, known.kind, known.dtype, known.count) = CanonCalls.describe(CANON, shown.descriptor, path.node());
        // A void node: if the trace has another tensor there, that can be proved at once.
        if (!valid) revert ICourt.InvalidPath(path);
    }

    /// @dev The types of a job's inputs, or of its outputs.
    function _given(bool inputs, IInferenceMarket.Job memory job) private view returns (TensorType[] memory) {
        return inputs ? MODELS.inputsOf(job.version, job.binding) : MODELS.outputsOf(job.version, job.binding);
    }

    /// @dev The dispute, and what is known of the node that the path names.
    function _askedAbout(
        uint64 job,
        Path path
    ) private view returns (ICourt.Case memory dispute, ICourt.KnownNode memory node) {
        dispute = ICourt(msg.sender).caseOf(job);
        node = ICourt(msg.sender).nodeOf(dispute.programRoot, path.node());
    }

    /// @dev Whether a leaf at the path looks as one of a computed tensor must, and the path is that of a leaf.
    function _fits(Path path, ICourt.KnownNode memory node, bytes calldata leaf) private pure returns (bool) {
        return
            path.level() == HashTree.depthOf(TensorLeaves.countOf(node.dtype, node.count)) &&
            TensorLeaves.fits(leaf, node.dtype, node.count, path.index());
    }

    /// @dev Reverts unless the step's node is the program's, the opened tensors are the trace's, and the accumulator, if there is
    ///      one, is the challenge's for this element of this node.
    function _requireStep(uint64 id, ICourt.StepProof calldata proof) private view returns (uint64 job) {
        job = ICourt(msg.sender).challengeOf(id).job;
        ICourt.Case memory dispute = ICourt(msg.sender).caseOf(job);
        ICanon.Step calldata step = proof.step;
        proof.program.requireNode(dispute.programRoot, step.position, step.descriptor, proof.siblings);
        proof.trace.requireTrace(dispute.traceRoot, dispute.nodes);
        if (step.accumulator.length == 0) return job;
        bytes32 given = keccak256(abi.encode(step.position, step.element, step.accumulator));
        if (given != ICourt(msg.sender).accumulatorOf(id)) revert ICourt.WrongAccumulator(id);
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
