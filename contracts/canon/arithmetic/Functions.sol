// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {Circles} from "./functions/Circles.sol";
import {ErrorFunction} from "./functions/ErrorFunction.sol";
import {Exponentials} from "./functions/Exponentials.sol";
import {Logarithms} from "./functions/Logarithms.sol";
import {Real} from "./functions/Real.sol";

/// @notice The ten functions of docs/canon.md, section 5, correctly rounded for every float32.
/// @dev One pass decides every rounding. Of all 2^32 arguments none was found whose result comes nearer to a border of
///      rounding than 2^-53 of a last place (SIGMOID; for the others 2^-34: canon/vectors/README.md), or 2^-78 of
///      itself, and the relative errors here are below 2^-95. So there is no second, closer pass that no test could
///      ever reach. Where the result is a float32 or nearly one, it is far from a border.
library Functions {
    uint8 internal constant EXP = 0x50;
    uint8 internal constant LOG = 0x51;
    uint8 internal constant TANH = 0x52;
    uint8 internal constant ERF = 0x53;
    uint8 internal constant SIGMOID = 0x54;
    uint8 internal constant SIN = 0x55;
    uint8 internal constant COS = 0x56;
    uint8 internal constant ATAN = 0x57;
    uint8 internal constant SINH = 0x58;
    uint8 internal constant SOFTPLUS = 0x59;

    uint32 private constant NOT_A_NUMBER = Float32.NOT_A_NUMBER;
    uint32 private constant INFINITY = Float32.INFINITY;
    uint32 private constant NEGATIVE_INFINITY = Float32.INFINITY | Float32.SIGN;
    uint32 private constant ONE = Float32.ONE;
    uint32 private constant RIGHT_ANGLE = 0x3fc90fdb;

    /// @dev The code is none of the ten.
    error UnknownFunction(uint8 code);

    /// @notice The function at canonical bits.
    function evaluate(uint8 code, uint32 x) internal pure returns (uint32) {
        if (code < EXP || code > SOFTPLUS) revert UnknownFunction(code);
        if (x == NOT_A_NUMBER) return NOT_A_NUMBER;
        if (!Float32.isFinite(x)) return _atInfinity(code, x != INFINITY);
        if (code == LOG) {
            if (x == 0) return NEGATIVE_INFINITY;
            if (x & Float32.SIGN != 0) return NOT_A_NUMBER;
        }
        return approximate(code, x).round();
    }

    /// @notice The function at a number, above zero for LOG, with a relative error below 2^-95; or, where RN of it is
    ///         the same, the number that stands for it: beyond ±128 that of ±128, for ERF beyond ±4 that is ±1.
    function approximate(uint8 code, uint32 x) internal pure returns (Real memory) {
        if (code == EXP) return Exponentials.exponential(x);
        if (code == LOG) return Logarithms.logarithm(x);
        if (code == TANH) return Exponentials.hyperbolicTangent(x);
        if (code == ERF) return ErrorFunction.errorFunction(x);
        if (code == SIGMOID) return Exponentials.sigmoid(x);
        if (code == SIN) return Circles.sine(x);
        if (code == COS) return Circles.cosine(x);
        if (code == ATAN) return Circles.arctangent(x);
        if (code == SINH) return Exponentials.hyperbolicSine(x);
        return Logarithms.softplus(x);
    }

    function _atInfinity(uint8 code, bool negative) private pure returns (uint32) {
        if (code == EXP || code == SIGMOID || code == SOFTPLUS) {
            if (negative) return 0;
            return code == SIGMOID ? ONE : INFINITY;
        }
        if (code == LOG) return negative ? NOT_A_NUMBER : INFINITY;
        if (code == SIN || code == COS) return NOT_A_NUMBER;
        uint32 limit =
            code == ATAN
                ? RIGHT_ANGLE
                : code == SINH
                    ? INFINITY
                    : ONE;
        return negative ? limit | Float32.SIGN : limit;
    }
}
