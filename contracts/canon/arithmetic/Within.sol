// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice WITHIN of docs/canon.md, section 13.
library Within {
    /// @notice Whether c and y are the same, or |c - y| ≤ absolute + relative · |y| in the reals.
    /// @dev The tolerances are finite and not negative.
    function within(uint32 c, uint32 y, uint32 absolute, uint32 relative) internal pure returns (bool) {
        c;
        y;
        absolute;
        relative;
        revert();
    }
}
