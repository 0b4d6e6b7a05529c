// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The primitives of docs/canon.md, section 4, that compute with float32. Operands and results are canonical bits.
library FloatArithmetic {
    /// @notice RN(a + b)
    function add(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
    /// @notice RN(a - b)
    function sub(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
    /// @notice RN(a · b)
    function mul(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
    /// @notice RN(a / b)
    function div(uint32 a, uint32 b) internal pure returns (uint32) {
        a;
        b;
        revert();
    }
    /// @notice RN(√a)
    function sqrt(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
    /// @notice -a
    function negate(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
    /// @notice |a|
    function absolute(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
    /// @notice ⌊a⌋
    function floor(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
    /// @notice -⌊-a⌋
    function ceil(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
    /// @notice The integer nearest to a, of two equally near ones the even one.
    function rint(uint32 a) internal pure returns (uint32) {
        a;
        revert();
    }
}
