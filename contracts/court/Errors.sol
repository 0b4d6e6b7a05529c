// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Errors of other contracts.
library Errors {
    /// @notice Reverts as the called contract did.
    function rethrow(bytes memory reason) internal pure {
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}
