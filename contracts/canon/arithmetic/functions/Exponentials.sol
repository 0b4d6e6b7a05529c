// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../../Float32.sol";
import {FloatArithmetic} from "../FloatArithmetic.sol";
import {FloatParts} from "../FloatParts.sol";
import {Real} from "./Real.sol";
import {Reals} from "./Reals.sol";
import {Series} from "./Series.sol";

/// @notice EXP, SINH, TANH and SIGMOID of docs/canon.md, section 5, of numbers, closely.
/// @dev With a relative error below 2^-100 each.
library Exponentials {
    uint256 private constant ONE = Reals.ONE;
    uint256 private constant LOGARITHM_OF_TWO = 0xb17217f7d1cf79abc9e3b39803f2f7;

    /// @dev An argument beyond ±128 is taken for ±128: e^128 is beyond 2^184, so that EXP and SINH are infinite from
    ///      there on, TANH and SIGMOID are 1; and e^-128 rounds to zero.
    uint32 internal constant LIMIT = 0x43000000;

    /// @notice eˣ
    function exponential(uint32 x) internal pure returns (Real memory) {
        (uint256 power, int256 exponent) = powerOf(exponentOf(x));
        return _scaled(power, exponent);
    }

    /// @notice (eˣ - e⁻ˣ)/2
    function hyperbolicSine(uint32 x) internal pure returns (Real memory real) {
        unchecked {
            if (_isBelowOne(x)) {
                return Reals.product(x, Series.sineQuotient(int256(Reals.squareOf(x))), Reals.FRACTION_BITS);
            }
            int256 magnitude = _limited(x);
            (uint256 great, int256 exponent) = powerOf(magnitude);
            (uint256 small, int256 exponentOfSmall) = powerOf(-magnitude);
            // Nothing but the third part cancels: e ≥ 2.71 against 1/e ≤ 0.37.
            uint256 difference = great - (small >> uint256(exponent - exponentOfSmall));
            real = _scaled(difference, exponent - 1);
            real.negative = FloatParts.isNegative(x);
        }
    }

    /// @notice (eˣ - e⁻ˣ)/(eˣ + e⁻ˣ)
    function hyperbolicTangent(uint32 x) internal pure returns (Real memory) {
        unchecked {
            if (_isBelowOne(x)) {
                int256 square = int256(Reals.squareOf(x));
                // x · (sinh x / x) / cosh x
                uint256 quotient = (Series.sineQuotient(square) << Reals.FRACTION_BITS) / Series.cosine(square);
                return Reals.product(x, quotient, Reals.FRACTION_BITS);
            }
            uint256 power = _falling(2 * _limited(x));
            int256 value = int256(((ONE - power) << Reals.FRACTION_BITS) / (ONE + power));
            return Reals.ofFixed(FloatParts.isNegative(x) ? -value : value, Reals.FRACTION_BITS);
        }
    }

    /// @notice 1/(1 + e⁻ˣ)
    function sigmoid(uint32 x) internal pure returns (Real memory) {
        unchecked {
            (uint256 power, int256 exponent) = powerOf(-_limited(x));
            uint256 denominator = ONE + Reals.shifted(power, exponent);
            if (!FloatParts.isNegative(x)) {
                return Reals.ofFixed(int256((ONE << Reals.FRACTION_BITS) / denominator), Reals.FRACTION_BITS);
            }
            // eˣ/(1 + eˣ)
            return _scaled((power << Reals.FRACTION_BITS) / denominator, exponent);
        }
    }

    /// @notice x as the exponent of a power, in fixed point, between ±128.
    function exponentOf(uint32 x) internal pure returns (int256) {
        unchecked {
            return FloatParts.isNegative(x) ? -_limited(x) : _limited(x);
        }
    }

    /// @notice e^x = power · 2^exponent with the power, in fixed point, from 0.7 to 1.42; for |x| ≤ 256.
    /// @dev ln 2 is off by less than 2^-121, and is taken 370 times at most, which makes 2^-112 of the power.
    function powerOf(int256 x) internal pure returns (uint256 power, int256 exponent) {
        unchecked {
            int256 unit = int256(LOGARITHM_OF_TWO);
            exponent = (x + (x < 0 ? -unit / 2 : unit / 2)) / unit;
            power = Series.exponential(x - exponent * unit);
        }
    }

    /// @dev e^-x in fixed point, for x ≥ 0.
    function _falling(int256 x) private pure returns (uint256) {
        (uint256 power, int256 exponent) = powerOf(-x);
        return Reals.shifted(power, exponent);
    }

    function _isBelowOne(uint32 x) private pure returns (bool) {
        return FloatArithmetic.absolute(x) < Float32.ONE;
    }

    function _limited(uint32 x) private pure returns (int256) {
        return int256(Reals.magnitudeOf(FloatArithmetic.absolute(x) < LIMIT ? x : LIMIT));
    }

    function _scaled(uint256 power, int256 exponent) private pure returns (Real memory) {
        unchecked {
            return Real(false, power, exponent - int256(Reals.FRACTION_BITS));
        }
    }
}
