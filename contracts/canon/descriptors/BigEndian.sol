// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Unsigned numbers in bytes, most significant byte first.
library BigEndian {
    /// @notice The number in `width` bytes, 1 to 32, from `place` on. They lie within the data.
    function read(bytes memory data, uint256 place, uint256 width) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, width)), mload(add(add(data, 32), place)))
        }
    }

    /// @notice The same, byte by byte.
    function readPlainly(bytes memory data, uint256 place, uint256 width) internal pure returns (uint256 value) {
        for (uint256 i = 0; i < width; i++) value = (value << 8) | uint8(data[place + i]);
    }

    /// @notice The number in `width` bytes of calldata, 1 to 32, that begin at `pointer`.
    function readCalldata(uint256 pointer, uint256 width) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, width)), calldataload(pointer))
        }
    }
}
