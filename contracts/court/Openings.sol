// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {HashTree} from "../canon/HashTree.sol";
import {Programs} from "../canon/Programs.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {ICourt} from "./ICourt.sol";

/// @notice Shows hashes in trees: nodes of a program, tensors of a trace, leaves of a tensor. Sections 11 and 12 of
///         docs/canon.md.
library Openings {
    /// @notice The hash of the void tensor.
    bytes32 internal constant VOID_TENSOR = 0x2c00602fb7cf2dc44b9b75213b1f4f8a73d3ab878598e5a338035873c086e4da;

    uint256 private constant WEIGHT_ROOT = 6; // where it begins
    uint256 private constant NUMBER = 6;

    uint8 private constant TRACE_TAG = 7;

    /// @notice The tree root that a valid descriptor of a WEIGHT node names.
    function weightRootOf(bytes calldata descriptor) internal pure returns (bytes32) {
        return bytes32(descriptor[WEIGHT_ROOT:WEIGHT_ROOT + 32]);
    }

    /// @notice Which input or output a valid descriptor of an INPUT or CLAIM node names.
    function numberOf(bytes calldata descriptor) internal pure returns (uint8) {
        return uint8(descriptor[NUMBER]);
    }

    /// @notice The commitment to a trace.
    function traceHash(uint64 job, bytes32 programRoot, bytes32 root) internal view returns (bytes32) {
        return
            keccak256(
                abi.encodePacked(
                    TRACE_TAG,
                    block.chainid,
                    uint256(uint160(address(this))),
                    uint256(job),
                    programRoot,
                    root
                )
            );
    }

    /// @notice The root of a tree in which this hash stands at this place.
    /// @return opens Whether there are as many siblings as levels.
    function rootOf(
        uint256 depth,
        uint256 place,
        bytes32 hash,
        bytes32[] calldata siblings
    ) internal pure returns (bool opens, bytes32 root) {
        if (siblings.length != depth) return (false, 0);
        root = hash;
        for (uint256 level = 0; level < depth; level++) {
            root =
                (place >> level) & 1 == 0
                    ? HashTree.inner(root, siblings[level])
                    : HashTree.inner(siblings[level], root);
        }
        return (true, root);
    }

    /// @notice The root of a tree in which this leaf stands at this place.
    /// @return opens Whether it is a leaf, and there are as many siblings as levels.
    function rootOfLeaf(
        uint256 depth,
        uint256 place,
        bytes calldata leaf,
        bytes32[] calldata siblings
    ) internal pure returns (bool opens, bytes32 root) {
        if (leaf.length != TensorTree.LEAF_LENGTH) return (false, 0);
        return rootOf(depth, place, TensorTree.leafHash(leaf), siblings);
    }

    /// @notice Whether hashes, from a place on, are those of missing leaves where nothing but missing leaves lies below them.
    /// @param height Of the hashes above the leaves.
    /// @param first The place of the first one on their level.
    /// @param leaves How many there are, missing ones apart.
    function missingWhereDue(
        bytes32[] calldata row,
        uint256 height,
        uint256 first,
        uint256 leaves
    ) internal pure returns (bool) {
        uint256 present = ((leaves - 1) >> height) + 1; // hashes on that level with a leaf below
        if (first + row.length <= present) return true;
        bytes32 missing = TensorTree.MISSING_LEAF;
        for (uint256 level = 0; level < height; level++) missing = HashTree.inner(missing, missing);
        for (uint256 i = present > first ? present - first : 0; i < row.length; i++) {
            if (row[i] != missing) return false;
        }
        return true;
    }

    /// @notice Reverts unless these are the tensor hashes of a job's inputs.
    function requireInputs(uint64 job, bytes32[] calldata inputs, bytes32 inputsHash) internal pure {
        if (keccak256(abi.encodePacked(inputs)) != inputsHash) revert ICourt.WrongInputs(job);
    }

    /// @notice Reverts unless the head is that of the program.
    function requireProgram(ICourt.ProgramHead calldata program, bytes32 programRoot) internal pure {
        bytes32 given = Programs.hashOf(program.specVersion, program.nodes, program.nodesRoot, program.outputs);
        if (given != programRoot) revert ICourt.WrongProgram(given, programRoot);
    }

    /// @notice Reverts unless the descriptor stands at this position of the program.
    function requireNode(
        ICourt.ProgramHead calldata program,
        bytes32 programRoot,
        uint32 position,
        bytes calldata descriptor,
        bytes32[] calldata siblings
    ) internal pure {
        requireProgram(program, programRoot);
        uint256 depth = HashTree.depthOf(program.nodes);
        (bool opens, bytes32 root) = rootOf(depth, position, Programs.nodeHash(descriptor), siblings);
        if (!opens || root != program.nodesRoot || position >= program.nodes) revert ICourt.NodeNotOpened(position);
    }

    /// @notice Reverts unless the tensors' hashes stand in the trace's tree.
    function requireTrace(ICourt.TraceOpening calldata trace, bytes32 traceRoot, uint256 nodes) internal pure {
        (bool opens, bytes32 root) = HashTree.rootOf(
            HashTree.depthOf(nodes),
            trace.nodes,
            trace.tensors,
            trace.siblings
        );
        if (!opens || root != traceRoot) revert ICourt.TraceNotOpened();
    }

    /// @notice The hash of a node's tensor; reverts unless it is opened.
    function tensorAt(ICourt.TraceOpening calldata trace, uint32 node) internal pure returns (bytes32) {
        for (uint256 i = 0; i < trace.nodes.length; i++) {
            if (trace.nodes[i] == node) return trace.tensors[i];
        }
        revert ICourt.WrongTensor(node);
    }

    /// @notice Reverts unless this is the tensor that the trace has at a node.
    function requireTensor(
        ICourt.TraceOpening calldata trace,
        uint32 node,
        ICanon.Operand calldata tensor
    ) internal pure {
        if (TensorTree.hashOf(tensor.dtype, tensor.count, tensor.root) != tensorAt(trace, node)) {
            revert ICourt.WrongTensor(node);
        }
    }
}
