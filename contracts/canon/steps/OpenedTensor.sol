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
    uint256[] places; // of the opened leaves, ascending; those that are not in the list follow the last one
    uint256 held; // opened leaves
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
            tensor.places = opened.places;
            tensor.held = leaves.length / TensorTree.LEAF_LENGTH;
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
            bytes calldata leaves = opened.leaves;
            uint256[] calldata places = opened.places;
            uint256 held = leaves.length / TensorTree.LEAF_LENGTH;
            if (leaves.length % TensorTree.LEAF_LENGTH != 0 || places.length == 0 || places.length > held) {
                return (false, 0);
            }
            bytes32[] memory hashes = TensorTree.leafHashes(leaves);
            if (places.length != 1)
                return HashTree.rootOf(depth, _withFollowers(places, held), hashes, opened.siblings);
            // Where one place is given, all lie side by side: the most that there is need not be listed.
            uint256 first = places[0];
            if (depth > HashTree.MAXIMUM_DEPTH || first >> depth != 0 || held > (1 << depth) - first) return (false, 0);
            return HashTree.rootOfRange(depth, first, hashes, opened.siblings);
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

    /// @dev The places of all leaves: those that are given, and those that follow the last one.
    function _withFollowers(uint256[] calldata given, uint256 held) private pure returns (uint256[] memory places) {
        if (given.length == held) return given;
        places = new uint256[](held);
        unchecked {
            for (uint256 i = 0; i < given.length; i++) places[i] = given[i];
            for (uint256 i = given.length; i < held; i++) places[i] = places[i - 1] + 1;
        }
    }

    /// @dev Which leaf an opened one is.
    function _placeOf(OpenedTensor memory tensor, uint256 ordinal) private pure returns (uint256) {
        uint256[] memory places = tensor.places;
        unchecked {
            uint256 last = places.length - 1;
            return ordinal <= last ? places[ordinal] : places[last] + ordinal - last;
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
            // Behind the last place that is listed.
            if (low == places.length && low != 0) low += leaf - places[low - 1] - 1;
            if (low >= tensor.held || _placeOf(tensor, low) != leaf) revert ICanon.LeafNotOpened(tensor.operand, leaf);
            tensor.found = leaf + 1;
        }
        tensor.ordinal = low;
    }

    /// @dev Reverts unless all leaves behind that one, through the last, were opened, too.
    function _ensureThrough(OpenedTensor memory tensor, uint256 ordinal, uint256 leaf, uint256 last) private pure {
        unchecked {
            // As places ascend, the leaves between are there if the last one stands where it has to.
            uint256 end = ordinal + last - leaf;
            if (end < tensor.held && _placeOf(tensor, end) == last) return;
            while (ordinal < tensor.held && _placeOf(tensor, ordinal) == leaf)
                (ordinal, leaf) = (ordinal + 1, leaf + 1);
        }
        revert ICanon.LeafNotOpened(tensor.operand, leaf);
    }

    function _pointerTo(bytes calldata data) private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := data.offset
        }
    }
}
