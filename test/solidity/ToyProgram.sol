// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../../contracts/canon/HashTree.sol";
import {ICanon} from "../../contracts/canon/ICanon.sol";
import {Programs} from "../../contracts/canon/Programs.sol";
import {TensorTree} from "../../contracts/canon/TensorTree.sol";
import {ICourt} from "../../contracts/court/ICourt.sol";

/// @notice A program of three nodes: x, 1 and x + 1, of which the last is the output; x is 1. With its traces, in which the
///         last node may have anything, and what is shown of them to the court.
library ToyProgram {
    bytes internal constant ONE = hex"3f800000";
    bytes internal constant TWO = hex"40000000";
    bytes internal constant THREE = hex"40400000";

    uint256 internal constant NODES = 3;
    uint256 private constant LAST = 2;

    function descriptor(uint256 node) internal pure returns (bytes memory) {
        if (node == 0) return hex"01010000000100";
        if (node == 1)
            return
                hex"0401000001"
                hex"01013f800000";
        return
            hex"04010002"
            hex"0100000000010000000000"
            hex"0100000000010000000100"
            hex"01200001";
    }

    function head() internal pure returns (ICourt.ProgramHead memory shown) {
        shown.specVersion = uint32(Programs.SPEC_VERSION);
        shown.nodes = uint32(NODES);
        shown.nodesRoot = programLevels()[6];
        shown.outputs = new uint32[](1);
        shown.outputs[0] = uint32(LAST);
    }

    function root() internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(6), Programs.SPEC_VERSION, NODES, programLevels()[6], LAST));
    }

    function opening(uint256 node) internal pure returns (ICourt.NodeOpening memory) {
        return ICourt.NodeOpening(head(), descriptor(node), siblings(programLevels(), node));
    }

    /// @notice The tree over the program's nodes: places 0 … 3, the two above them, the root.
    function programLevels() internal pure returns (bytes32[] memory) {
        bytes32[4] memory places;
        for (uint256 node = 0; node < NODES; node++) {
            places[node] = keccak256(abi.encodePacked(uint8(5), descriptor(node)));
        }
        return _tree(places);
    }

    /// @notice The same over the tensors of a trace that has this at the last node.
    function levels(bytes memory last) internal pure returns (bytes32[] memory) {
        bytes32[4] memory places;
        for (uint256 node = 0; node < NODES; node++) places[node] = tensorHash(element(node, last));
        return _tree(places);
    }

    function siblings(bytes32[] memory tree, uint256 node) internal pure returns (bytes32[] memory beside) {
        beside = new bytes32[](2);
        beside[0] = tree[node ^ 1];
        beside[1] = tree[4 + ((node / 2) ^ 1)];
    }

    function element(uint256 node, bytes memory last) internal pure returns (bytes memory) {
        return node == LAST ? last : ONE;
    }

    function stepProof(bytes memory last) internal pure returns (ICourt.StepProof memory proof) {
        proof.program = head();
        proof.siblings = siblings(programLevels(), LAST);
        proof.trace.nodes = new uint256[](NODES);
        proof.trace.tensors = new bytes32[](NODES);
        for (uint256 node = 0; node < NODES; node++) {
            proof.trace.nodes[node] = node;
            proof.trace.tensors[node] = tensorHash(element(node, last));
        }
        proof.trace.siblings = new bytes32[](1);
        proof.trace.siblings[0] = TensorTree.MISSING_LEAF;
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

    function _tree(bytes32[4] memory places) private pure returns (bytes32[] memory tree) {
        places[3] = TensorTree.MISSING_LEAF;
        tree = new bytes32[](7);
        for (uint256 i = 0; i < 4; i++) tree[i] = places[i];
        tree[4] = HashTree.inner(tree[0], tree[1]);
        tree[5] = HashTree.inner(tree[2], tree[3]);
        tree[6] = HashTree.inner(tree[4], tree[5]);
    }
}
