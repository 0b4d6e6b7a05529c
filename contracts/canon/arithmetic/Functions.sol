// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The ten functions of docs/canon.md, section 5, correctly rounded for every float32.
library Functions {
    /// @notice The function of that code (0x50 to 0x59) at canonical bits.
    function evaluate(uint8 code, uint32 x) internal pure returns (uint32) {
        code;
        x;
        revert();
    }
}
