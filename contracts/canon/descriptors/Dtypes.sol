// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTypes} from "../TensorTypes.sol";

/// @notice Sets of dtypes: bit `code` is set where the dtype of that code belongs to it. Section 2 of docs/canon.md.
library Dtypes {
    uint256 internal constant FLOATS = ONE << TensorTypes.FLOAT32;
    uint256 internal constant WIDE_INTEGERS = (ONE << TensorTypes.INT32) | (ONE << TensorTypes.INT64);
    uint256 internal constant INTEGERS = WIDE_INTEGERS | (ONE << TensorTypes.UINT8) | (ONE << TensorTypes.INT8);
    uint256 internal constant NUMERIC = FLOATS | INTEGERS;
    uint256 internal constant BOOLS = ONE << TensorTypes.BOOL;
    uint256 internal constant ALL = NUMERIC | BOOLS;

    uint256 private constant ONE = 1;

    /// @notice Whether the dtype belongs to the set.
    function isIn(uint256 dtype, uint256 set) internal pure returns (bool) {
        return (set >> dtype) & 1 == 1;
    }

    /// @notice Bytes of an element. The dtype is one.
    function widthOf(uint256 dtype) internal pure returns (uint256) {
        if (dtype == TensorTypes.FLOAT32 || dtype == TensorTypes.INT32) return 4;
        return dtype == TensorTypes.INT64 ? 8 : 1;
    }
}
