// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Commitments to programs and their nodes. Section 11 of docs/canon.md.
library Programs {
    uint256 internal constant SPEC_VERSION = 1;
    uint256 internal constant MAXIMUM_NODES = 65_536;

    uint8 private constant NODE_TAG = 5;
    uint8 private constant PROGRAM_TAG = 6;

    /// @notice The commitment to a program: its root.
    /// @param nodes How many it has.
    /// @param nodesRoot The root of the tree over the nodes' hashes.
    /// @param outputs Positions of nodes.
    function hashOf(
        uint256 specVersion,
        uint256 nodes,
        bytes32 nodesRoot,
        uint32[] calldata outputs
    ) internal pure returns (bytes32) {
        // An array's elements take a word each, packed or not.
        return keccak256(abi.encodePacked(PROGRAM_TAG, specVersion, nodes, nodesRoot, outputs));
    }

    /// @notice The commitment to a node, whatever its descriptor says.
    function nodeHash(bytes calldata descriptor) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(NODE_TAG, descriptor));
    }
}
