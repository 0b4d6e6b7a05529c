// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorType} from "./TensorType.sol";

/// @notice Packs and takes apart tensor types.
/// @dev Attached to TensorType everywhere: `kind.count()`. Only `pack` and `isValid` check a type; the other functions take
///      one that is valid, and say nothing useful of one that isn't.
library TensorTypes {
    uint8 internal constant FLOAT32 = 1;
    uint8 internal constant UINT8 = 2;
    uint8 internal constant INT8 = 3;
    uint8 internal constant INT32 = 6;
    uint8 internal constant INT64 = 7;
    uint8 internal constant BOOL = 9;

    uint256 internal constant MAXIMUM_RANK = 8;
    uint256 internal constant MAXIMUM_COUNT = (1 << 31) - 1;

    uint256 private constant DTYPE_BIT = 252;
    uint256 private constant RANK_BIT = 248;
    uint256 private constant DIMENSION_BITS = 31;
    uint256 private constant DIMENSION_MASK = (1 << DIMENSION_BITS) - 1;

    /// @dev The code is not a dtype's.
    error UnknownDtype(uint8 dtype);
    /// @dev More than eight dimensions.
    error RankTooHigh(uint256 rank);
    /// @dev Dimension `axis` is zero, or the elements up to it are 2^31 or more.
    error InvalidDimension(uint256 axis, uint256 dimension);

    /// @notice The type of tensors with this element type and shape; an empty shape is a scalar's.
    function pack(uint8 elementType, uint256[] memory shape) internal pure returns (TensorType) {
        if (widthOf(elementType) == 0) revert UnknownDtype(elementType);
        if (shape.length > MAXIMUM_RANK) revert RankTooHigh(shape.length);
        uint256 word = (uint256(elementType) << DTYPE_BIT) | (shape.length << RANK_BIT);
        uint256 elements = 1;
        for (uint256 axis = 0; axis < shape.length; axis++) {
            uint256 size = shape[axis];
            if (size == 0 || size > MAXIMUM_COUNT / elements) revert InvalidDimension(axis, size);
            elements *= size;
            word |= size << (DIMENSION_BITS * axis);
        }
        return TensorType.wrap(word);
    }

    /// @notice Whether the word is a type: known dtype, rank at most 8, no zero dimension, none beyond the rank, and fewer
    ///         than 2^31 elements.
    function isValid(TensorType kind) internal pure returns (bool) {
        uint256 dimensions = rank(kind);
        if (widthOf(dtype(kind)) == 0 || dimensions > MAXIMUM_RANK) return false;
        uint256 elements = 1;
        for (uint256 axis = 0; axis < dimensions; axis++) {
            elements *= dimension(kind, axis);
            if (elements == 0 || elements > MAXIMUM_COUNT) return false;
        }
        uint256 beyondRank = (TensorType.unwrap(kind) << (256 - RANK_BIT)) >> (256 - RANK_BIT);
        return beyondRank >> (DIMENSION_BITS * dimensions) == 0;
    }

    /// @notice The ONNX code of the element type.
    function dtype(TensorType kind) internal pure returns (uint8) {
        return uint8(TensorType.unwrap(kind) >> DTYPE_BIT);
    }

    /// @notice The number of dimensions.
    function rank(TensorType kind) internal pure returns (uint256) {
        return (TensorType.unwrap(kind) >> RANK_BIT) & 0xf;
    }

    /// @notice The size of one dimension; zero beyond the rank.
    function dimension(TensorType kind, uint256 axis) internal pure returns (uint256) {
        if (axis >= MAXIMUM_RANK) return 0;
        return (TensorType.unwrap(kind) >> (DIMENSION_BITS * axis)) & DIMENSION_MASK;
    }

    /// @notice The number of elements.
    function count(TensorType kind) internal pure returns (uint256 elements) {
        elements = 1;
        uint256 dimensions = rank(kind);
        for (uint256 axis = 0; axis < dimensions; axis++) {
            elements *= dimension(kind, axis);
        }
    }

    /// @notice The number of bytes that the tensor's data have.
    function byteLength(TensorType kind) internal pure returns (uint256) {
        return count(kind) * widthOf(dtype(kind));
    }

    /// @notice The number of bytes of an element; zero for a code that is not a dtype's.
    function widthOf(uint8 elementType) internal pure returns (uint256) {
        if (elementType == FLOAT32 || elementType == INT32) return 4;
        if (elementType == INT64) return 8;
        if (elementType == UINT8 || elementType == INT8 || elementType == BOOL) return 1;
        return 0;
    }

    /// @notice Whether two types are the same.
    function equals(TensorType kind, TensorType other) internal pure returns (bool) {
        return TensorType.unwrap(kind) == TensorType.unwrap(other);
    }
}
