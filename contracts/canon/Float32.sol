// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Bit patterns of IEEE 754 binary32 numbers.
library Float32 {
    uint32 internal constant NOT_A_NUMBER = 0x7fc00000;
    uint32 internal constant INFINITY = 0x7f800000;
    uint32 internal constant SIGN = 0x80000000;
    uint32 internal constant ONE = 0x3f800000;

    /// @notice The one form in which a value is compared and computed with: -0 becomes +0, any NaN becomes 0x7fc00000.
    function canonical(uint32 bits) internal pure returns (uint32) {
        if (bits == SIGN) return 0;
        return isNotANumber(bits) ? NOT_A_NUMBER : bits;
    }

    /// @notice Whether the bits are those of a NaN, quiet or signalling, of either sign.
    function isNotANumber(uint32 bits) internal pure returns (bool) {
        return bits & ~SIGN > INFINITY;
    }

    /// @notice Whether the bits are those of a number: neither NaN nor infinite.
    function isFinite(uint32 bits) internal pure returns (bool) {
        return bits & ~SIGN < INFINITY;
    }

    /// @notice An integer that orders as the values do; zero for both zeros. A NaN has no place in the order.
    function orderOf(uint32 bits) internal pure returns (int64) {
        int64 magnitude = int64(uint64(bits & ~SIGN));
        return bits & SIGN == 0 ? magnitude : -magnitude;
    }
}
