// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {ICanon} from "../ICanon.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {ExactSum, ExactSums} from "../arithmetic/ExactSum.sol";
import {Integers} from "../arithmetic/Integers.sol";
import {Descriptor} from "../descriptors/Descriptor.sol";
import {FoldCodes} from "../descriptors/FoldCodes.sol";
import {FoldWalk, FoldWalks} from "./FoldWalk.sol";
import {OpenedTensor} from "./OpenedTensor.sol";
import {Runs} from "./Runs.sol";

/// @notice A fold of one element, some of whose terms are in already.
struct Fold {
    uint256 next; // term that is to come: its row-major number in the fold space
    uint256 present; // terms that were in bounds
    ExactSum sum; // of float32
    int256 total; // of integers, modulo 2^256
    int256 best; // order of the best term: for MAX and ARGMAX the value's, for MIN and ARGMIN its negative
    uint256 bestAt; // its number in the fold space
    bool every; // whether all are true
}

using Folds for Fold global;

/// @notice Folds opened terms into one element. Section 6 of docs/canon.md.
library Folds {
    uint256 private constant NUMBER_LENGTH = 4;
    uint256 private constant NUMBERS_LENGTH = 2 * NUMBER_LENGTH;
    uint256 private constant TOTAL_LENGTH = 32;

    /// @notice A fold without any term.
    function empty() internal pure returns (Fold memory fold) {
        fold.best = type(int256).min;
        fold.every = true;
    }

    /// @notice The bytes of a sum's state: u32 next ‖ u32 present ‖ the exact sum, or the integers' total in 32 bytes.
    function encode(Fold memory fold, Descriptor memory node) internal pure returns (bytes memory) {
        bytes memory body = node.dtype == TensorTypes.FLOAT32 ? fold.sum.encode() : abi.encode(fold.total);
        return abi.encodePacked(uint32(fold.next), uint32(fold.present), body);
    }

    /// @notice The state that has these bytes; reverts if no state of such a sum has.
    function decode(bytes calldata encoded, Descriptor memory node) internal pure returns (Fold memory fold) {
        bool isFloat = node.dtype == TensorTypes.FLOAT32;
        if (encoded.length != NUMBERS_LENGTH + (isFloat ? ExactSums.ENCODED_LENGTH : TOTAL_LENGTH)) {
            revert ICanon.MalformedAccumulator();
        }
        fold.next = uint32(bytes4(encoded));
        fold.present = uint32(bytes4(encoded[NUMBER_LENGTH:]));
        if (fold.next > node.terms || fold.present > fold.next) revert ICanon.MalformedAccumulator();
        bytes calldata body = encoded[NUMBERS_LENGTH:];
        if (isFloat) fold.sum = ExactSums.decode(body);
        else fold.total = int256(uint256(bytes32(body)));
    }

    /// @notice Adds the terms from the next one on, up to, not with, `until`.
    /// @param coordinates Of the element in the space.
    function addTerms(
        Fold memory fold,
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        uint256[] memory coordinates,
        uint256 until
    ) internal pure {
        if (fold.next == until) return;
        uint256[] memory start = _startOf(node, coordinates, fold.next);
        FoldWalk memory a = FoldWalks.begin(node, node.operands[0], tensors[0], start);
        FoldWalk memory b = a;
        if (node.fold == FoldCodes.DOT) b = FoldWalks.begin(node, node.operands[1], tensors[1], start);
        _addRuns(fold, node, a, b, until);
        fold.next = until;
    }

    /// @notice The element, once all terms are in.
    /// @param addend The element of c; zero if there is none.
    function result(Fold memory fold, Descriptor memory node, int256 addend) internal pure returns (int256) {
        uint256 code = node.fold;
        bool isFloat = node.dtype == TensorTypes.FLOAT32;
        if (code == FoldCodes.MEAN || code == FoldCodes.MEANSQ) {
            return int256(uint256(fold.sum.roundMean(fold.present)));
        }
        if (code <= FoldCodes.SUM) {
            if (!isFloat) {
                _addTotal(fold, addend);
                return Integers.wrap(uint8(node.dtype), fold.total);
            }
            fold.sum.add(uint32(uint256(addend)));
            return int256(uint256(fold.sum.round()));
        }
        if (code == FoldCodes.MAX) return _extreme(fold, node.dtype, 1);
        if (code == FoldCodes.MIN) return _extreme(fold, node.dtype, -1);
        if (code == FoldCodes.AND) return fold.every ? int256(1) : int256(0);
        return int256(fold.bestAt);
    }

    /// @dev Nothing is allocated from here on: there may be 65,536 runs. For a fold of one operand, b is a.
    function _addRuns(
        Fold memory fold,
        Descriptor memory node,
        FoldWalk memory a,
        FoldWalk memory b,
        uint256 until
    ) private pure {
        uint256 length = node.foldSpace[node.foldSpace.length - 1];
        uint256 skipped = fold.next % length;
        unchecked {
            // The first term of the run.
            fold.next -= skipped;
            while (true) {
                uint256 left = until - fold.next;
                _addRun(fold, node, a, b, int256(skipped), int256(left < length ? left : length));
                if (left <= length) return;
                skipped = 0;
                fold.next += length;
                uint256 axis = _steppedAxis(node.foldSpace, fold.next / length);
                a.advance(axis);
                if (node.fold == FoldCodes.DOT) b.advance(axis);
            }
        }
    }

    /// @dev Adds those terms of the run that are in bounds, from `from` up to, not with, `until`.
    function _addRun(
        Fold memory fold,
        Descriptor memory node,
        FoldWalk memory a,
        FoldWalk memory b,
        int256 from,
        int256 until
    ) private pure {
        int256 index;
        (from, until, index) = a.clip(from, until);
        if (from >= until) return;
        uint256 code = node.fold;
        if (code == FoldCodes.DOT) return _addProducts(fold, a, b, index, from, until);
        unchecked {
            _addTerms(fold, code, a.tensor, uint256(index + from), uint256(until - from), fold.next + uint256(from));
        }
    }

    /// @param element The first one of so many that are terms.
    /// @param first Number of the first term in the fold space.
    function _addTerms(
        Fold memory fold,
        uint256 code,
        OpenedTensor memory tensor,
        uint256 element,
        uint256 count,
        uint256 first
    ) private pure {
        uint256 pointer = tensor.pointerTo(element, count);
        uint256 dtype = tensor.dtype;
        unchecked {
            fold.present += count;
            if (code == FoldCodes.AND) {
                if (!Runs.all(pointer, count)) fold.every = false;
            } else if (code > FoldCodes.MEANSQ) {
                _addExtreme(fold, code, dtype, pointer, count, first);
            } else if (dtype != TensorTypes.FLOAT32) {
                _addTotal(fold, Runs.integers(dtype, pointer, count));
            } else if (code == FoldCodes.MEANSQ) {
                fold.sum.addSquares(pointer, count);
            } else {
                fold.sum.addAll(pointer, count);
            }
        }
    }

    function _addProducts(
        Fold memory fold,
        FoldWalk memory a,
        FoldWalk memory b,
        int256 index,
        int256 from,
        int256 until
    ) private pure {
        int256 indexOfB;
        (from, until, indexOfB) = b.clip(from, until);
        if (from >= until) return;
        unchecked {
            uint256 count = uint256(until - from);
            fold.present += count;
            uint256 pointer = a.tensor.pointerTo(uint256(index + from), count);
            uint256 pointerOfB = b.tensor.pointerTo(uint256(indexOfB + from), count);
            if (a.tensor.dtype == TensorTypes.FLOAT32) return fold.sum.addProducts(pointer, pointerOfB, count);
            _addTotal(fold, Runs.integerProducts(a.tensor.dtype, pointer, b.tensor.dtype, pointerOfB, count));
        }
    }

    /// @dev Modulo 2^256, as the result is modulo a lesser power. Only a total that was made up comes near.
    function _addTotal(Fold memory fold, int256 more) private pure {
        unchecked {
            fold.total += more;
        }
    }

    function _addExtreme(
        Fold memory fold,
        uint256 code,
        uint256 dtype,
        uint256 pointer,
        uint256 count,
        uint256 first
    ) private pure {
        int256 direction = code == FoldCodes.MAX || code == FoldCodes.ARGMAX ? int256(1) : int256(-1);
        (int256 best, uint256 place) = Runs.greatest(dtype, pointer, count, direction, fold.best);
        if (place == count) return;
        fold.best = best;
        unchecked {
            fold.bestAt = first + place;
        }
    }

    function _extreme(Fold memory fold, uint256 dtype, int256 direction) private pure returns (int256) {
        bool isEmpty = fold.present == 0;
        if (dtype != TensorTypes.FLOAT32) {
            if (!isEmpty) return direction * fold.best;
            (int256 least, int256 greatest) = Integers.rangeOf(uint8(dtype));
            return direction > 0 ? least : greatest;
        }
        if (isEmpty) return int256(uint256(direction > 0 ? Float32.INFINITY | Float32.SIGN : Float32.INFINITY));
        if (fold.best == Runs.NOT_A_NUMBER) return int256(uint256(Float32.NOT_A_NUMBER));
        int256 order = direction * fold.best;
        return order < 0 ? int256(uint256(Float32.SIGN)) - order : order;
    }

    /// @dev The coordinates of the element, and behind them those at which the term's run begins.
    function _startOf(
        Descriptor memory node,
        uint256[] memory coordinates,
        uint256 term
    ) private pure returns (uint256[] memory start) {
        unchecked {
            uint256[] memory extents = node.foldSpace;
            uint256 rank = coordinates.length;
            start = new uint256[](rank + extents.length);
            for (uint256 axis = 0; axis < rank; axis++) start[axis] = coordinates[axis];
            uint256 rest = term / extents[extents.length - 1];
            for (uint256 left = extents.length - 1; left > 0; left--) {
                start[rank + left - 1] = rest % extents[left - 1];
                rest /= extents[left - 1];
            }
        }
    }

    /// @dev The fold axis that steps on as this run begins, which is not the first one: all axes inside of it begin anew.
    function _steppedAxis(uint256[] memory extents, uint256 run) private pure returns (uint256 axis) {
        unchecked {
            for (axis = extents.length - 2; run % extents[axis] == 0; axis--) run /= extents[axis];
        }
    }
}
