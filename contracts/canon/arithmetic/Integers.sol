// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";
import {TensorTypes} from "../TensorTypes.sol";

/// @notice The primitives of docs/canon.md, section 4, that compute with integers: in ℤ, then reduced into the range of
///         the dtype. Operands are values of the dtype; AND, OR, XOR and NOT take a bool, 0 or 1, too.
/// @dev Values have at most 64 bits, so no result in ℤ is beyond an int256.
library Integers {
    /// @notice The value modulo 2^width, in the range of the dtype; of a bool, its last bit.
    function wrap(uint8 dtype, int256 value) internal pure returns (int256) {
        if (dtype == TensorTypes.INT64) return int64(value);
        if (dtype == TensorTypes.INT32) return int32(value);
        if (dtype == TensorTypes.INT8) return int8(value);
        if (dtype == TensorTypes.UINT8) return value & 0xff;
        return value & 1;
    }

    /// @notice The least and the greatest value of an integer dtype.
    function rangeOf(uint8 dtype) internal pure returns (int256 least, int256 greatest) {
        if (dtype == TensorTypes.UINT8) return (0, 0xff);
        if (dtype == TensorTypes.INT8) return (type(int8).min, type(int8).max);
        if (dtype == TensorTypes.INT32) return (type(int32).min, type(int32).max);
        return (type(int64).min, type(int64).max);
    }

    function add(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        return wrap(dtype, a + b);
    }

    function sub(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        return wrap(dtype, a - b);
    }

    function mul(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        return wrap(dtype, a * b);
    }

    /// @notice a / b without its fraction; 0 if b is 0.
    function div(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        return b == 0 ? int256(0) : wrap(dtype, a / b);
    }

    /// @notice a - b · ⌊a/b⌋; 0 if b is 0.
    function mod(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        if (b == 0) return 0;
        int256 rest = a % b;
        // The remainder has the sign of a; where it is to have that of b, it is one b away.
        return wrap(dtype, rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
    }

    function negate(uint8 dtype, int256 a) internal pure returns (int256) {
        return wrap(dtype, -a);
    }

    function absolute(uint8 dtype, int256 a) internal pure returns (int256) {
        return wrap(dtype, a < 0 ? -a : a);
    }

    function maximum(int256 a, int256 b) internal pure returns (int256) {
        return SignedMath.max(a, b);
    }

    function minimum(int256 a, int256 b) internal pure returns (int256) {
        return SignedMath.min(a, b);
    }

    function and(int256 a, int256 b) internal pure returns (int256) {
        return a & b;
    }

    function or(int256 a, int256 b) internal pure returns (int256) {
        return a | b;
    }

    function xor(int256 a, int256 b) internal pure returns (int256) {
        return a ^ b;
    }

    function not(uint8 dtype, int256 a) internal pure returns (int256) {
        return wrap(dtype, ~a);
    }

    /// @notice a · 2^s; 0 if s is negative or at least the width.
    function shl(uint8 dtype, int256 a, int256 s) internal pure returns (int256) {
        return _isShift(dtype, s) ? wrap(dtype, a << uint256(s)) : int256(0);
    }

    /// @notice ⌊a / 2^s⌋; if s is negative or at least the width, -1 for a negative a and else 0.
    function shr(uint8 dtype, int256 a, int256 s) internal pure returns (int256) {
        return a >> (_isShift(dtype, s) ? uint256(s) : 255);
    }

    function _isShift(uint8 dtype, int256 s) private pure returns (bool) {
        return s >= 0 && uint256(s) < 8 * TensorTypes.widthOf(dtype);
    }
}
