// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../canon/Float32.sol";
import {Tensor} from "../canon/TensorType.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {FixedPoint} from "./FixedPoint.sol";

/// @notice Builds the tensors that a request takes and reads those that an answer brings.
/// @dev Inputs:  `Tensors.ofFixedPoint(values, 18, Tensors.shape(1, 32))`
///      Outputs: `using Tensors for Tensor;` then `outputs[0].fixedPointAt(0, 18)`
///      A float32 that is read has the canonical form: one zero, one NaN.
library Tensors {
    /// @dev The tensor's elements have another type.
    error WrongDtype(uint8 given, uint8 expected);
    /// @dev Elements of this type (bool) have no order.
    error NotOrdered(uint8 dtype);
    /// @dev There is no element `index`: the tensor has `count`.
    error OutOfRange(uint256 index, uint256 count);
    /// @dev The number of values is not the number of elements that the shape has.
    error WrongElementCount(uint256 given, uint256 expected);

    /// @dev A NaN's place among the values of argmax: above them all.
    int64 private constant ABOVE_ALL = type(int64).max;

    /// @notice The shape of a scalar.
    function shape() internal pure returns (uint256[] memory) {
        return new uint256[](0);
    }

    /// @notice The shape of a vector.
    function shape(uint256 first) internal pure returns (uint256[] memory sizes) {
        sizes = new uint256[](1);
        sizes[0] = first;
    }

    /// @notice A shape of two dimensions.
    function shape(uint256 first, uint256 second) internal pure returns (uint256[] memory sizes) {
        sizes = new uint256[](2);
        (sizes[0], sizes[1]) = (first, second);
    }

    /// @notice A shape of three dimensions.
    function shape(uint256 first, uint256 second, uint256 third) internal pure returns (uint256[] memory sizes) {
        sizes = new uint256[](3);
        (sizes[0], sizes[1], sizes[2]) = (first, second, third);
    }

    /// @notice A shape of four dimensions.
    function shape(
        uint256 first,
        uint256 second,
        uint256 third,
        uint256 fourth
    ) internal pure returns (uint256[] memory sizes) {
        sizes = new uint256[](4);
        (sizes[0], sizes[1], sizes[2], sizes[3]) = (first, second, third, fourth);
    }

    /// @notice A float32 tensor of the numbers nearest to values / 10^decimals, decimals at most 77.
    function ofFixedPoint(
        int256[] memory values,
        uint8 decimals,
        uint256[] memory sizes
    ) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.FLOAT32, sizes, values.length);
        for (uint256 index = 0; index < values.length; index++) {
            _put(tensor.data, index, 4, FixedPoint.toFloat32(values[index], decimals));
        }
    }

    /// @notice A float32 tensor of the given bits.
    function ofFloat32(uint32[] memory bits, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.FLOAT32, sizes, bits.length);
        for (uint256 index = 0; index < bits.length; index++) {
            _put(tensor.data, index, 4, bits[index]);
        }
    }

    /// @notice A uint8 tensor. It takes the bytes over without copying them.
    function ofUint8(bytes memory values, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor.kind = TensorTypes.pack(TensorTypes.UINT8, sizes);
        _requireCount(values.length, tensor.kind.count());
        tensor.data = values;
    }

    /// @notice An int8 tensor.
    function ofInt8(int8[] memory values, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.INT8, sizes, values.length);
        for (uint256 index = 0; index < values.length; index++) {
            _put(tensor.data, index, 1, uint8(values[index]));
        }
    }

    /// @notice An int32 tensor.
    function ofInt32(int32[] memory values, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.INT32, sizes, values.length);
        for (uint256 index = 0; index < values.length; index++) {
            _put(tensor.data, index, 4, uint32(values[index]));
        }
    }

    /// @notice An int64 tensor.
    function ofInt64(int64[] memory values, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.INT64, sizes, values.length);
        for (uint256 index = 0; index < values.length; index++) {
            _put(tensor.data, index, 8, uint64(values[index]));
        }
    }

    /// @notice A bool tensor.
    function ofBool(bool[] memory values, uint256[] memory sizes) internal pure returns (Tensor memory tensor) {
        tensor = _allocate(TensorTypes.BOOL, sizes, values.length);
        for (uint256 index = 0; index < values.length; index++) {
            _put(tensor.data, index, 1, values[index] ? 1 : 0);
        }
    }

    /// @notice A scalar float32: the number nearest to value / 10^decimals.
    function ofFixedPoint(int256 value, uint8 decimals) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.FLOAT32, FixedPoint.toFloat32(value, decimals));
    }

    /// @notice A scalar float32 of the given bits.
    function ofFloat32(uint32 bits) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.FLOAT32, bits);
    }

    /// @notice A scalar uint8.
    function ofUint8(uint8 value) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.UINT8, value);
    }

    /// @notice A scalar int8.
    function ofInt8(int8 value) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.INT8, uint8(value));
    }

    /// @notice A scalar int32.
    function ofInt32(int32 value) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.INT32, uint32(value));
    }

    /// @notice A scalar int64.
    function ofInt64(int64 value) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.INT64, uint64(value));
    }

    /// @notice A scalar bool.
    function ofBool(bool value) internal pure returns (Tensor memory) {
        return _scalar(TensorTypes.BOOL, value ? 1 : 0);
    }

    /// @notice An element of a float32 tensor as fixed-point number, rounded to the nearest, ties to even.
    /// @dev Reverts with FixedPoint.NotANumber for a NaN, FixedPoint.FixedPointOverflow for an infinity or too large a
    ///      number. Reverts in onInference lose the callback: check `float32At` first where an answer may be either.
    function fixedPointAt(Tensor calldata tensor, uint256 index, uint8 decimals) internal pure returns (int256) {
        return FixedPoint.fromFloat32(float32At(tensor, index), decimals);
    }

    /// @notice The bits of an element of a float32 tensor, in canonical form.
    function float32At(Tensor calldata tensor, uint256 index) internal pure returns (uint32) {
        return Float32.canonical(uint32(_element(tensor, index, TensorTypes.FLOAT32)));
    }

    /// @notice An element of a uint8 tensor.
    function uint8At(Tensor calldata tensor, uint256 index) internal pure returns (uint8) {
        return uint8(_element(tensor, index, TensorTypes.UINT8));
    }

    /// @notice An element of an int8 tensor.
    function int8At(Tensor calldata tensor, uint256 index) internal pure returns (int8) {
        return int8(uint8(_element(tensor, index, TensorTypes.INT8)));
    }

    /// @notice An element of an int32 tensor.
    function int32At(Tensor calldata tensor, uint256 index) internal pure returns (int32) {
        return int32(uint32(_element(tensor, index, TensorTypes.INT32)));
    }

    /// @notice An element of an int64 tensor.
    function int64At(Tensor calldata tensor, uint256 index) internal pure returns (int64) {
        return int64(uint64(_element(tensor, index, TensorTypes.INT64)));
    }

    /// @notice An element of a bool tensor: whether its byte is not zero.
    function boolAt(Tensor calldata tensor, uint256 index) internal pure returns (bool) {
        return _element(tensor, index, TensorTypes.BOOL) != 0;
    }

    /// @notice The row-major index of the greatest element of a float32 or integer tensor. The lowest index wins among
    ///         equals; a NaN counts as greater than every number.
    function argmax(Tensor calldata tensor) internal pure returns (uint256 best) {
        uint8 dtype = tensor.kind.dtype();
        int64 greatest = _rankOf(dtype, _element(tensor, 0, dtype));
        uint256 count = tensor.data.length / TensorTypes.widthOf(dtype);
        for (uint256 index = 1; index < count; index++) {
            int64 candidate = _rankOf(dtype, _element(tensor, index, dtype));
            if (candidate > greatest) (best, greatest) = (index, candidate);
        }
    }

    /// @dev A number that orders elements of one type as argmax does.
    function _rankOf(uint8 dtype, uint256 element) private pure returns (int64) {
        if (dtype == TensorTypes.FLOAT32) {
            uint32 bits = uint32(element);
            return Float32.isNotANumber(bits) ? ABOVE_ALL : Float32.orderOf(bits);
        }
        if (dtype == TensorTypes.UINT8) return int64(uint64(element));
        if (dtype == TensorTypes.INT8) return int8(uint8(element));
        if (dtype == TensorTypes.INT32) return int32(uint32(element));
        if (dtype == TensorTypes.INT64) return int64(uint64(element));
        revert NotOrdered(dtype);
    }

    /// @dev An element's bytes as unsigned number.
    function _element(Tensor calldata tensor, uint256 index, uint8 dtype) private pure returns (uint256) {
        uint8 given = tensor.kind.dtype();
        if (given != dtype) revert WrongDtype(given, dtype);
        uint256 width = TensorTypes.widthOf(dtype);
        if (width == 0) revert TensorTypes.UnknownDtype(dtype);
        uint256 count = tensor.data.length / width;
        if (index >= count) revert OutOfRange(index, count);
        return uint256(bytes32(tensor.data[index * width:(index + 1) * width])) >> (256 - 8 * width);
    }

    function _scalar(uint8 dtype, uint256 value) private pure returns (Tensor memory tensor) {
        tensor = _allocate(dtype, shape(), 1);
        _put(tensor.data, 0, TensorTypes.widthOf(dtype), value);
    }

    function _allocate(
        uint8 dtype,
        uint256[] memory sizes,
        uint256 values
    ) private pure returns (Tensor memory tensor) {
        tensor.kind = TensorTypes.pack(dtype, sizes);
        _requireCount(values, tensor.kind.count());
        tensor.data = new bytes(values * TensorTypes.widthOf(dtype));
    }

    function _requireCount(uint256 values, uint256 expected) private pure {
        if (values != expected) revert WrongElementCount(values, expected);
    }

    /// @dev Writes an element into data that are still zero there. The word that ends with the element begins at or after
    ///      the array's length, so nothing outside the array is touched.
    function _put(bytes memory data, uint256 index, uint256 width, uint256 value) private pure {
        assembly ("memory-safe") {
            let word := add(data, mul(add(index, 1), width))
            mstore(word, or(mload(word), value))
        }
    }
}
