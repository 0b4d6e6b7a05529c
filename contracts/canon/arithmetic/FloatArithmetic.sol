// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Float32} from "../Float32.sol";
import {FloatParts} from "./FloatParts.sol";
import {Rounding} from "./Rounding.sol";

/// @notice The primitives of docs/canon.md, section 4, that compute with float32. Operands and results are canonical
///         bits.
library FloatArithmetic {
    /// @dev In units of 2^-149, in which `_whole` gives the rest.
    uint256 private constant ONE_HALF = 1 << 148;
    /// @dev Bits below the greater summand's last one.
    uint256 private constant ROOM = 64;

    /// @notice RN(a + b)
    function add(uint32 a, uint32 b) internal pure returns (uint32) {
        unchecked {
            if (FloatParts.isEitherNotANumber(a, b)) return Float32.NOT_A_NUMBER;
            if (FloatParts.isInfinite(a)) return FloatParts.isInfinite(b) && a != b ? Float32.NOT_A_NUMBER : a;
            if (FloatParts.isInfinite(b)) return b;
            return _addNumbers(a, b);
        }
    }

    /// @notice RN(a - b)
    function sub(uint32 a, uint32 b) internal pure returns (uint32) {
        return add(a, negate(b));
    }

    /// @notice RN(a · b)
    function mul(uint32 a, uint32 b) internal pure returns (uint32) {
        unchecked {
            if (FloatParts.isEitherNotANumber(a, b)) return Float32.NOT_A_NUMBER;
            bool negative = FloatParts.isNegative(a ^ b);
            if (FloatParts.isInfinite(a) || FloatParts.isInfinite(b)) {
                return a == 0 || b == 0 ? Float32.NOT_A_NUMBER : FloatParts.infinity(negative);
            }
            (uint256 significandOfA, uint256 scaleOfA) = FloatParts.split(a);
            (uint256 significandOfB, uint256 scaleOfB) = FloatParts.split(b);
            int256 exponent = int256(scaleOfA + scaleOfB) + 2 * FloatParts.LEAST_EXPONENT;
            return Rounding.round(negative, significandOfA * significandOfB, exponent, false);
        }
    }

    /// @notice RN(a / b)
    function div(uint32 a, uint32 b) internal pure returns (uint32) {
        unchecked {
            if (FloatParts.isEitherNotANumber(a, b)) return Float32.NOT_A_NUMBER;
            bool negative = FloatParts.isNegative(a ^ b);
            if (FloatParts.isInfinite(a)) {
                return FloatParts.isInfinite(b) ? Float32.NOT_A_NUMBER : FloatParts.infinity(negative);
            }
            if (FloatParts.isInfinite(b)) return 0;
            if (b == 0) return a == 0 ? Float32.NOT_A_NUMBER : FloatParts.infinity(negative);
            (uint256 significandOfA, uint256 scaleOfA) = FloatParts.split(a);
            (uint256 significandOfB, uint256 scaleOfB) = FloatParts.split(b);
            // 64 bits more leave a quotient of at least 41 bits.
            uint256 dividend = significandOfA << 64;
            int256 exponent = int256(scaleOfA) - int256(scaleOfB) - 64;
            return Rounding.round(negative, dividend / significandOfB, exponent, dividend % significandOfB != 0);
        }
    }

    /// @notice RN(√a)
    function sqrt(uint32 a) internal pure returns (uint32) {
        unchecked {
            if (FloatParts.isNegative(a)) return Float32.NOT_A_NUMBER;
            if (a >= Float32.INFINITY) return a;
            (uint256 significand, uint256 scale) = FloatParts.split(a);
            // An even exponent, and at least 64 bits: the root has at least 32.
            int256 exponent = int256(scale) + FloatParts.LEAST_EXPONENT - 64;
            uint256 square = significand << 64;
            if (exponent & 1 != 0) {
                square <<= 1;
                exponent--;
            }
            uint256 root = Math.sqrt(square);
            return Rounding.round(false, root, exponent / 2, root * root != square);
        }
    }

    /// @notice -a
    function negate(uint32 a) internal pure returns (uint32) {
        return a == 0 || a == Float32.NOT_A_NUMBER ? a : a ^ Float32.SIGN;
    }

    /// @notice |a|
    function absolute(uint32 a) internal pure returns (uint32) {
        return a & ~Float32.SIGN;
    }

    /// @notice ⌊a⌋
    function floor(uint32 a) internal pure returns (uint32) {
        (bool whole, uint256 below, uint256 rest) = _whole(a);
        if (whole) return a;
        bool negative = FloatParts.isNegative(a);
        return Rounding.round(negative, negative && rest != 0 ? below + 1 : below, 0, false);
    }

    /// @notice -⌊-a⌋
    function ceil(uint32 a) internal pure returns (uint32) {
        return negate(floor(negate(a)));
    }

    /// @notice The integer nearest to a, of two equally near ones the even one.
    function rint(uint32 a) internal pure returns (uint32) {
        (bool whole, uint256 below, uint256 rest) = _whole(a);
        if (whole) return a;
        bool up = rest > ONE_HALF || (rest == ONE_HALF && below & 1 == 1);
        return Rounding.round(FloatParts.isNegative(a), up ? below + 1 : below, 0, false);
    }

    function _addNumbers(uint32 a, uint32 b) private pure returns (uint32) {
        unchecked {
            // The one of the greater magnitude comes first: its sign is the sum's.
            if (a & ~Float32.SIGN < b & ~Float32.SIGN) (a, b) = (b, a);
            bool negative = FloatParts.isNegative(a);
            bool alike = negative == FloatParts.isNegative(b);
            (uint256 great, uint256 scale) = FloatParts.split(a);
            (uint256 small, uint256 scaleOfSmall) = FloatParts.split(b);
            uint256 distance = scale - scaleOfSmall;
            // Beyond that distance the smaller one lies far within the nearest border of rounding: anything as small
            // stands for it.
            if (distance <= ROOM) small <<= ROOM - distance;
            else if (small != 0) small = 1;
            great <<= ROOM;
            uint256 sum = alike ? great + small : great - small;
            return Rounding.round(negative, sum, int256(scale) + FloatParts.LEAST_EXPONENT - int256(ROOM), false);
        }
    }

    /// @dev |a| as an integer and the rest in units of 2^-149, or that it is an integer, infinite or NaN already.
    function _whole(uint32 a) private pure returns (bool whole, uint256 below, uint256 rest) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(a);
            if (scale >= 149) return (true, 0, 0);
            uint256 units = significand << scale;
            return (false, units >> 149, units & ((1 << 149) - 1));
        }
    }
}
