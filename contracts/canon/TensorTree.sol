// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "./TensorType.sol";

/// @notice Commitments to tensors. docs/commitments.md fixes every byte.
library TensorTree {
    uint256 internal constant LEAF_LENGTH = 1024;
    bytes32 internal constant MISSING_LEAF = keccak256(hex"03");

    uint8 private constant TENSOR_TAG = 4;

    /// @notice The commitment to a tensor of a valid type whose data have that type's length.
    function hashOf(Tensor calldata tensor) internal pure returns (bytes32) {
        return hashOf(tensor.kind, rootOf(tensor.data));
    }

    /// @notice The commitment to a tensor that is given by its tree root.
    function hashOf(TensorType kind, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(TENSOR_TAG, uint256(kind.dtype()), kind.count(), root));
    }

    /// @notice The tree root of calldata.
    function rootOf(bytes calldata data) internal pure returns (bytes32) {
        uint256 leaves = leafCount(data.length);
        bytes32[] memory nodes = new bytes32[](leaves);
        bytes memory preimage = new bytes(1 + LEAF_LENGTH);
        // The last leaf goes first, while the preimage behind it is still zero; each other one fills it whole.
        uint256 length = data.length - (leaves - 1) * LEAF_LENGTH;
        for (uint256 leaf = leaves; leaf-- > 0; length = LEAF_LENGTH) {
            uint256 start = leaf * LEAF_LENGTH;
            assembly ("memory-safe") {
                calldatacopy(add(preimage, 33), add(data.offset, start), length)
            }
            nodes[leaf] = keccak256(preimage);
        }
        return _fold(nodes);
    }

    /// @notice The tree root of bytes in memory.
    function rootOfMemory(bytes memory data) internal pure returns (bytes32) {
        uint256 leaves = leafCount(data.length);
        bytes32[] memory nodes = new bytes32[](leaves);
        bytes memory preimage = new bytes(1 + LEAF_LENGTH);
        // The last leaf goes first, while the preimage behind it is still zero; each other one fills it whole.
        uint256 length = data.length - (leaves - 1) * LEAF_LENGTH;
        for (uint256 leaf = leaves; leaf-- > 0; length = LEAF_LENGTH) {
            uint256 start = leaf * LEAF_LENGTH;
            assembly ("memory-safe") {
                mcopy(add(preimage, 33), add(add(data, 32), start), length)
            }
            nodes[leaf] = keccak256(preimage);
        }
        return _fold(nodes);
    }

    /// @notice The number of leaves of so many bytes; at least one.
    function leafCount(uint256 length) internal pure returns (uint256) {
        return length == 0 ? 1 : (length - 1) / LEAF_LENGTH + 1;
    }

    /// @dev Folds a level of nodes into the one above until the root is left. Overwrites the nodes.
    function _fold(bytes32[] memory nodes) private pure returns (bytes32) {
        bytes32 missing = MISSING_LEAF;
        for (uint256 size = nodes.length; size > 1; size = (size + 1) / 2) {
            uint256 pairs = size / 2;
            for (uint256 pair = 0; pair < pairs; pair++) {
                nodes[pair] = _inner(nodes[2 * pair], nodes[2 * pair + 1]);
            }
            if (size % 2 == 1) nodes[pairs] = _inner(nodes[size - 1], missing);
            missing = _inner(missing, missing);
        }
        return nodes[0];
    }

    /// @dev H(01 ‖ left ‖ right), hashed where the free memory begins.
    function _inner(bytes32 left, bytes32 right) private pure returns (bytes32 node) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(free, 1)
            mstore(add(free, 1), left)
            mstore(add(free, 33), right)
            node := keccak256(free, 65)
        }
    }
}
