// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {ICanon} from "../ICanon.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {ExactSum, ExactSums} from "../arithmetic/ExactSum.sol";
import {Integers} from "../arithmetic/Integers.sol";
import {Descriptor, FoldCodes} from "../descriptors/Descriptor.sol";
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
    uint256 private constant EXACT_SUM_LENGTH = 129;
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
        if (encoded.length != NUMBERS_LENGTH + (isFloat ? EXACT_SUM_LENGTH : TOTAL_LENGTH)) {
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
        FoldWalk memory a = FoldWalks.begin(node, node.operands[0], tensors[0].count, start);
        FoldWalk memory b = a;
        if (node.fold == FoldCodes.DOT) b = FoldWalks.begin(node, node.operands[1], tensors[1].count, start);
        uint256 run = uint256(a.run);
        while (true) {
            uint256 skipped = fold.next % run;
            uint256 end = until - fold.next < run - skipped ? skipped + until - fold.next : run;
            _addRun(fold, node, tensors, a, b, skipped, end);
            fold.next += end - skipped;
            if (fold.next == until) return;
            uint256 axis = _steppedAxis(node.foldSpace, fold.next / run);
            a.advance(axis);
            if (node.fold == FoldCodes.DOT) b.advance(axis);
        }
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
            if (!isFloat) return Integers.wrap(uint8(node.dtype), fold.total + addend);
            fold.sum.add(uint32(uint256(addend)));
            return int256(uint256(fold.sum.round()));
        }
        if (code == FoldCodes.MAX) return _extreme(fold, node.dtype, 1);
        if (code == FoldCodes.MIN) return _extreme(fold, node.dtype, -1);
        if (code == FoldCodes.AND) return fold.every ? int256(1) : int256(0);
        return int256(fold.bestAt);
    }

    /// @dev Adds those terms of the run that are in bounds, from `from` up to, not with, `until`.
    function _addRun(
        Fold memory fold,
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        FoldWalk memory a,
        FoldWalk memory b,
        uint256 from,
        uint256 until
    ) private pure {
        Present memory present;
        (int256 first, int256 end, int256 index) = a.runOf();
        present.from = int256(from) > first ? int256(from) : first;
        present.until = int256(until) < end ? int256(until) : end;
        present.a = index;
        if (node.fold == FoldCodes.DOT) {
            (first, end, index) = b.runOf();
            if (first > present.from) present.from = first;
            if (end < present.until) present.until = end;
            present.b = index;
        }
        if (present.from < present.until) _addPresent(fold, node, tensors, present);
    }

    /// @dev Terms of a run, all in bounds.
    struct Present {
        int256 from;
        int256 until;
        int256 a; // term t is this operand's element a + t
        int256 b;
    }

    function _addPresent(
        Fold memory fold,
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        Present memory present
    ) private pure {
        OpenedTensor memory tensor = tensors[0];
        uint256 count = uint256(present.until - present.from);
        uint256 code = node.fold;
        uint256 a = tensor.pointerTo(uint256(present.a + present.from), count);
        fold.present += count;
        if (code == FoldCodes.DOT) {
            uint256 b = tensors[1].pointerTo(uint256(present.b + present.from), count);
            if (node.dtype == TensorTypes.FLOAT32) fold.sum.addProducts(a, b, count);
            else _addIntegerProducts(fold, tensor.dtype, a, tensors[1].dtype, b, count);
        } else if (code == FoldCodes.MEANSQ) {
            fold.sum.addProducts(a, a, count);
        } else if (code <= FoldCodes.MEAN) {
            if (node.dtype == TensorTypes.FLOAT32) fold.sum.addAll(a, count);
            else _addTotal(fold, Runs.integers(tensor.dtype, a, count));
        } else if (code == FoldCodes.AND) {
            if (!Runs.all(a, count)) fold.every = false;
        } else {
            int256 direction = code == FoldCodes.MAX || code == FoldCodes.ARGMAX ? int256(1) : int256(-1);
            uint256 place;
            (fold.best, place) = Runs.greatest(tensor.dtype, a, count, direction, fold.best);
            if (place < count)
                fold.bestAt =
                    fold.next -
                    (fold.next % uint256(node.foldSpace[node.foldSpace.length - 1])) +
                    uint256(present.from) +
                    place;
        }
    }

    function _addIntegerProducts(
        Fold memory fold,
        uint256 dtypeA,
        uint256 a,
        uint256 dtypeB,
        uint256 b,
        uint256 count
    ) private pure {
        _addTotal(fold, Runs.integerProducts(dtypeA, a, dtypeB, b, count));
    }

    /// @dev Modulo 2^256, as the result is modulo a lesser power; only a total that was made up comes near.
    function _addTotal(Fold memory fold, int256 more) private pure {
        unchecked {
            fold.total += more;
        }
    }

    function _extreme(Fold memory fold, uint256 dtype, int256 direction) private pure returns (int256) {
        bool isEmpty = fold.present == 0;
        if (dtype != TensorTypes.FLOAT32) {
            if (!isEmpty) return direction * fold.best;
            return direction > 0 ? _least(dtype) : Integers.sub(uint8(dtype), _least(dtype), 1);
        }
        if (isEmpty) return int256(uint256(direction > 0 ? Float32.INFINITY | Float32.SIGN : Float32.INFINITY));
        if (fold.best == Runs.NOT_A_NUMBER) return int256(uint256(Float32.NOT_A_NUMBER));
        int256 order = direction * fold.best;
        return order < 0 ? int256(uint256(Float32.SIGN)) - order : order;
    }

    /// @dev The least value of an integer dtype.
    function _least(uint256 dtype) private pure returns (int256) {
        if (dtype == TensorTypes.UINT8) return 0;
        if (dtype == TensorTypes.INT8) return type(int8).min;
        return dtype == TensorTypes.INT32 ? int256(type(int32).min) : int256(type(int64).min);
    }

    /// @dev The coordinates of the element, and behind them those at which the term's run begins.
    function _startOf(
        Descriptor memory node,
        uint256[] memory coordinates,
        uint256 term
    ) private pure returns (uint256[] memory start) {
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

    /// @dev The fold axis that steps on as this run begins, which is not the first one: all axes inside of it begin anew.
    function _steppedAxis(uint256[] memory extents, uint256 run) private pure returns (uint256 axis) {
        for (axis = extents.length - 2; run % extents[axis] == 0; axis--) run /= extents[axis];
    }
}
