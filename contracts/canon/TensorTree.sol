// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "./HashTree.sol";
import {Tensor, TensorType} from "./TensorType.sol";

/// @notice Commitments to tensors. docs/canon.md fixes every byte.
library TensorTree {
    uint256 internal constant LEAF_LENGTH = 1024;
    bytes32 internal constant MISSING_LEAF = keccak256(hex"03");

    uint8 private constant LEAF_TAG = 0;
    uint8 private constant TENSOR_TAG = 4;

    /// @notice The commitment to a tensor of a valid type whose data have that type's length.
    function hashOf(Tensor calldata tensor) internal pure returns (bytes32) {
        return hashOf(tensor.kind, rootOf(tensor.data));
    }

    /// @notice The commitment to a tensor that is given by its tree root.
    function hashOf(TensorType kind, bytes32 root) internal pure returns (bytes32) {
        return hashOf(kind.dtype(), kind.count(), root);
    }

    /// @notice The same for any dtype and count, those of the void tensor too.
    function hashOf(uint256 dtype, uint256 count, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(TENSOR_TAG, dtype, count, root));
    }

    /// @notice The tree root of calldata.
    function rootOf(bytes calldata data) internal pure returns (bytes32) {
        return _top(leafHashes(data));
    }

    /// @notice The hash of a leaf of LEAF_LENGTH bytes.
    function leafHash(bytes calldata leaf) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(LEAF_TAG, leaf));
    }

    /// @notice The hashes of the leaves into which calldata is cut.
    function leafHashes(bytes calldata data) internal pure returns (bytes32[] memory nodes) {
        uint256 last = leafCount(data.length) - 1;
        nodes = new bytes32[](last + 1);
        bytes memory preimage = new bytes(1 + LEAF_LENGTH);
        // The last leaf goes first, while the preimage behind its data is still zero; the others fill it whole.
        nodes[last] = _leaf(preimage, data, last, data.length - last * LEAF_LENGTH);
        unchecked {
            for (uint256 leaf = 0; leaf < last; leaf++) nodes[leaf] = _leaf(preimage, data, leaf, LEAF_LENGTH);
        }
    }

    /// @notice The tree root of bytes in memory.
    function rootOfMemory(bytes memory data) internal pure returns (bytes32) {
        uint256 last = leafCount(data.length) - 1;
        bytes32[] memory nodes = new bytes32[](last + 1);
        bytes memory preimage = new bytes(1 + LEAF_LENGTH);
        // As above.
        nodes[last] = _leafOfMemory(preimage, data, last, data.length - last * LEAF_LENGTH);
        for (uint256 leaf = 0; leaf < last; leaf++) {
            nodes[leaf] = _leafOfMemory(preimage, data, leaf, LEAF_LENGTH);
        }
        return _top(nodes);
    }

    /// @notice The number of leaves of so many bytes; at least one.
    function leafCount(uint256 length) internal pure returns (uint256) {
        return length == 0 ? 1 : (length - 1) / LEAF_LENGTH + 1;
    }

    /// @dev Folds a level of nodes into the one above, in place, until the root is left.
    function _top(bytes32[] memory nodes) private pure returns (bytes32) {
        bytes32 missing = MISSING_LEAF;
        for (uint256 size = nodes.length; size > 1; size = (size + 1) / 2) {
            HashTree.foldPairs(nodes, 0, size / 2);
            if (size % 2 == 1) nodes[size / 2] = HashTree.inner(nodes[size - 1], missing);
            missing = HashTree.inner(missing, missing);
        }
        return nodes[0];
    }

    /// @dev H(00 ‖ leaf). The preimage begins with its tag, LEAF_TAG.
    function _leaf(
        bytes memory preimage,
        bytes calldata data,
        uint256 leaf,
        uint256 length
    ) private pure returns (bytes32) {
        assembly ("memory-safe") {
            calldatacopy(add(preimage, 33), add(data.offset, mul(leaf, LEAF_LENGTH)), length)
        }
        return keccak256(preimage);
    }

    function _leafOfMemory(
        bytes memory preimage,
        bytes memory data,
        uint256 leaf,
        uint256 length
    ) private pure returns (bytes32) {
        assembly ("memory-safe") {
            mcopy(add(preimage, 33), add(add(data, 32), mul(leaf, LEAF_LENGTH)), length)
        }
        return keccak256(preimage);
    }
}
