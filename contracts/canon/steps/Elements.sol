// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {Dtypes} from "../descriptors/Dtypes.sol";

/// @notice Elements as they are computed with: a float32's canonical bits, an integer's value, 0 or 1 for a bool.
library Elements {
    /// @notice The element that has these bits, right-aligned, which need not be canonical. Section 2 of docs/canon.md.
    function read(uint256 dtype, uint256 bits) internal pure returns (int256) {
        if (dtype == TensorTypes.FLOAT32) return int256(uint256(Float32.canonical(uint32(bits))));
        if (dtype == TensorTypes.INT64) return int64(uint64(bits));
        if (dtype == TensorTypes.INT32) return int32(uint32(bits));
        if (dtype == TensorTypes.INT8) return int8(uint8(bits));
        if (dtype == TensorTypes.UINT8) return int256(bits);
        return bits == 0 ? int256(0) : int256(1);
    }

    /// @notice Its canonical bits, right-aligned in the dtype's width.
    function bitsOf(uint256 dtype, int256 element) internal pure returns (uint64) {
        return uint64(uint256(element) & ((1 << (8 * Dtypes.widthOf(dtype))) - 1));
    }
}
