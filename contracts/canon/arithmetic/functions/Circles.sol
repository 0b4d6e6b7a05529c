// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {FloatArithmetic} from "../FloatArithmetic.sol";
import {FloatParts} from "../FloatParts.sol";
import {Real} from "./Real.sol";
import {Reals} from "./Reals.sol";
import {Series} from "./Series.sol";

/// @notice SIN, COS and ATAN of docs/canon.md, section 5, of numbers, closely.
/// @dev With a relative error below 2^-95 each.
library Circles {
    uint32 private constant ONE_HALF = 0x3f000000;

    /// @dev 2/π with 512 fraction bits.
    uint256 private constant QUADRANTS_HIGH = 0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561;
    uint256 private constant QUADRANTS_LOW = 0xb7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484;
    uint256 private constant TURN_BITS = 200;

    /// @dev π/2 with 100 and with 180 fraction bits, and π/4 with 180.
    int256 private constant RIGHT_ANGLE = 0x1921fb54442d18469898cc5170;
    int256 private constant FINE_RIGHT_ANGLE = 0x1921fb54442d18469898cc51701b839a252049c1114cfa;
    int256 private constant FINE_HALF_RIGHT_ANGLE = 0xc90fdaa22168c234c4c6628b80dc1cd129024e088a67d;
    uint256 private constant FINE_BITS = 180;

    uint256 private constant REST_BITS = 150;

    /// @dev The greatest float32 below 5/12, and the least one above 12/5.
    uint32 private constant FLAT = 0x3ed55555;
    uint32 private constant STEEP = 0x4019999a;

    /// @notice sin x
    function sine(uint32 x) internal pure returns (Real memory) {
        if (_isBelowHalf(x)) return _sineBesideZero(x);
        (uint256 quadrant, int256 rest) = _reduced(x);
        // sin(-x) = -sin x, half a turn on.
        return _sineOf(FloatParts.isNegative(x) ? quadrant + 2 : quadrant, rest);
    }

    /// @notice cos x = sin(|x| + π/2)
    function cosine(uint32 x) internal pure returns (Real memory) {
        unchecked {
            if (_isBelowHalf(x)) {
                return Reals.ofFixed(int256(Series.cosine(-int256(Reals.squareOf(x)))), Reals.FRACTION_BITS);
            }
            (uint256 quadrant, int256 rest) = _reduced(x);
            return _sineOf(quadrant + 1, rest);
        }
    }

    /// @notice arctan x
    function arctangent(uint32 x) internal pure returns (Real memory real) {
        unchecked {
            uint32 magnitude = FloatArithmetic.absolute(x);
            if (magnitude <= FLAT) {
                return Reals.product(x, Series.tangentQuotient(-int256(Reals.squareOf(x))), Reals.FRACTION_BITS);
            }
            int256 angle = magnitude >= STEEP ? _steepAngle(magnitude) : _middleAngle(magnitude);
            return Reals.ofFixed(FloatParts.isNegative(x) ? -angle : angle, FINE_BITS);
        }
    }

    /// @dev sin(quadrant · π/2 + rest), the rest in fixed point with 150 fraction bits.
    function _sineOf(uint256 quadrant, int256 rest) private pure returns (Real memory real) {
        unchecked {
            int256 coarse = rest >> (REST_BITS - Reals.FRACTION_BITS);
            int256 square = -((coarse * coarse) >> Reals.FRACTION_BITS);
            if (quadrant & 1 == 0) {
                // Without 20 of the quotient's bits the product has at most 150 + 101.
                real = Reals.ofFixed(rest * int256(Series.sineQuotient(square) >> 20), REST_BITS + 100);
            } else {
                real = Reals.ofFixed(int256(Series.cosine(square)), Reals.FRACTION_BITS);
            }
            if (quadrant & 2 != 0) real.negative = !real.negative;
        }
    }

    /// @dev |x| = quadrant · π/2 + rest, but for whole turns; for |x| ≥ ½. The rest lies within ±π/4, with 150 fraction
    ///      bits. Of 2/π as many bits are taken as turn |x| into less than four quadrants and 200 bits behind the
    ///      point, so that the error is below 2^24 · 2^-200. No float32 comes nearer to a multiple of π/2 than 2^-29.9
    ///      of a quadrant (by the continued fraction of 2^e · 2/π, for each exponent e), so that 2^-150 and the 100
    ///      bits of π/2 leave a relative error of 2^-99.
    function _reduced(uint32 x) private pure returns (uint256 quadrant, int256 rest) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            // 512 - 200 bits are too many, less the exponent of x, which is from -24 to 104.
            uint256 excess = uint256(312 - FloatParts.LEAST_EXPONENT) - scale;
            uint256 quadrants =
                excess < 256
                    ? (QUADRANTS_HIGH << (256 - excess)) | (QUADRANTS_LOW >> excess)
                    : QUADRANTS_HIGH >> (excess - 256);
            uint256 wholeTurn = (1 << (TURN_BITS + 2)) - 1;
            uint256 place = ((quadrants & wholeTurn) * significand) & wholeTurn;
            quadrant = (place + (1 << (TURN_BITS - 1))) >> TURN_BITS;
            int256 share = int256(place) - int256(quadrant << TURN_BITS);
            rest = ((share >> (TURN_BITS - REST_BITS)) * RIGHT_ANGLE) >> 100;
        }
    }

    /// @dev π/4 + arctan((x - 1)/(x + 1)), for x from 5/12 to 12/5: the quotient lies within ±7/17.
    function _middleAngle(uint32 x) private pure returns (int256) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            int256 one = int256(1 << uint256(-FloatParts.LEAST_EXPONENT - int256(scale)));
            int256 numerator = int256(significand) - one;
            int256 denominator = int256(significand) + one;
            int256 square = ((numerator * numerator) << Reals.FRACTION_BITS) / (denominator * denominator);
            int256 quotient = int256(Series.tangentQuotient(-square));
            return FINE_HALF_RIGHT_ANGLE + ((numerator * quotient) << (FINE_BITS - Reals.FRACTION_BITS)) / denominator;
        }
    }

    /// @dev π/2 - arctan(1/x), for x ≥ 12/5.
    function _steepAngle(uint32 x) private pure returns (int256) {
        unchecked {
            (uint256 significand, uint256 scale) = FloatParts.split(x);
            // With 130 fraction bits; the exponent of x is from -22 to 104.
            uint256 inverse = (1 << uint256(130 - FloatParts.LEAST_EXPONENT - int256(scale))) / significand;
            uint256 coarse = inverse >> 10;
            int256 square = int256((coarse * coarse) >> Reals.FRACTION_BITS);
            uint256 angle = inverse * Series.tangentQuotient(-square);
            return FINE_RIGHT_ANGLE - int256(angle >> (130 + Reals.FRACTION_BITS - FINE_BITS));
        }
    }

    function _sineBesideZero(uint32 x) private pure returns (Real memory) {
        unchecked {
            return Reals.product(x, Series.sineQuotient(-int256(Reals.squareOf(x))), Reals.FRACTION_BITS);
        }
    }

    function _isBelowHalf(uint32 x) private pure returns (bool) {
        return FloatArithmetic.absolute(x) < ONE_HALF;
    }
}
