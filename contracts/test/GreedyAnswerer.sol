// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICourt} from "../court/ICourt.sol";

/// @notice Answers questions, and when it is paid for them asks to be paid again.
contract GreedyAnswerer {
    ICourt private immutable COURT;
    bytes public refusal;

    constructor(ICourt court) {
        COURT = court;
    }

    receive() external payable {
        try COURT.withdrawCoin(payable(this)) {
            refusal = "none";
        } catch (bytes memory reason) {
            refusal = reason;
        }
    }

    function answer(bytes calldata reveal) external {
        (bool taken, ) = address(COURT).call(reveal);
        require(taken, "not answered");
    }

    function collect() external {
        COURT.withdrawCoin(payable(this));
    }
}
