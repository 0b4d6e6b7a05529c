// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTypes} from "./TensorTypes.sol";

/// @notice A tensor's element type and shape in one word, so that a dtype or shape mismatch is one comparison.
/// @dev Layout, most significant bit first:
///
///        255..252  dtype   ONNX TensorProto.DataType code: 1 float32, 2 uint8, 3 int8, 6 int32, 7 int64, 9 bool
///        251..248  rank    0 (scalar) .. 8
///        247..0    eight dimensions of 31 bits; dimension i lies at bit 31 * i; those at and beyond the rank are zero
///
///      A valid type has 1 .. 2^31 - 1 elements.
type TensorType is uint256;

using TensorTypes for TensorType global;

/// @notice A typed tensor: `data` holds the elements row-major, each big-endian, without padding (bool: one byte, 0 or 1).
struct Tensor {
    TensorType kind;
    bytes data;
}
