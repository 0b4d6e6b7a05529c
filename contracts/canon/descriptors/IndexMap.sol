// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {BigEndian} from "./BigEndian.sol";
import {DescriptorReader} from "./DescriptorReader.sol";

/// @notice One axis of an operand's view: where it lies in the descriptor and what stands before its terms.
struct ViewAxis {
    uint256 extent;
    int256 offset;
    uint256 divisor;
    uint256 terms;
    uint256 place; // of the first term
}

/// @notice Maps from the coordinates of an element to those of an operand's view. Section 7 of docs/canon.md.
/// @dev A map stays where it stands in the descriptor; 13 bytes begin an axis, and each of its terms has 5. Nothing overflows
///      unchecked: sums have less than 64 bits, and indices in a view less than 31.
library IndexMap {
    /// @dev No axis of a view has this number.
    uint256 internal constant NO_AXIS = type(uint256).max;

    uint256 private constant AXIS_LENGTH = 13;
    uint256 private constant TERM_LENGTH = 5;

    /// @notice Reads a map over so many axes.
    /// @param innermost The axis along which the view has to be contiguous: the innermost one of a fold; NO_AXIS for none.
    /// @return size The elements of the view.
    /// @return divisions Its axes that have a divisor other than 1.
    function validate(
        DescriptorReader memory reader,
        uint256 axes,
        uint256 innermost
    ) internal pure returns (uint256 size, uint256 divisions) {
        unchecked {
            uint256 rank = reader.takeRank();
            if (innermost != NO_AXIS) reader.ensure(rank != 0);
            size = 1;
            for (uint256 left = rank; left != 0 && !reader.failed; left--) {
                size = reader.product(size, reader.takeCount());
                reader.take(4); // any offset will do
                uint256 divisor = reader.takeDivisor();
                if (divisor != 1) divisions++;
                int256 step = _validateTerms(reader, axes, innermost);
                if (innermost == NO_AXIS) continue;
                reader.ensure(left == 1 ? step == 1 && divisor == 1 : step == 0);
            }
        }
    }

    /// @notice The number of the element to which a valid map points, if it is in bounds of the view and below `count`.
    /// @param place Where the map begins.
    /// @param moved An axis of the view whose coordinate is greater by `by` than the map says; NO_AXIS for none.
    function locate(
        bytes memory data,
        uint256 place,
        uint256[] memory coordinates,
        uint256 count,
        uint256 moved,
        int256 by
    ) internal pure returns (bool inBounds, uint256 index) {
        unchecked {
            uint256 rank = BigEndian.read(data, place, 1);
            uint256 next = place + 1;
            for (uint256 number = 0; number < rank; number++) {
                ViewAxis memory axis;
                (axis, next) = axisAt(data, next);
                int256 coordinate = floorOf(numeratorOf(data, axis, coordinates), axis.divisor);
                if (number == moved) coordinate += by;
                if (coordinate < 0 || coordinate >= int256(axis.extent)) return (false, 0);
                index = index * axis.extent + uint256(coordinate);
            }
            return index < count ? (true, index) : (false, 0);
        }
    }

    /// @notice Whether the view has this axis, and the map leaves its coordinate zero: offset 0, divisor 1, no terms.
    function isFree(bytes memory data, uint256 place, uint256 axis) internal pure returns (bool) {
        unchecked {
            if (axis >= BigEndian.read(data, place, 1)) return false;
            ViewAxis memory entry = _axisOf(data, place, axis);
            return entry.offset == 0 && entry.divisor == 1 && entry.terms == 0;
        }
    }

    /// @notice The extent of an axis of a view.
    function extentOf(bytes memory data, uint256 place, uint256 axis) internal pure returns (uint256) {
        return _axisOf(data, place, axis).extent;
    }

    /// @notice The axis of a view that stands at a place of a valid descriptor, and where the next one would.
    function axisAt(bytes memory data, uint256 place) internal pure returns (ViewAxis memory axis, uint256 next) {
        unchecked {
            axis.extent = BigEndian.read(data, place, 4);
            axis.offset = int32(uint32(BigEndian.read(data, place + 4, 4)));
            axis.divisor = BigEndian.read(data, place + 8, 4);
            axis.terms = BigEndian.read(data, place + 12, 1);
            axis.place = place + AXIS_LENGTH;
            next = axis.place + axis.terms * TERM_LENGTH;
        }
    }

    /// @notice A term of an axis of a view.
    function termAt(
        bytes memory data,
        ViewAxis memory axis,
        uint256 term
    ) internal pure returns (uint256 ofAxis, int256 coefficient) {
        unchecked {
            uint256 place = axis.place + term * TERM_LENGTH;
            return (BigEndian.read(data, place, 1), int32(uint32(BigEndian.read(data, place + 1, 4))));
        }
    }

    /// @notice What the map divides on an axis of the view.
    function numeratorOf(
        bytes memory data,
        ViewAxis memory axis,
        uint256[] memory coordinates
    ) internal pure returns (int256 numerator) {
        unchecked {
            numerator = axis.offset;
            for (uint256 term = 0; term < axis.terms; term++) {
                (uint256 ofAxis, int256 coefficient) = termAt(data, axis, term);
                numerator += coefficient * int256(coordinates[ofAxis]);
            }
        }
    }

    /// @notice The greatest integer not above numerator / divisor.
    function floorOf(int256 numerator, uint256 divisor) internal pure returns (int256 quotient) {
        unchecked {
            quotient = numerator / int256(divisor);
            if (quotient * int256(divisor) > numerator) quotient--;
        }
    }

    /// @dev An axis of a view, by its number.
    function _axisOf(bytes memory data, uint256 place, uint256 axis) private pure returns (ViewAxis memory entry) {
        unchecked {
            uint256 next = place + 1;
            for (uint256 number = 0; number <= axis; number++) (entry, next) = axisAt(data, next);
        }
    }

    /// @dev Returns the coefficient of the innermost axis; zero if it has none.
    function _validateTerms(
        DescriptorReader memory reader,
        uint256 axes,
        uint256 innermost
    ) private pure returns (int256 step) {
        unchecked {
            uint256 free = 0; // axes from here on may come
            for (uint256 left = reader.take(1); left != 0 && !reader.failed; left--) {
                uint256 axis = reader.take(1);
                int256 coefficient = reader.takeSigned();
                reader.ensure(axis >= free && axis < axes && coefficient != 0);
                free = axis + 1;
                if (axis == innermost) step = coefficient;
            }
        }
    }
}
