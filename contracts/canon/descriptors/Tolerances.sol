// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";

/// @notice What WITHIN, and with it a band, takes as tolerances. Section 13 of docs/canon.md.
/// @dev Bits below those of a positive bound are those of the numbers in [0, bound).
library Tolerances {
    /// @notice Whether the bits are those of a finite number that is not negative, and not of -0.
    function isAbsolute(uint256 bits) internal pure returns (bool) {
        return bits < Float32.INFINITY;
    }

    /// @notice The same, and below 1.
    function isRelative(uint256 bits) internal pure returns (bool) {
        return bits < Float32.ONE;
    }
}
