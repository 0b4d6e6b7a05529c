// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {ICourt} from "./ICourt.sol";
import {Path} from "./Path.sol";

/// @notice Examines questions, answers and proofs for the court that calls. It keeps nothing and can change nothing.
/// @dev The functions have the names and arguments of the court's, which hands on what came, and behind it what it knows of the
///      dispute: the encoded `Facts`, which are always the last bytes of a call. So what a court tells is all that they depend
///      on, the canon, the market and the registry of models apart.
interface IEvidence {
    /// @notice What a court knows of a dispute; only what the examination takes, zeros for the rest.
    struct Facts {
        uint64 job;
        uint32 nodes; // of the program
        bytes32 programRoot;
        bytes32 traceRoot;
        ICourt.KnownNode node; // that the path names
        bytes32 accumulator; // of the challenge, with its node and element, if the proof goes on from one
    }

    /// @notice This account is no canon of ours: to this call it answered that, where another answer is known, or it failed with it.
    error WrongCanon(ICanon canon, bytes call, bytes answer);

    /// @notice What computes a step.
    function CANON() external view returns (ICanon);

    /// @notice The root of a trace that begins with these hashes; reverts unless they fit, and the head is the program's.
    function assertTrace(
        uint64 job,
        bytes32[] calldata row,
        ICourt.ProgramHead calldata program
    ) external view returns (bytes32 root);

    /// @notice What a tensor is like that a question is about; reverts if there is none, or if nothing can be asked about it.
    /// @param node Shows the node that the path names, if it names one: the court knows nothing of it.
    /// @return tensor A node's; or an input's or output's of the job, without a kind.
    function ask(
        uint64 id,
        Path path,
        ICourt.NodeOpening calldata node
    ) external view returns (ICourt.KnownNode memory tensor);

    /// @notice Reverts unless these are the hashes below the path in the trace's tree.
    function revealNodes(uint64 job, Path path, bytes32[] calldata hashes, bytes32[] calldata siblings) external view;

    /// @notice Reverts unless these are the hashes below the path in the tree of the node's tensor, and fit.
    function revealLeaves(
        uint64 job,
        Path path,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external view;

    /// @notice Reverts unless this is the leaf at the path in the tree of the node's tensor, and fits.
    function revealLeaf(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata traceSiblings
    ) external view;

    /// @notice Reverts unless the trace has the void tensor at the path's node.
    function revealVoid(uint64 job, Path path, bytes32[] calldata traceSiblings) external view;

    /// @notice Reverts unless this is the leaf at the path in the tree of the job's input.
    function revealInput(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        bytes32[] calldata inputs
    ) external view;

    /// @notice Reverts unless this is the leaf at the path in the tree of the program's WEIGHT node.
    function revealWeight(
        uint64 job,
        Path path,
        bytes calldata leaf,
        bytes32[] calldata siblings,
        ICourt.NodeOpening calldata node
    ) external view;

    /// @notice Reverts unless this is the leaf at the path in the tree of the claim's output.
    function revealOutput(uint64 job, Path path, bytes calldata leaf, bytes32[] calldata siblings) external view;

    /// @notice Reverts unless the proof shows a trace's element to be false.
    function proveStep(uint64 id, ICourt.StepProof calldata proof) external view;

    /// @notice Adds terms of a fold to a challenge's accumulator.
    /// @return accumulator The new one.
    function proveMore(
        uint64 id,
        ICourt.StepProof calldata proof,
        uint32 until
    ) external view returns (bytes memory accumulator);

    /// @notice Reverts unless the proof shows an element of the claim to be wrong.
    function proveOutput(uint64 id, uint8 output, uint32 element, ICourt.OutputProof calldata proof) external view;
}
