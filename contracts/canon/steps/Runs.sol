// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {Dtypes} from "../descriptors/Dtypes.sol";

/// @notice Goes through runs of contiguous elements in calldata, where they were opened. Section 6 of docs/canon.md.
library Runs {
    /// @notice The order's place of a NaN: beyond every number, at the end that wins.
    int256 internal constant NOT_A_NUMBER = 1 << 64;

    uint256 private constant UNSIGNED = 31;

    /// @notice The sum of the products of pairs of integers.
    /// @param a Where the first operand's elements begin; b the second's.
    function integerProducts(
        uint256 dtypeA,
        uint256 a,
        uint256 dtypeB,
        uint256 b,
        uint256 count
    ) internal pure returns (int256 sum) {
        uint256 widthA = Dtypes.widthOf(dtypeA);
        uint256 widthB = Dtypes.widthOf(dtypeB);
        uint256 signA = dtypeA == TensorTypes.UINT8 ? UNSIGNED : widthA - 1;
        uint256 signB = dtypeB == TensorTypes.UINT8 ? UNSIGNED : widthB - 1;
        assembly ("memory-safe") {
            let shiftA := sub(256, shl(3, widthA))
            let shiftB := sub(256, shl(3, widthB))
            for {
                let end := add(a, mul(count, widthA))
            } lt(a, end) {
                a := add(a, widthA)
                b := add(b, widthB)
            } {
                let x := signextend(signA, shr(shiftA, calldataload(a)))
                let y := signextend(signB, shr(shiftB, calldataload(b)))
                sum := add(sum, mul(x, y))
            }
        }
    }

    /// @notice The sum of integers.
    function integers(uint256 dtype, uint256 a, uint256 count) internal pure returns (int256 sum) {
        uint256 width = Dtypes.widthOf(dtype);
        uint256 sign = dtype == TensorTypes.UINT8 ? UNSIGNED : width - 1;
        assembly ("memory-safe") {
            let shift := sub(256, shl(3, width))
            for {
                let end := add(a, mul(count, width))
            } lt(a, end) {
                a := add(a, width)
            } {
                sum := add(sum, signextend(sign, shr(shift, calldataload(a))))
            }
        }
    }

    /// @notice The first element that is greater than all before it and than `best`, if there is one.
    /// @param direction 1, or -1 to look for the smallest: then all orders are negated. A NaN is NOT_A_NUMBER for both.
    /// @param best Order of the best element so far.
    /// @return order Of the best one now.
    /// @return place Its place in the run; `count` if it is none of the run's.
    function greatest(
        uint256 dtype,
        uint256 a,
        uint256 count,
        int256 direction,
        int256 best
    ) internal pure returns (int256 order, uint256 place) {
        if (dtype == TensorTypes.FLOAT32) return _greatestFloat(a, count, direction, best);
        return _greatestInteger(dtype, a, count, direction, best);
    }

    /// @notice Whether no byte is zero.
    function all(uint256 a, uint256 count) internal pure returns (bool every) {
        assembly ("memory-safe") {
            every := 1
            for {
                let end := add(a, count)
            } lt(a, end) {
                a := add(a, 1)
            } {
                if iszero(byte(0, calldataload(a))) {
                    every := 0
                }
            }
        }
    }

    function _greatestFloat(
        uint256 a,
        uint256 count,
        int256 direction,
        int256 best
    ) private pure returns (int256 order, uint256 place) {
        uint256 infinity = Float32.INFINITY;
        int256 notANumber = NOT_A_NUMBER;
        order = best;
        place = count;
        assembly ("memory-safe") {
            for {
                let i := 0
            } lt(i, count) {
                i := add(i, 1)
            } {
                let bits := shr(224, calldataload(add(a, shl(2, i))))
                let key := and(bits, 0x7fffffff)
                switch gt(key, infinity)
                case 0 {
                    // Minus the magnitude if the sign is set.
                    key := mul(direction, sub(key, shl(1, mul(key, shr(31, bits)))))
                }
                default {
                    key := notANumber
                }
                if sgt(key, order) {
                    order := key
                    place := i
                }
            }
        }
    }

    function _greatestInteger(
        uint256 dtype,
        uint256 a,
        uint256 count,
        int256 direction,
        int256 best
    ) private pure returns (int256 order, uint256 place) {
        uint256 width = Dtypes.widthOf(dtype);
        uint256 sign = dtype == TensorTypes.UINT8 ? UNSIGNED : width - 1;
        order = best;
        place = count;
        assembly ("memory-safe") {
            let shift := sub(256, shl(3, width))
            for {
                let i := 0
            } lt(i, count) {
                i := add(i, 1)
            } {
                let key := mul(direction, signextend(sign, shr(shift, calldataload(a))))
                a := add(a, width)
                if sgt(key, order) {
                    order := key
                    place := i
                }
            }
        }
    }
}
