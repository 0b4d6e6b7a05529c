// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Who takes part in the walks through disputes.
library CourtActors {
    address internal constant WORKER = address(0x2001);
    address internal constant REQUESTER = address(0x4001);
    address internal constant WATCHER = address(0x5001);

    uint256 internal constant CHALLENGERS = 3;
    /// @notice Of those that the court can owe something.
    uint256 internal constant ACCOUNTS = CHALLENGERS + 2;

    function challenger(uint256 index) internal pure returns (address) {
        return address(uint160(0x6000 + (index % CHALLENGERS)));
    }

    /// @notice One of those that the court can owe something.
    function account(uint256 index) internal pure returns (address) {
        index %= ACCOUNTS;
        if (index < CHALLENGERS) return challenger(index);
        return index == CHALLENGERS ? WORKER : WATCHER;
    }
}
