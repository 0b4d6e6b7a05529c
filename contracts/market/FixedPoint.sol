// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Float32} from "../canon/Float32.sol";
import {FloatParts} from "../canon/arithmetic/FloatParts.sol";
import {Rounding} from "../canon/arithmetic/Rounding.sol";

/// @notice Turns fixed-point numbers into float32 and back. Both ways give the number nearest to the exact value, and of two
///         equally near ones the even one.
/// @dev The fixed-point number `value` with `decimals` decimals is value / 10^decimals. A float32 is given by its bits.
library FixedPoint {
    /// @dev 10^77 is the greatest power of ten in a word.
    uint8 internal constant MAXIMUM_DECIMALS = 77;

    /// @dev More than 77 decimals.
    error TooManyDecimals(uint8 decimals);
    /// @dev A NaN is no number.
    error NotANumber(uint32 bits);
    /// @dev The float32, possibly infinite, with so many decimals is beyond an int256.
    error FixedPointOverflow(uint32 bits, uint8 decimals);

    /// @notice The float32 nearest to value / 10^decimals: subnormal or zero when tiny, infinite when huge, never -0.
    function toFloat32(int256 value, uint8 decimals) internal pure returns (uint32) {
        uint256 magnitude = SignedMath.abs(value);
        uint256 scale = _scaleOf(decimals);
        if (magnitude == 0) return 0;

        // magnitude / scale lies in ]2^(exponent - 1), 2^(exponent + 1)[
        int256 exponent = int256(Math.log2(magnitude)) - int256(Math.log2(scale));
        if (exponent < FloatParts.LEAST_EXPONENT - 2) return 0;
        if (exponent > 128) return FloatParts.infinity(value < 0);

        // 26 or 27 bits of the quotient, and whether anything lies below them, decide every rounding.
        int256 shift = 26 - exponent;
        uint256 quotient;
        bool inexact;
        if (shift >= 0) {
            uint256 factor = 1 << uint256(shift);
            quotient = Math.mulDiv(magnitude, factor, scale);
            inexact = mulmod(magnitude, factor, scale) != 0;
        } else {
            uint256 divisor = scale << uint256(-shift);
            quotient = magnitude / divisor;
            inexact = magnitude % divisor != 0;
        }
        return Rounding.round(value < 0, quotient, -shift, inexact);
    }

    /// @notice The fixed-point number nearest to a float32.
    /// @dev Reverts with NotANumber for a NaN and with FixedPointOverflow if it would be beyond 2^255 - 1 in magnitude.
    function fromFloat32(uint32 bits, uint8 decimals) internal pure returns (int256) {
        if (Float32.isNotANumber(bits)) revert NotANumber(bits);
        if (!Float32.isFinite(bits)) revert FixedPointOverflow(bits, decimals);

        (uint256 significand, uint256 scale) = FloatParts.split(bits);
        int256 exponent = int256(scale) + FloatParts.LEAST_EXPONENT;

        // The exact value is [high low] / 2^shift.
        uint256 shift = 0;
        if (exponent < 0) shift = uint256(-exponent);
        else significand <<= uint256(exponent);
        (uint256 high, uint256 low) = Math.mul512(significand, _scaleOf(decimals));
        if (high >> shift != 0) revert FixedPointOverflow(bits, decimals);
        uint256 magnitude = shift == 0 ? low : (high << (256 - shift)) | (low >> shift);
        if (shift != 0 && _roundsUp(magnitude, low & ((1 << shift) - 1), shift)) {
            magnitude = Math.saturatingAdd(magnitude, 1);
        }
        if (magnitude > uint256(type(int256).max)) revert FixedPointOverflow(bits, decimals);

        int256 value = int256(magnitude);
        return FloatParts.isNegative(bits) ? -value : value;
    }

    /// @dev Whether kept + rest / 2^dropped is nearer to kept + 1, or as near and kept is odd.
    function _roundsUp(uint256 kept, uint256 rest, uint256 dropped) private pure returns (bool) {
        uint256 half = 1 << (dropped - 1);
        return rest > half || (rest == half && kept % 2 == 1);
    }

    function _scaleOf(uint8 decimals) private pure returns (uint256) {
        if (decimals > MAXIMUM_DECIMALS) revert TooManyDecimals(decimals);
        return 10 ** uint256(decimals);
    }
}
