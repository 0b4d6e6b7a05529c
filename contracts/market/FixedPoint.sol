// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {Float32} from "../canon/Float32.sol";

/// @notice Turns fixed-point numbers into float32 and back. Both ways give the number nearest to the exact value, and of two
///         equally near ones the even one.
/// @dev The fixed-point number `value` with `decimals` decimals is value / 10^decimals. A float32 is given by its bits.
library FixedPoint {
    /// @dev 10^77 is the greatest power of ten in a word.
    uint8 internal constant MAXIMUM_DECIMALS = 77;

    int256 private constant LEAST_EXPONENT = -149;
    int256 private constant FRACTION_BITS = 23;
    uint256 private constant HIDDEN_BIT = 1 << 23;

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
        if (exponent < LEAST_EXPONENT - 2) return 0;
        uint32 sign = value < 0 ? Float32.SIGN : 0;
        if (exponent > 128) return sign | Float32.INFINITY;

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
        uint32 rounded = _round(quotient, inexact, -shift);
        return rounded == 0 ? 0 : sign | rounded;
    }

    /// @notice The fixed-point number nearest to a float32.
    /// @dev Reverts with NotANumber for a NaN and with FixedPointOverflow if it would be beyond 2^255 - 1 in magnitude.
    function fromFloat32(uint32 bits, uint8 decimals) internal pure returns (int256) {
        if (Float32.isNotANumber(bits)) revert NotANumber(bits);
        if (!Float32.isFinite(bits)) revert FixedPointOverflow(bits, decimals);

        uint256 significand = bits & (HIDDEN_BIT - 1);
        int256 exponent = int256(uint256(bits & ~Float32.SIGN) >> uint256(FRACTION_BITS)) - 1 + LEAST_EXPONENT;
        if (exponent < LEAST_EXPONENT) exponent = LEAST_EXPONENT;
        else significand |= HIDDEN_BIT;

        // The exact value is [high low] / 2^shift.
        uint256 shift = 0;
        if (exponent < 0) shift = uint256(-exponent);
        else significand <<= uint256(exponent);
        (uint256 high, uint256 low) = Math.mul512(significand, _scaleOf(decimals));
        if (high >> shift != 0) revert FixedPointOverflow(bits, decimals);
        uint256 magnitude = shift == 0 ? low : (high << (256 - shift)) | (low >> shift);
        if (shift != 0 && _roundsUp(magnitude, low & ((1 << shift) - 1), shift, false)) {
            magnitude = Math.saturatingAdd(magnitude, 1);
        }
        if (magnitude > uint256(type(int256).max)) revert FixedPointOverflow(bits, decimals);

        int256 value = int256(magnitude);
        return bits & Float32.SIGN == 0 ? value : -value;
    }

    /// @dev The bits of the float32 nearest to (significand, or a little more if `inexact`) * 2^exponent.
    ///      The significand has at least 26 bits, so that at least two of them are rounded away.
    function _round(uint256 significand, bool inexact, int256 exponent) private pure returns (uint32) {
        int256 unit = int256(Math.log2(significand)) + exponent - FRACTION_BITS;
        if (unit < LEAST_EXPONENT) unit = LEAST_EXPONENT;
        uint256 dropped = uint256(unit - exponent);
        uint256 kept = significand >> dropped;
        if (_roundsUp(kept, significand & ((1 << dropped) - 1), dropped, inexact)) kept++;

        // The hidden bit, and a carry out of the fraction, add themselves to the exponent field.
        uint256 bits = (uint256(unit - LEAST_EXPONENT) << uint256(FRACTION_BITS)) + kept;
        return bits > Float32.INFINITY ? Float32.INFINITY : uint32(bits);
    }

    /// @dev Whether kept + rest / 2^dropped, or a little more if `inexact`, is nearer to kept + 1, or as near and kept is odd.
    function _roundsUp(uint256 kept, uint256 rest, uint256 dropped, bool inexact) private pure returns (bool) {
        uint256 half = 1 << (dropped - 1);
        return rest > half || (rest == half && (inexact || kept % 2 == 1));
    }

    function _scaleOf(uint8 decimals) private pure returns (uint256) {
        if (decimals > MAXIMUM_DECIMALS) revert TooManyDecimals(decimals);
        return 10 ** uint256(decimals);
    }
}
