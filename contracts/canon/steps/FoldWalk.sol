// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Descriptor, NamedOperand} from "../descriptors/Descriptor.sol";
import {IndexMap, ViewAxis} from "../descriptors/IndexMap.sol";
import {OpenedTensor} from "./OpenedTensor.sol";

/// @notice Where an operand of a fold stands, as one run of contiguous terms follows another.
/// @dev A run is what the innermost fold axis goes through while the others rest. On each axis of the view, the map divides a
///      numerator, which is linear in the coordinates. So going on to the next run adds the same to it whenever the same fold axis
///      steps on, and all axes inside of that one begin anew.
///
///      The numerators of all axes but the last stand in lanes of 64 bits, four in a word, each added as a signed number times its
///      lane's weight, modulo 2^256. By section 7 their magnitudes are below 2^62 + 2^48, so that a lane to which 2^63 is added holds
///      a number of 64 bits, whose top bit says that the numerator is not negative.
struct FoldWalk {
    uint256 low; // lanes of view axes 0 to 3
    uint256 high; // of view axes 4 to 6
    int256 last; // numerator of the last view axis, as the run begins
    int256 index; // of the run's first term, as far as it is linear: without the divided axes
    uint256 greatestLow; // coordinates in bounds
    uint256 greatestHigh;
    uint256 checkedLow; // top bits of the lanes that are coordinates: those which nothing divides
    uint256 checkedHigh;
    int256 lastExtent;
    int256 count; // elements of the tensor
    OpenedTensor tensor;
    int256 run; // terms
    WalkStep[] steps; // for each fold axis but the innermost: what is added to the first four fields
    DividedAxis[] divided;
}

/// @notice By how much the first four fields of a walk change.
struct WalkStep {
    uint256 low;
    uint256 high;
    int256 last;
    int256 index;
}

/// @notice An axis of a view, not the last one, whose divisor is not 1.
struct DividedAxis {
    uint256 number;
    uint256 divisor;
    int256 extent;
    int256 stride; // elements of the view by which its coordinates are apart
}

using FoldWalks for FoldWalk global;

