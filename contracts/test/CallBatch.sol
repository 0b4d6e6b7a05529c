// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Asks an account many things in one call.
contract CallBatch {
    struct Outcome {
        bool returned;
        bytes data; // what it returned, or reverted with
    }

    /// @notice What becomes of each of the calls. Each is given nearly all gas that is left.
    function ask(address account, bytes[] calldata calls) external view returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (outcomes[i].returned, outcomes[i].data) = account.staticcall(calls[i]);
        }
    }
}
