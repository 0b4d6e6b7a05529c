// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What challenges have to stake, and where a lost stake goes.
library Bonds {
    /// @dev A time-out's share of all the gas that a dispute may cost its worker, with room for a price as high as that one's.
    uint256 private constant TIMEOUT_SHARE = 16;

    /// @notice What a lost challenge of a job pays its worker: a trace, and the gas of the worst dispute.
    function compensation(uint96 tracePrice, uint88 answerAllowance) internal pure returns (uint256) {
        return uint256(tracePrice) + answerAllowance;
    }

    /// @notice What a lost bond pays to whoever sends the time-out: that nobody has to send for nothing.
    function reward(uint88 answerAllowance) internal pure returns (uint256) {
        return answerAllowance / TIMEOUT_SHARE;
    }

    /// @notice The least bond of a challenge. Nearly half of a lost one, or more, is burned; so much at least does it cost to
    ///         challenge oneself.
    function minimum(uint96 tracePrice, uint88 answerAllowance) internal pure returns (uint256) {
        return 2 * compensation(tracePrice, answerAllowance);
    }

    /// @notice How a lost bond is divided: to the worker, to whoever sent the time-out, and the rest.
    /// @param bond At least the minimum.
    /// @param due The compensation, or nothing if one of the job's lost bonds has paid it.
    function divide(
        uint96 bond,
        uint256 due,
        uint88 answerAllowance
    ) internal pure returns (uint96 paid, uint96 rewarded, uint96 burned) {
        // At most half of the bond, and a 32nd of it, so they fit.
        paid = uint96(due);
        rewarded = uint96(reward(answerAllowance));
        burned = bond - paid - rewarded;
    }
}
