// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";

/// @notice Takes float32 that are numbers apart: |value| = significand · 2^exponent.
library FloatParts {
    /// @dev Every float32 is a whole number of units of 2^-149.
    int256 internal constant LEAST_EXPONENT = -149;

    function isNegative(uint32 bits) internal pure returns (bool) {
        return bits & Float32.SIGN != 0;
    }

    /// @notice Whether one of two is NaN, both canonical.
    function isEitherNotANumber(uint32 a, uint32 b) internal pure returns (bool) {
        return a == Float32.NOT_A_NUMBER || b == Float32.NOT_A_NUMBER;
    }

    function isInfinite(uint32 bits) internal pure returns (bool) {
        return bits & ~Float32.SIGN == Float32.INFINITY;
    }

    /// @notice The infinity of that sign.
    function infinity(bool negative) internal pure returns (uint32) {
        return negative ? Float32.SIGN | Float32.INFINITY : Float32.INFINITY;
    }

    /// @notice The significand, below 2^24, and how far above 2^-149 its last bit stands: 0 to 253.
    function split(uint32 bits) internal pure returns (uint256 significand, uint256 scale) {
        unchecked {
            significand = bits & 0x7fffff;
            scale = (bits >> 23) & 0xff;
            if (scale != 0) {
                significand |= 0x800000;
                scale--;
            }
        }
    }
}
