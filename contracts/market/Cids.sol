// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Binary CIDs, under which people find what the market knows by its tree root only. The market takes any that may be
///         one: whoever gives it answers for what lies there.
library Cids {
    uint256 private constant LONGEST = 64; // bytes

    /// @notice Whether the bytes are neither none nor too many.
    function isPlausible(bytes calldata cid) internal pure returns (bool) {
        return cid.length != 0 && cid.length <= LONGEST;
    }
}
