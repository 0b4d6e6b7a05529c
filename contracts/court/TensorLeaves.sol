// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {HashTree} from "../canon/HashTree.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {ICourt} from "./ICourt.sol";
import {Openings} from "./Openings.sol";

/// @notice Tensors by dtype and count: how their trees are built, and the bits of their elements. Sections 2 and 11 of
///         docs/canon.md.
library TensorLeaves {
    /// @notice The leaves of such a tensor.
    function countOf(uint8 dtype, uint32 count) internal pure returns (uint256) {
        return TensorTree.leafCount(count * TensorTypes.widthOf(dtype));
    }

    /// @notice The bits of an element as they stand in its opened leaf.
    /// @dev Reverts unless that leaf, and it alone, is opened in the tree of this root.
    /// @param tensor Whose dtype and count the element's tensor has.
    function elementOf(
        ICanon.Operand calldata tensor,
        bytes32 root,
        ICanon.Leaves calldata opened,
        uint32 element
    ) internal pure returns (uint64 bits) {
        uint256 width = TensorTypes.widthOf(tensor.dtype);
        uint256 offset = element * width;
        uint256 place = offset / TensorTree.LEAF_LENGTH;
        if (opened.places.length != 1 || opened.places[0] != place) revert ICourt.ElementNotOpened(element);
        uint256 depth = HashTree.depthOf(countOf(tensor.dtype, tensor.count));
        (bool opens, bytes32 found) = Openings.rootOfLeaf(depth, place, opened.leaves, opened.siblings);
        if (!opens || found != root) revert ICourt.ElementNotOpened(element);
        offset %= TensorTree.LEAF_LENGTH;
        // What comes first is the highest.
        return uint64(uint256(bytes32(opened.leaves[offset:offset + width])) >> (256 - 8 * width));
    }

    /// @notice Whether a leaf looks as a computed tensor's must: zero beyond the last element, bools 0 or 1.
    /// @param leaf 1,024 bytes.
    function fits(bytes calldata leaf, uint8 dtype, uint32 count, uint256 place) internal pure returns (bool) {
        uint256 length = count * TensorTypes.widthOf(dtype);
        uint256 first = place * TensorTree.LEAF_LENGTH;
        uint256 used = length - first; // the place is that of a leaf
        uint256 allowed =
            dtype == TensorTypes.BOOL
                ? 0x0101010101010101010101010101010101010101010101010101010101010101
                : type(uint256).max;
        for (uint256 offset = 0; offset < TensorTree.LEAF_LENGTH; offset += 32) {
            uint256 mask = allowed;
            if (used < offset + 32) mask = used > offset ? mask & ~(type(uint256).max >> (8 * (used - offset))) : 0;
            if (uint256(bytes32(leaf[offset:offset + 32])) & ~mask != 0) return false;
        }
        return true;
    }
}
