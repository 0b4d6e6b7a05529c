// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Sets of dtypes: bit `code` is set where the dtype of that code belongs to it. Section 2 of docs/canon.md.
library Dtypes {
    uint256 internal constant FLOATS = 1 << 1;
    uint256 internal constant INTEGERS = (1 << 2) | (1 << 3) | (1 << 6) | (1 << 7);
    uint256 internal constant WIDE_INTEGERS = (1 << 6) | (1 << 7);
    uint256 internal constant NUMERIC = FLOATS | INTEGERS;
    uint256 internal constant BOOLS = 1 << 9;
    uint256 internal constant ALL = NUMERIC | BOOLS;

    /// @notice Whether the dtype belongs to the set.
    function isIn(uint256 dtype, uint256 set) internal pure returns (bool) {
        return (set >> dtype) & 1 == 1;
    }

    /// @notice Bytes of an element. The dtype is one.
    function widthOf(uint256 dtype) internal pure returns (uint256) {
        if (dtype == 1 || dtype == 6) return 4;
        return dtype == 7 ? 8 : 1;
    }
}
