// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../canon/Float32.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {Casts} from "../canon/arithmetic/Casts.sol";
import {ExactSum} from "../canon/arithmetic/ExactSum.sol";
import {FloatArithmetic} from "../canon/arithmetic/FloatArithmetic.sol";
import {FloatOrder} from "../canon/arithmetic/FloatOrder.sol";
import {Integers} from "../canon/arithmetic/Integers.sol";
import {Within} from "../canon/arithmetic/Within.sol";
import {Elements} from "../canon/steps/Elements.sol";

/// @notice Makes the primitives of canon/arithmetic callable by tests, many at once.
/// @dev Elements lie right-aligned in words of eight bytes: the bits of a float32, the two's complement of an integer.
contract ArithmeticHarness {
    error UnknownPrimitive(uint8 code);

    /// @notice CAST of every element.
    function castAll(uint8 from, uint8 to, uint64[] calldata elements) external pure returns (uint64[] memory results) {
        results = new uint64[](elements.length);
        for (uint256 index = 0; index < elements.length; index++) {
            results[index] = Elements.bitsOf(to, Casts.cast(from, to, Elements.read(from, elements[index])));
        }
    }

    /// @notice A primitive of operands and result of the dtype, or result bool; the second operand is ignored by those
    ///         that have one.
    function applyAll(
        uint8 code,
        uint8 dtype,
        uint64[] calldata a,
        uint64[] calldata b
    ) external pure returns (uint64[] memory results) {
        results = new uint64[](a.length);
        for (uint256 index = 0; index < a.length; index++) {
            int256 left = Elements.read(dtype, a[index]);
            int256 right = Elements.read(dtype, b[index]);
            int256 result =
                dtype == TensorTypes.FLOAT32
                    ? int256(uint256(_ofFloats(code, uint32(uint256(left)), uint32(uint256(right)))))
                    : _ofIntegers(code, dtype, left, right);
            bool compares = code & 0xf0 == 0x10;
            results[index] = compares ? uint64(uint256(result)) : Elements.bitsOf(dtype, result);
        }
    }

    /// @notice WITHIN of many claims and right values, with the same tolerances.
    function withinAll(
        uint32[] calldata c,
        uint32[] calldata y,
        uint32[] calldata absolute,
        uint32[] calldata relative
    ) external pure returns (bool[] memory results) {
        results = new bool[](c.length);
        for (uint256 index = 0; index < c.length; index++) {
            (uint32 claimed, uint32 right) = (Float32.canonical(c[index]), Float32.canonical(y[index]));
            results[index] = Within.within(claimed, right, absolute[index], relative[index]);
        }
    }

    function _ofFloats(uint8 code, uint32 a, uint32 b) private pure returns (uint32) {
        if (code < 0x20) return _compared(code, a, b) ? 1 : 0;
        if (code == 0x20) return FloatArithmetic.add(a, b);
        if (code == 0x21) return FloatArithmetic.sub(a, b);
        if (code == 0x22) return FloatArithmetic.mul(a, b);
        if (code == 0x23) return FloatArithmetic.div(a, b);
        if (code == 0x25) return FloatArithmetic.negate(a);
        if (code == 0x26) return FloatArithmetic.absolute(a);
        if (code == 0x27) return FloatOrder.maximum(a, b);
        if (code == 0x28) return FloatOrder.minimum(a, b);
        if (code == 0x40) return FloatArithmetic.sqrt(a);
        if (code == 0x41) return FloatArithmetic.floor(a);
        if (code == 0x42) return FloatArithmetic.ceil(a);
        if (code == 0x43) return FloatArithmetic.rint(a);
        revert UnknownPrimitive(code);
    }

    function _compared(uint8 code, uint32 a, uint32 b) private pure returns (bool) {
        if (code == 0x10) return FloatOrder.equal(a, b);
        if (code == 0x11) return !FloatOrder.equal(a, b);
        if (code == 0x12) return FloatOrder.less(a, b);
        if (code == 0x13) return FloatOrder.lessOrEqual(a, b);
        revert UnknownPrimitive(code);
    }

    function _ofIntegers(uint8 code, uint8 dtype, int256 a, int256 b) private pure returns (int256) {
        if (code == 0x10) return a == b ? int256(1) : int256(0);
        if (code == 0x11) return a != b ? int256(1) : int256(0);
        if (code == 0x12) return a < b ? int256(1) : int256(0);
        if (code == 0x13) return a <= b ? int256(1) : int256(0);
        if (code == 0x20) return Integers.add(dtype, a, b);
        if (code == 0x21) return Integers.sub(dtype, a, b);
        if (code == 0x22) return Integers.mul(dtype, a, b);
        if (code == 0x23) return Integers.div(dtype, a, b);
        if (code == 0x24) return Integers.mod(dtype, a, b);
        if (code == 0x25) return Integers.negate(dtype, a);
        if (code == 0x26) return Integers.absolute(dtype, a);
        if (code == 0x27) return Integers.maximum(a, b);
        if (code == 0x28) return Integers.minimum(a, b);
        if (code == 0x30) return Integers.and(a, b);
        if (code == 0x31) return Integers.or(a, b);
        if (code == 0x32) return Integers.xor(a, b);
        if (code == 0x33) return Integers.not(dtype, a);
        if (code == 0x34) return Integers.shl(dtype, a, b);
        if (code == 0x35) return Integers.shr(dtype, a, b);
        revert UnknownPrimitive(code);
    }
}
