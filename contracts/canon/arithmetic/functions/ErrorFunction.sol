// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {FloatArithmetic} from "../FloatArithmetic.sol";
import {FloatParts} from "../FloatParts.sol";
import {Exponentials} from "./Exponentials.sol";
import {Real} from "./Real.sol";
import {Reals} from "./Reals.sol";
import {Series} from "./Series.sol";

/// @notice ERF of docs/canon.md, section 5, of numbers, closely.
library ErrorFunction {
    uint32 private constant FOUR = 0x40800000;

    /// @dev 2/√π with 110 fraction bits.
    uint256 private constant FACTOR = 0x48375d410a6db446b8ea453fb5ff;
    uint256 private constant FACTOR_BITS = 110;

    /// @notice erf x = 2/√π · x · e^(-x²) · Σ (2x²)ⁿ/(1·3·5···(2n + 1))
    /// @dev With a relative error below 2^-100. From 4 on, 1 stands for it: 1 - erf 4 < 2^-25, and 1 - 2^-25 is the
    ///      border of what rounds to 1.
    function errorFunction(uint32 x) internal pure returns (Real memory) {
        unchecked {
            if (FloatArithmetic.absolute(x) >= FOUR) return Real(FloatParts.isNegative(x), 1, 0);
            uint256 square = Reals.squareOf(x);
            (uint256 power, int256 exponent) = Exponentials.powerOf(-int256(square));
            uint256 sum = Series.errorQuotient(square >> (Reals.FRACTION_BITS - FACTOR_BITS));
            uint256 factor = (power * FACTOR) >> Reals.FRACTION_BITS;
            Real memory real = Reals.product(x, (factor * sum) >> FACTOR_BITS, FACTOR_BITS);
            real.exponent += exponent;
            return real;
        }
    }
}
