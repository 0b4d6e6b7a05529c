// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor} from "../canon/TensorType.sol";
import {FixedPoint} from "../market/FixedPoint.sol";
import {Tensors} from "../market/Tensors.sol";

/// @notice Makes Tensors and FixedPoint callable by tests; lists at once, so that very many cases can be tried.
contract TensorsHarness {
    function toFloat32(int256 value, uint8 decimals) external pure returns (uint32) {
        return FixedPoint.toFloat32(value, decimals);
    }

    function fromFloat32(uint32 bits, uint8 decimals) external pure returns (int256) {
        return FixedPoint.fromFloat32(bits, decimals);
    }

    function toFloat32Many(
        int256[] calldata values,
        uint8[] calldata decimals
    ) external pure returns (uint32[] memory bits) {
        bits = new uint32[](values.length);
        for (uint256 index = 0; index < values.length; index++) {
            bits[index] = FixedPoint.toFloat32(values[index], decimals[index]);
        }
    }

    function fromFloat32Many(
        uint32[] calldata bits,
        uint8[] calldata decimals
    ) external pure returns (int256[] memory values) {
        values = new int256[](bits.length);
        for (uint256 index = 0; index < bits.length; index++) {
            values[index] = FixedPoint.fromFloat32(bits[index], decimals[index]);
        }
    }

    function ofFixedPoint(
        int256[] calldata values,
        uint8 decimals,
        uint256[] calldata shape
    ) external pure returns (Tensor memory) {
        return Tensors.ofFixedPoint(values, decimals, shape);
    }

    function ofFloat32(uint32[] calldata bits, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofFloat32(bits, shape);
    }

    function ofUint8(bytes calldata values, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofUint8(values, shape);
    }

    function ofInt8(int8[] calldata values, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofInt8(values, shape);
    }

    function ofInt32(int32[] calldata values, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofInt32(values, shape);
    }

    function ofInt64(int64[] calldata values, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofInt64(values, shape);
    }

    function ofBool(bool[] calldata values, uint256[] calldata shape) external pure returns (Tensor memory) {
        return Tensors.ofBool(values, shape);
    }

    /// @notice A scalar of each type: value / 100 as float32, the bits of one, then the value as each integer, last a bool.
    function scalars(int8 value) external pure returns (Tensor[7] memory) {
        return
            [
                Tensors.ofFixedPoint(value, 2),
                Tensors.ofFloat32(0x3f800000),
                Tensors.ofUint8(uint8(value)),
                Tensors.ofInt8(value),
                Tensors.ofInt32(value),
                Tensors.ofInt64(value),
                Tensors.ofBool(value != 0)
            ];
    }

    function shapes() external pure returns (uint256[][5] memory) {
        return
            [Tensors.shape(), Tensors.shape(2), Tensors.shape(2, 3), Tensors.shape(2, 3, 4), Tensors.shape(2, 3, 4, 5)];
    }

    function fixedPointAt(Tensor calldata tensor, uint256 index, uint8 decimals) external pure returns (int256) {
        return Tensors.fixedPointAt(tensor, index, decimals);
    }

    function float32At(Tensor calldata tensor, uint256 index) external pure returns (uint32) {
        return Tensors.float32At(tensor, index);
    }

    function uint8At(Tensor calldata tensor, uint256 index) external pure returns (uint8) {
        return Tensors.uint8At(tensor, index);
    }

    function int8At(Tensor calldata tensor, uint256 index) external pure returns (int8) {
        return Tensors.int8At(tensor, index);
    }

    function int32At(Tensor calldata tensor, uint256 index) external pure returns (int32) {
        return Tensors.int32At(tensor, index);
    }

    function int64At(Tensor calldata tensor, uint256 index) external pure returns (int64) {
        return Tensors.int64At(tensor, index);
    }

    function boolAt(Tensor calldata tensor, uint256 index) external pure returns (bool) {
        return Tensors.boolAt(tensor, index);
    }

    function argmax(Tensor calldata tensor) external pure returns (uint256) {
        return Tensors.argmax(tensor);
    }
}