/// @notice Finds the runs of a fold's terms in the tensor of an operand. Section 7 of docs/canon.md.
/// @dev Nothing but the lanes overflows unchecked: numerators have less than 64 bits, times a stride less than 95.
library FoldWalks {
    uint256 private constant TOP_BITS = 0x8000000000000000800000000000000080000000000000008000000000000000;
    uint256 private constant LANE_BITS = 64;
    uint256 private constant LANE = (1 << LANE_BITS) - 1;
    int256 private constant BIAS = 1 << 63;
    uint256 private constant LANES = 4; // in a word

    /// @notice Stands before the run that begins at these coordinates of the space and the fold space.
    function begin(
        Descriptor memory node,
        NamedOperand memory operand,
        OpenedTensor memory tensor,
        uint256[] memory coordinates
    ) internal pure returns (FoldWalk memory walk) {
        unchecked {
            uint256 innermost = node.foldSpace.length - 1;
            walk.checkedLow = TOP_BITS;
            walk.checkedHigh = TOP_BITS;
            walk.tensor = tensor;
            walk.count = int256(tensor.count);
            walk.run = int256(node.foldSpace[innermost]);
            walk.steps = new WalkStep[](innermost);
            uint256 rank = uint8(node.data[operand.map]);
            uint256 next = operand.map + 1;
            uint256 stride = operand.size;
            for (uint256 number = 0; number < rank; number++) {
                ViewAxis memory axis;
                (axis, next) = IndexMap.axisAt(node.data, next);
                stride /= axis.extent;
                int256 numerator = IndexMap.numeratorOf(node.data, axis, coordinates);
                int256[] memory moves = _movesOf(node, axis);
                if (number == rank - 1) _addLast(walk, axis, numerator, moves);
                else _addOuter(walk, axis, number, int256(stride), numerator, moves);
            }
        }
    }

    /// @notice Those terms of the run, from `from` up to, not with, `until`, that are in bounds.
    /// @return first The first of them.
    /// @return end The first one behind them; not above `first` if there is none.
    /// @return index Term t of the run is element index + t.
    function clip(
        FoldWalk memory walk,
        int256 from,
        int256 until
    ) internal pure returns (int256 first, int256 end, int256 index) {
        unchecked {
            uint256 checked = walk.checkedLow;
            uint256 lanes = walk.low;
            if ((lanes + TOP_BITS) & (walk.greatestLow - lanes + TOP_BITS) & checked != checked) return (0, 0, 0);
            checked = walk.checkedHigh;
            lanes = walk.high;
            if ((lanes + TOP_BITS) & (walk.greatestHigh - lanes + TOP_BITS) & checked != checked) return (0, 0, 0);
            index = walk.index;
            if (walk.divided.length != 0) {
                (bool inBounds, int256 more) = _divide(walk);
                if (!inBounds) return (0, 0, 0);
                index += more;
            }
            int256 last = walk.last;
            first = -last > from ? -last : from;
            end = walk.lastExtent - last < until ? walk.lastExtent - last : until;
            if (walk.count - index < end) end = walk.count - index;
        }
    }

    /// @notice Goes on to the next run, for which this axis of the fold space steps on.
    function advance(FoldWalk memory walk, uint256 axis) internal pure {
        unchecked {
            WalkStep memory more = walk.steps[axis];
            walk.low += more.low;
            walk.high += more.high;
            walk.last += more.last;
            walk.index += more.index;
        }
    }

    /// @dev For each fold axis but the innermost, what a numerator gains when that axis steps on.
    function _movesOf(Descriptor memory node, ViewAxis memory axis) private pure returns (int256[] memory moves) {
        unchecked {
            uint256 rank = node.space.length;
            uint256 innermost = node.foldSpace.length - 1;
            moves = new int256[](innermost);
            for (uint256 term = 0; term < axis.terms; term++) {
                (uint256 ofAxis, int256 coefficient) = IndexMap.termAt(node.data, axis, term);
                if (ofAxis < rank || ofAxis == rank + innermost) continue;
                uint256 inner = ofAxis - rank;
                moves[inner] += coefficient;
                int256 whole = coefficient * int256(node.foldSpace[inner] - 1);
                for (uint256 outer = 0; outer < inner; outer++) moves[outer] -= whole;
            }
        }
    }

    function _addLast(
        FoldWalk memory walk,
        ViewAxis memory axis,
        int256 numerator,
        int256[] memory moves
    ) private pure {
        unchecked {
            walk.last = numerator;
            walk.lastExtent = int256(axis.extent);
            walk.index += numerator;
            for (uint256 i = 0; i < moves.length; i++) {
                walk.steps[i].last = moves[i];
                walk.steps[i].index += moves[i];
            }
        }
    }

    function _addOuter(
        FoldWalk memory walk,
        ViewAxis memory axis,
        uint256 number,
        int256 stride,
        int256 numerator,
        int256[] memory moves
    ) private pure {
        bool isDivided = axis.divisor != 1;
        uint256 shift = LANE_BITS * (number % LANES);
        uint256 word = number / LANES;
        unchecked {
            if (word == 0) {
                walk.low += uint256(numerator) << shift;
                walk.greatestLow += (axis.extent - 1) << shift;
                if (isDivided) walk.checkedLow &= ~(uint256(BIAS) << shift);
            } else {
                walk.high += uint256(numerator) << shift;
                walk.greatestHigh += (axis.extent - 1) << shift;
                if (isDivided) walk.checkedHigh &= ~(uint256(BIAS) << shift);
            }
            for (uint256 i = 0; i < moves.length; i++) {
                if (word == 0) walk.steps[i].low += uint256(moves[i]) << shift;
                else walk.steps[i].high += uint256(moves[i]) << shift;
                if (!isDivided) walk.steps[i].index += moves[i] * stride;
            }
        }
        if (!isDivided) walk.index += numerator * stride;
        else _pushDivided(walk, DividedAxis(number, axis.divisor, int256(axis.extent), stride));
    }

    function _pushDivided(FoldWalk memory walk, DividedAxis memory axis) private pure {
        unchecked {
            DividedAxis[] memory longer = new DividedAxis[](walk.divided.length + 1);
            for (uint256 i = 0; i < walk.divided.length; i++) longer[i] = walk.divided[i];
            longer[walk.divided.length] = axis;
            walk.divided = longer;
        }
    }

    /// @dev What the coordinates on the divided axes add to the index, if they are in bounds.
    function _divide(FoldWalk memory walk) private pure returns (bool inBounds, int256 more) {
        unchecked {
            for (uint256 i = 0; i < walk.divided.length; i++) {
                DividedAxis memory axis = walk.divided[i];
                uint256 lanes = (axis.number < LANES ? walk.low : walk.high) + TOP_BITS;
                int256 numerator = int256((lanes >> (LANE_BITS * (axis.number % LANES))) & LANE) - BIAS;
                int256 coordinate = IndexMap.floorOf(numerator, axis.divisor);
                if (coordinate < 0 || coordinate >= axis.extent) return (false, 0);
                more += coordinate * axis.stride;
            }
        }
        return (true, more);
    }
}
