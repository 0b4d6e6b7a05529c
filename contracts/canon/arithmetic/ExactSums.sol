// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {ExactSum} from "./ExactSum.sol";
import {FloatParts} from "./FloatParts.sol";
import {FloatRuns} from "./FloatRuns.sol";
import {Rounding} from "./Rounding.sol";

/// @notice Adds to exact sums, rounds them, and writes them down between transactions.
/// @dev Attached to ExactSum everywhere: `sum.add(x)`. Bits may be any: they become canonical as they are read.
library ExactSums {
    int256 private constant UNIT_EXPONENT = -298;
    uint256 private constant BINS = 4;
    uint256 private constant BIN_BITS = 128;
    uint256 private constant BIN_MASK = (1 << BIN_BITS) - 1;

    /// @dev Four words for the bins, a byte for the flags.
    uint256 internal constant ENCODED_LENGTH = 129;
    /// @dev No fold's sum has a bin as great, and it leaves room for 2^80 terms more.
    int256 private constant BIN_LIMIT = 1 << 200;

    uint8 private constant NOT_A_NUMBER_FLAG = 1;
    uint8 private constant PLUS_INFINITY_FLAG = 2;
    uint8 private constant MINUS_INFINITY_FLAG = 4;

    /// @dev `encode` never gave these bytes.
    error MalformedSum(bytes encoded);

    /// @notice Adds a · b.
    function addProduct(ExactSum memory sum, uint32 a, uint32 b) internal pure {
        unchecked {
            if (!Float32.isFinite(a) || !Float32.isFinite(b)) return _addSpecial(sum, a, b);
            (uint256 significandOfA, uint256 scaleOfA) = FloatParts.split(a);
            (uint256 significandOfB, uint256 scaleOfB) = FloatParts.split(b);
            uint256 scale = scaleOfA + scaleOfB;
            uint256 bin = scale / BIN_BITS;
            if (FloatParts.isNegative(a ^ b)) bin += BINS;
            sum.bins[bin] += (significandOfA * significandOfB) << (scale % BIN_BITS);
        }
    }

    /// @notice Adds a.
    function add(ExactSum memory sum, uint32 a) internal pure {
        addProduct(sum, a, Float32.ONE);
    }

    /// @notice Adds the products of `count` pairs of float32 that follow one another in calldata, from `a` on and from
    ///         `b` on.
    function addProducts(ExactSum memory sum, uint256 a, uint256 b, uint256 count) internal pure {
        unchecked {
            _addRun(sum, a, b - a, a + 4 * count, 0);
        }
    }

    /// @notice Adds `count` float32 that follow one another in calldata, from `a` on.
    function addAll(ExactSum memory sum, uint256 a, uint256 count) internal pure {
        unchecked {
            _addRun(sum, a, msg.data.length, a + 4 * count, FloatRuns.ONES);
        }
    }

    /// @notice Adds the squares of `count` float32 that follow one another in calldata, from `a` on.
    function addSquares(ExactSum memory sum, uint256 a, uint256 count) internal pure {
        addProducts(sum, a, a, count);
    }

    /// @notice RN(sum)
    function round(ExactSum memory sum) internal pure returns (uint32) {
        return roundMean(sum, 1);
    }

    /// @notice RN(sum / terms), for less than 2^128 terms; NaN for none.
    function roundMean(ExactSum memory sum, uint256 terms) internal pure returns (uint32) {
        unchecked {
            if (terms == 0 || sum.notANumber || (sum.plusInfinity && sum.minusInfinity)) return Float32.NOT_A_NUMBER;
            if (sum.plusInfinity || sum.minusInfinity) return FloatParts.infinity(sum.minusInfinity);

            (bool negative, uint256[5] memory limbs) = _limbs(sum);
            uint256 rest = _divide(limbs, terms);
            uint256 top = 4;
            while (top > 1 && limbs[top] == 0) top--;
            for (uint256 place = 0; place + 1 < top; place++) rest |= limbs[place];
            uint256 mantissa = (limbs[top] << BIN_BITS) | limbs[top - 1];
            int256 exponent = int256((top - 1) * BIN_BITS) + UNIT_EXPONENT;
            // More than 128 bits; or the exponent is that of the unit, far below every border of rounding.
            return Rounding.round(negative, mantissa, exponent, rest != 0);
        }
    }

    /// @notice Whether a sum without NaN and infinities is below zero.
    function isNegative(ExactSum memory sum) internal pure returns (bool negative) {
        (negative, ) = _limbs(sum);
    }

    /// @notice The sum in bytes: the four bins, positive less negative, as signed words, and the flags. With a flag the
    ///         bins mean nothing any more, and are zero: so equal terms make equal bytes, in whatever portions they are
    ///         added.
    function encode(ExactSum memory sum) internal pure returns (bytes memory) {
        uint8 flags =
            (sum.notANumber ? NOT_A_NUMBER_FLAG : 0) |
                (sum.plusInfinity ? PLUS_INFINITY_FLAG : 0) |
                (sum.minusInfinity ? MINUS_INFINITY_FLAG : 0);
        if (flags != 0) return abi.encodePacked(new bytes(32 * BINS), flags);
        return abi.encodePacked(_bin(sum, 0), _bin(sum, 1), _bin(sum, 2), _bin(sum, 3), flags);
    }

    /// @notice The sum whose bytes these are.
    function decode(bytes calldata encoded) internal pure returns (ExactSum memory sum) {
        unchecked {
            if (encoded.length != ENCODED_LENGTH) revert MalformedSum(encoded);
            uint8 flags = uint8(encoded[ENCODED_LENGTH - 1]);
            if (flags > NOT_A_NUMBER_FLAG + PLUS_INFINITY_FLAG + MINUS_INFINITY_FLAG) revert MalformedSum(encoded);
            int256 limit = flags == 0 ? BIN_LIMIT : int256(1);
            for (uint256 bin = 0; bin < BINS; bin++) {
                int256 value = int256(uint256(bytes32(encoded[32 * bin:])));
                if (value <= -limit || value >= limit) revert MalformedSum(encoded);
                if (value < 0) sum.bins[BINS + bin] = uint256(-value);
                else sum.bins[bin] = uint256(value);
            }
            sum.notANumber = flags & NOT_A_NUMBER_FLAG != 0;
            sum.plusInfinity = flags & PLUS_INFINITY_FLAG != 0;
            sum.minusInfinity = flags & MINUS_INFINITY_FLAG != 0;
        }
    }

    /// @dev Not both are numbers.
    function _addSpecial(ExactSum memory sum, uint32 a, uint32 b) private pure {
        bool zero = a & ~Float32.SIGN == 0 || b & ~Float32.SIGN == 0;
        if (zero || Float32.isNotANumber(a) || Float32.isNotANumber(b)) sum.notANumber = true;
        else if (FloatParts.isNegative(a ^ b)) sum.minusInfinity = true;
        else sum.plusInfinity = true;
    }

    /// @dev As FloatRuns.addProducts. Of a word with an infinity or a NaN nothing else counts, since no number changes
    ///      the result any more.
    function _addRun(ExactSum memory sum, uint256 a, uint256 distance, uint256 end, uint256 filled) private pure {
        unchecked {
            while (true) {
                a = FloatRuns.addProducts(sum.bins, a, distance, end, filled);
                if (a >= end) return;
                (bool notANumber, bool plus, bool minus) = FloatRuns.specials(a, distance, end, filled);
                if (notANumber) sum.notANumber = true;
                if (plus) sum.plusInfinity = true;
                if (minus) sum.minusInfinity = true;
                a += FloatRuns.BYTES;
            }
        }
    }

    function _bin(ExactSum memory sum, uint256 bin) private pure returns (int256) {
        unchecked {
            return int256(sum.bins[bin]) - int256(sum.bins[BINS + bin]);
        }
    }

    /// @dev The magnitude in limbs of 128 bits, the lowest first, in units of 2^-298.
    function _limbs(ExactSum memory sum) private pure returns (bool negative, uint256[5] memory limbs) {
        unchecked {
            int256 carry = _carry(sum, 1, limbs);
            negative = carry < 0;
            if (negative) carry = _carry(sum, -1, limbs);
            limbs[BINS] = uint256(carry);
        }
    }

    /// @dev Fills the limbs of the sum times the sign, in two's complement, and returns what goes beyond them.
    function _carry(ExactSum memory sum, int256 sign, uint256[5] memory limbs) private pure returns (int256 carry) {
        unchecked {
            for (uint256 bin = 0; bin < BINS; bin++) {
                carry += sign * _bin(sum, bin);
                limbs[bin] = uint256(carry) & BIN_MASK;
                carry >>= BIN_BITS;
            }
        }
    }

    /// @dev Divides by a number of at most 128 bits and returns the rest.
    function _divide(uint256[5] memory limbs, uint256 divisor) private pure returns (uint256 rest) {
        unchecked {
            if (divisor == 1) return 0;
            for (uint256 place = limbs.length; place-- > 0;) {
                uint256 dividend = (rest << BIN_BITS) | limbs[place];
                limbs[place] = dividend / divisor;
                rest = dividend % divisor;
            }
        }
    }
}
