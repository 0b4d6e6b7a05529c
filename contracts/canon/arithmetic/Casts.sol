// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice CAST of docs/canon.md, section 4. An element is an int256: a float32's canonical bits, an integer's value, 0 or 1 for a bool.
library Casts {
    function cast(uint8 from, uint8 to, int256 element) internal pure returns (int256) {
        from;
        to;
        element;
        revert();
    }
}
