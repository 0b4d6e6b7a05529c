// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The primitives of docs/canon.md, section 4, that compare float32. Operands and results are canonical bits.
library FloatOrder {
    function equal(uint32 a, uint32 b) internal pure returns (bool) {
        a;
        b;
        revert();
    }
    function less(uint32 a, uint32 b) internal pure returns (bool) {
        a;
        b;
        revert();
    }
    function lessOrEqual(uint32 a, uint32 b) internal pure returns (bool) {
        a;
        b;
        revert();
    }
    /// @notice The greater; NaN if either is NaN.
    function maximum(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
    /// @notice The smaller; NaN if either is NaN.
    function minimum(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
}
