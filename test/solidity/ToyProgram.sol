// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../../contracts/canon/HashTree.sol";
import {ICanon} from "../../contracts/canon/ICanon.sol";
import {Programs} from "../../contracts/canon/Programs.sol";
import {TensorTree} from "../../contracts/canon/TensorTree.sol";
import {ICourt} from "../../contracts/court/ICourt.sol";

/// @notice A program of the nodes x, 1 and x + 1, of which the third is the output; x is 1. Constants follow that nobody needs,
///         so that the tree over the nodes goes on below the first row of a trace. With its traces, in which the output's node
///         may have anything, and what is shown of them to the court.
library ToyProgram {
    bytes internal constant ONE = hex"3f800000";
    bytes internal constant TWO = hex"40000000";
    bytes internal constant THREE = hex"40400000";

    uint256 internal constant NODES = 17;
    uint256 private constant DEPTH = 5;
    uint256 private constant PLACES = 1 << DEPTH;
    uint256 private constant LAST = 2; // of the nodes that count

    function descriptor(uint256 node) internal pure returns (bytes memory) {
        if (node == 0) return hex"01010000000100";
        if (node == LAST)
            return
                hex"04010002"
                hex"0100000000010000000000"
                hex"0100000000010000000100"
                hex"01200001";
        return
            hex"0401000001"
            hex"01013f800000";
    }

    function head() internal pure returns (ICourt.ProgramHead memory shown) {
        shown.specVersion = uint32(Programs.SPEC_VERSION);
        shown.nodes = uint32(NODES);
        shown.nodesRoot = rootOf(programLevels());
        shown.outputs = new uint32[](1);
        shown.outputs[0] = uint32(LAST);
    }

    function root() internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(6), Programs.SPEC_VERSION, NODES, rootOf(programLevels()), LAST));
    }

    function opening(uint256 node) internal pure returns (ICourt.NodeOpening memory) {
        return ICourt.NodeOpening(head(), descriptor(node), siblings(programLevels(), node));
    }

    /// @notice The tree over the program's nodes: all places, those above them, and so on to the root.
    function programLevels() internal pure returns (bytes32[] memory tree) {
        tree = _places();
        for (uint256 node = 0; node < NODES; node++) {
            tree[node] = keccak256(abi.encodePacked(uint8(5), descriptor(node)));
        }
        _grow(tree);
    }

    /// @notice The same over the tensors of a trace that has this at the last node.
    function levels(bytes memory last) internal pure returns (bytes32[] memory tree) {
        tree = _places();
        bytes32 one = tensorHash(ONE);
        for (uint256 node = 0; node < NODES; node++) tree[node] = one;
        tree[LAST] = tensorHash(last);
        _grow(tree);
    }

    function rootOf(bytes32[] memory tree) internal pure returns (bytes32) {
        return tree[tree.length - 1];
    }

    /// @notice What is asserted of a trace: the hashes four levels below the root.
    function topOf(bytes32[] memory tree) internal pure returns (bytes32[] memory top) {
        top = new bytes32[](PLACES / 2);
        for (uint256 i = 0; i < top.length; i++) top[i] = tree[PLACES + i];
    }

    function siblings(bytes32[] memory tree, uint256 node) internal pure returns (bytes32[] memory) {
        return _siblingsFrom(0, tree, node);
    }

    /// @notice The siblings of one of the hashes that are asserted.
    function siblingsOfTop(bytes32[] memory tree, uint256 index) internal pure returns (bytes32[] memory) {
        return _siblingsFrom(1, tree, index);
    }

    /// @notice The siblings of the first three nodes.
    function siblingsOfThree(bytes32[] memory tree) internal pure returns (bytes32[] memory beside) {
        bytes32[] memory ofLast = siblings(tree, LAST);
        beside = new bytes32[](DEPTH - 1);
        beside[0] = ofLast[0];
        for (uint256 level = 2; level < DEPTH; level++) beside[level - 1] = ofLast[level];
    }

    /// @notice The siblings of the first node and the third.
    function siblingsOfEnds(bytes32[] memory tree) internal pure returns (bytes32[] memory beside) {
        bytes32[] memory ofThree = siblingsOfThree(tree);
        beside = new bytes32[](DEPTH);
        beside[0] = tree[1];
        for (uint256 level = 0; level < ofThree.length; level++) beside[level + 1] = ofThree[level];
    }

    function element(uint256 node, bytes memory last) internal pure returns (bytes memory) {
        return node == LAST ? last : ONE;
    }

    function stepProof(bytes memory last) internal pure returns (ICourt.StepProof memory proof) {
        proof.program = head();
        proof.siblings = siblings(programLevels(), LAST);
        proof.trace.nodes = new uint256[](LAST + 1);
        proof.trace.tensors = new bytes32[](LAST + 1);
        for (uint256 node = 0; node <= LAST; node++) {
            proof.trace.nodes[node] = node;
            proof.trace.tensors[node] = tensorHash(element(node, last));
        }
        proof.trace.siblings = siblingsOfThree(levels(last));
        proof.step.descriptor = descriptor(LAST);
        proof.step.position = uint32(LAST);
        proof.step.operands = new ICanon.Operand[](2);
        proof.step.operands[0] = _opened(ONE);
        proof.step.operands[1] = _opened(ONE);
        proof.result = _opened(last);
    }

    function outputProof(
        bytes memory last,
        bytes memory claim
    ) internal pure returns (ICourt.OutputProof memory proof) {
        proof.program = head();
        proof.trace.nodes = new uint256[](1);
        proof.trace.nodes[0] = LAST;
        proof.trace.tensors = new bytes32[](1);
        proof.trace.tensors[0] = tensorHash(last);
        proof.trace.siblings = siblings(levels(last), LAST);
        proof.result = _opened(last);
        proof.claimed = _opened(claim).opened;
    }

    function leaf(bytes memory data) internal pure returns (bytes memory) {
        return bytes.concat(data, new bytes(1_024 - data.length));
    }

    function tensorHash(bytes memory data) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(4), uint256(1), uint256(1), TensorTree.rootOfMemory(data)));
    }

    function _opened(bytes memory data) private pure returns (ICanon.Operand memory tensor) {
        tensor.dtype = 1;
        tensor.count = 1;
        tensor.root = TensorTree.rootOfMemory(data);
        tensor.opened.places = new uint256[](1);
        tensor.opened.leaves = leaf(data);
    }

    /// @dev Each level follows the one below it, from the nodes' up.
    function _siblingsFrom(
        uint256 level,
        bytes32[] memory tree,
        uint256 index
    ) private pure returns (bytes32[] memory beside) {
        beside = new bytes32[](DEPTH - level);
        uint256 begin = 0;
        for (uint256 below = 0; below < DEPTH; below++) {
            if (below >= level) {
                beside[below - level] = tree[begin + (index ^ 1)];
                index /= 2;
            }
            begin += PLACES >> below;
        }
    }

    function _places() private pure returns (bytes32[] memory tree) {
        tree = new bytes32[](2 * PLACES - 1);
        for (uint256 place = NODES; place < PLACES; place++) tree[place] = TensorTree.MISSING_LEAF;
    }

    function _grow(bytes32[] memory tree) private pure {
        for (uint256 i = 0; PLACES + i < tree.length; i++) {
            tree[PLACES + i] = HashTree.inner(tree[2 * i], tree[2 * i + 1]);
        }
    }
}
