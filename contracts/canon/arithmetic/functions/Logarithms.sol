// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../../Float32.sol";
import {FloatParts} from "../FloatParts.sol";
import {Rounding} from "../Rounding.sol";
import {Exponentials} from "./Exponentials.sol";
import {Real} from "./Real.sol";
import {Reals} from "./Reals.sol";
import {Series} from "./Series.sol";

/// @notice LOG and SOFTPLUS of docs/canon.md, section 5, of numbers, closely.
/// @dev With a relative error below 2^-100 each.
library Logarithms {
    uint256 private constant ONE = Reals.ONE;

    uint256 private constant FINE_BITS = 180;
    int256 private constant LOGARITHM_OF_TWO = 0xb17217f7d1cf79abc9e3b39803f2f6af40f343267298b;

    /// @dev √2 · 2^23
    uint256 private constant ROOT_OF_TWO = 11863283;

    /// @notice ln x = exponent · ln 2 + 2 · artanh ((m - 1)/(m + 1)) with x = m · 2^exponent and m from √½ to √2; for x
    ///         above zero.
    /// @dev Where the exponent isn't zero, the magnitude is at least (ln 2)/2. Where it is, only the relative error of
    ///      the series counts, as m - 1 is exact.
    function logarithm(uint32 x) internal pure returns (Real memory) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            uint256 missing = 24 - Rounding.bitLength(significand);
            significand <<= missing;
            int256 exponent = int256(scale) - int256(missing) + FloatParts.LEAST_EXPONENT + 23;
            int256 one = 1 << 23;
            if (significand > ROOT_OF_TWO) {
                one <<= 1;
                exponent++;
            }
            int256 numerator = int256(significand) - one;
            int256 denominator = int256(significand) + one;
            int256 square = ((numerator * numerator) << Reals.FRACTION_BITS) / (denominator * denominator);
            int256 quotient = int256(Series.tangentQuotient(square));
            // Twice, and from 120 to 180 fraction bits.
            int256 ofM = ((numerator * quotient) << 61) / denominator;
            return Reals.ofFixed(exponent * LOGARITHM_OF_TWO + ofM, FINE_BITS);
        }
    }

    /// @notice ln(1 + eˣ) = max(x, 0) + 2 · artanh (t/(2 + t)) with t = e^-|x|.
    function softplus(uint32 x) internal pure returns (Real memory real) {
        unchecked {
            bool negative = FloatParts.isNegative(x);
            (uint256 power, int256 exponent) = Exponentials.powerOf(Exponentials.exponentOf(x | Float32.SIGN));
            uint256 denominator = 2 * ONE + Reals.shifted(power, exponent);
            // t is power · 2^exponent, and so that small ones keep their bits the factor 2^exponent comes last.
            uint256 part = (power << Reals.FRACTION_BITS) / denominator;
            uint256 root = Reals.shifted(part, exponent);
            uint256 quotient = Series.tangentQuotient(int256((root * root) >> Reals.FRACTION_BITS));
            uint256 magnitude = (part * quotient) >> (Reals.FRACTION_BITS - 1);
            real = Real(false, magnitude, exponent - int256(Reals.FRACTION_BITS));
            if (!negative) {
                // Beyond there the logarithm vanishes beside x.
                if (x > Exponentials.LIMIT) return Reals.product(x, 1, 0);
                real.magnitude = Reals.magnitudeOf(x) + Reals.shifted(magnitude, exponent);
                real.exponent = -int256(Reals.FRACTION_BITS);
            }
        }
    }
}
