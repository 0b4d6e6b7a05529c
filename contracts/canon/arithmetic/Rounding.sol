// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {FloatParts} from "./FloatParts.sol";

/// @notice RN of docs/canon.md, section 3: the one rounding there is.
library Rounding {
    int256 private constant SIGNIFICAND_BITS = 24;

    /// @notice The float32 nearest to ±mantissa · 2^exponent, of two equally near ones the even one; never -0.
    /// @param sticky Whether the magnitude is more than that, by less than 2^exponent. Then the mantissa must have at
    ///        least 26 bits, or the exponent be below -150, so that what is rounded away holds more than the sticky
    ///        part.
    function round(bool negative, uint256 mantissa, int256 exponent, bool sticky) internal pure returns (uint32) {
        unchecked {
            int256 unit = int256(bitLength(mantissa)) + exponent - SIGNIFICAND_BITS;
            if (unit < FloatParts.LEAST_EXPONENT) unit = FloatParts.LEAST_EXPONENT;
            uint256 kept;
            if (unit <= exponent) {
                kept = mantissa << uint256(exponent - unit);
            } else {
                uint256 dropped = uint256(unit - exponent);
                // Less than half of the least number there is.
                if (dropped > 256) return 0;
                kept = mantissa >> dropped;
                uint256 rest = mantissa & ((1 << dropped) - 1);
                uint256 half = 1 << (dropped - 1);
                if (rest > half || (rest == half && (sticky || kept & 1 == 1))) kept++;
            }
            if (kept == 0) return 0;
            // The hidden bit, and a carry out of the significand, add themselves to the exponent field.
            uint256 bits = (uint256(unit - FloatParts.LEAST_EXPONENT) << 23) + kept;
            if (bits > Float32.INFINITY) bits = Float32.INFINITY;
            return uint32(negative ? bits | Float32.SIGN : bits);
        }
    }

    /// @notice RN of an integer.
    function integer(int256 value) internal pure returns (uint32) {
        unchecked {
            return value < 0 ? round(true, uint256(-value), 0, false) : round(false, uint256(value), 0, false);
        }
    }

    /// @notice How many bits a number has, up to its first one; zero has none.
    /// @dev Its plain twin is OpenZeppelin's Math.log2.
    function bitLength(uint256 value) internal pure returns (uint256 bits) {
        assembly ("memory-safe") {
            bits := sub(256, clz(value))
        }
    }
}
