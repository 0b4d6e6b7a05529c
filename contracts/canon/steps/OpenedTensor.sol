// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../HashTree.sol";
import {ICanon} from "../ICanon.sol";
import {TensorTree} from "../TensorTree.sol";
import {BigEndian} from "../descriptors/BigEndian.sol";
import {Dtypes} from "../descriptors/Dtypes.sol";
import {Elements} from "./Elements.sol";

/// @notice An operand's tensor, of which some leaves were opened and stand in calldata.
struct OpenedTensor {
    uint256 operand; // its number, for errors
    uint256 dtype;
    uint256 width; // bytes of an element
    uint256 count; // elements
    uint256[] places; // of the opened leaves, ascending
    uint256 leaves; // where they begin in calldata
    uint256 found; // the leaf that was looked for last, plus 1
    uint256 ordinal; // of that leaf among the opened ones
}

using OpenedTensors for OpenedTensor global;

/// @notice Opens leaves and reads elements from them. Sections 2 and 12 of docs/canon.md.
library OpenedTensors {
    /// @notice Takes the opened leaves, if there are any, for leaves of the operand's tensor; reverts unless they are.
    function open(ICanon.Operand calldata operand, uint256 number) internal pure returns (OpenedTensor memory tensor) {
        unchecked {
            tensor.operand = number;
            tensor.dtype = operand.dtype;
            tensor.width = Dtypes.widthOf(operand.dtype);
            tensor.count = operand.count;
            ICanon.Leaves calldata opened = operand.opened;
            bytes calldata leaves = opened.leaves;
            tensor.leaves = _pointerTo(leaves);
            tensor.places = _placesOf(opened);
            if (tensor.places.length == 0 && leaves.length == 0 && opened.siblings.length == 0) return tensor;
            uint256 depth = HashTree.depthOf(TensorTree.leafCount(tensor.count * tensor.width));
            (bool opens, bytes32 root) = rootOf(depth, opened);
            if (!opens || root != operand.root) revert ICanon.OperandNotOpened(number);
        }
    }

    /// @notice The root of the tree of that depth in which these leaves stand at their places.
    /// @return opens Whether it is an opening at all.
    function rootOf(uint256 depth, ICanon.Leaves calldata opened) internal pure returns (bool opens, bytes32 root) {
        unchecked {
            uint256[] memory places = _placesOf(opened);
            bytes calldata leaves = opened.leaves;
            if (leaves.length != places.length * TensorTree.LEAF_LENGTH || places.length == 0) return (false, 0);
            return HashTree.rootOf(depth, places, TensorTree.leafHashes(leaves), opened.siblings);
        }
    }

    /// @notice An element; reverts unless its leaf was opened. The index is below the count.
    function elementAt(OpenedTensor memory tensor, uint256 index) internal pure returns (int256) {
        return Elements.read(tensor.dtype, BigEndian.readCalldata(pointerTo(tensor, index, 1), tensor.width));
    }

    /// @notice Where in calldata a run of elements begins; reverts unless all of its leaves were opened.
    /// @param first The first element of the run, all of which are elements of the tensor.
    /// @param length At least one.
    function pointerTo(OpenedTensor memory tensor, uint256 first, uint256 length) internal pure returns (uint256) {
        unchecked {
            uint256 begin = first * tensor.width;
            uint256 leaf = begin / TensorTree.LEAF_LENGTH;
            uint256 last = (begin + length * tensor.width - 1) / TensorTree.LEAF_LENGTH;
            uint256 ordinal = tensor.found == leaf + 1 ? tensor.ordinal : _find(tensor, leaf);
            if (last != leaf) _ensureThrough(tensor, ordinal, leaf, last);
            return tensor.leaves + ordinal * TensorTree.LEAF_LENGTH + (begin % TensorTree.LEAF_LENGTH);
        }
    }

    /// @dev The place of each leaf. Those behind the last place that is given follow it: what a fold reads lies side by side, and
    ///      a place costs as much calldata as a third of a hash.
    function _placesOf(ICanon.Leaves calldata opened) private pure returns (uint256[] memory places) {
        uint256[] calldata given = opened.places;
        unchecked {
            uint256 leaves = opened.leaves.length / TensorTree.LEAF_LENGTH;
            if (given.length == 0 || given.length >= leaves) return given;
            places = new uint256[](leaves);
            for (uint256 i = 0; i < given.length; i++) places[i] = given[i];
            for (uint256 i = given.length; i < leaves; i++) places[i] = places[i - 1] + 1;
        }
    }

    /// @dev Which of the opened leaves it is; reverts if it is none of them.
    function _find(OpenedTensor memory tensor, uint256 leaf) private pure returns (uint256 low) {
        uint256[] memory places = tensor.places;
        unchecked {
            uint256 high = places.length;
            while (low < high) {
                uint256 middle = (low + high) / 2;
                if (places[middle] < leaf) low = middle + 1;
                else high = middle;
            }
            if (low == places.length || places[low] != leaf) revert ICanon.LeafNotOpened(tensor.operand, leaf);
            tensor.found = leaf + 1;
        }
        tensor.ordinal = low;
    }

    /// @dev Reverts unless all leaves behind that one, through the last, were opened, too.
    function _ensureThrough(OpenedTensor memory tensor, uint256 ordinal, uint256 leaf, uint256 last) private pure {
        uint256[] memory places = tensor.places;
        unchecked {
            // As places ascend, the leaves between are there if the last one stands where it has to.
            uint256 end = ordinal + last - leaf;
            if (end < places.length && places[end] == last) return;
            while (ordinal < places.length && places[ordinal] == leaf) (ordinal, leaf) = (ordinal + 1, leaf + 1);
        }
        revert ICanon.LeafNotOpened(tensor.operand, leaf);
    }

    function _pointerTo(bytes calldata data) private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := data.offset
        }
    }
}
