// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {FloatParts} from "../FloatParts.sol";
import {Rounding} from "../Rounding.sol";
import {Real} from "./Real.sol";

/// @notice Reals, and fixed-point numbers in units of 2^-120, from float32 that are numbers.
library Reals {
    uint256 internal constant FRACTION_BITS = 120;
    uint256 internal constant ONE = 1 << FRACTION_BITS;

    /// @notice RN(real)
    function round(Real memory real) internal pure returns (uint32) {
        return Rounding.round(real.negative, real.magnitude, real.exponent, false);
    }

    /// @notice A signed fixed-point number with so many fraction bits as a real.
    function ofFixed(int256 value, uint256 fractionBits) internal pure returns (Real memory) {
        unchecked {
            bool negative = value < 0;
            return Real(negative, uint256(negative ? -value : value), -int256(fractionBits));
        }
    }

    /// @notice The float32 times a factor.
    function product(uint32 x, uint256 factor, uint256 fractionBits) internal pure returns (Real memory) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            int256 exponent = int256(scale) + FloatParts.LEAST_EXPONENT - int256(fractionBits);
            return Real(FloatParts.isNegative(x), significand * factor, exponent);
        }
    }

    /// @notice |x| without what is below 2^-120, for |x| below 2^112.
    function magnitudeOf(uint32 x) internal pure returns (uint256) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            return shifted(significand, int256(scale) + FloatParts.LEAST_EXPONENT + int256(FRACTION_BITS));
        }
    }

    /// @notice x² without what is below 2^-120, for |x| below 2^44.
    function squareOf(uint32 x) internal pure returns (uint256) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            int256 exponent = 2 * (int256(scale) + FloatParts.LEAST_EXPONENT);
            return shifted(significand * significand, exponent + int256(FRACTION_BITS));
        }
    }

    /// @notice ⌊value · 2^places⌋
    function shifted(uint256 value, int256 places) internal pure returns (uint256) {
        unchecked {
            return places >= 0 ? value << uint256(places) : value >> uint256(-places);
        }
    }
}
