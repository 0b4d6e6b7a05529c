// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What challenges have to stake, and where a lost stake goes.
library Bonds {
    /// @notice What a lost challenge of a job pays its worker: a trace, and the gas of the worst dispute.
    function compensation(uint96 tracePrice, uint88 answerAllowance) internal pure returns (uint256) {
        return uint256(tracePrice) + answerAllowance;
    }

    /// @notice The least bond of a challenge. So at least half of a lost one is burned, and challenging oneself costs as much.
    function minimum(uint96 tracePrice, uint88 answerAllowance) internal pure returns (uint256) {
        return 2 * compensation(tracePrice, answerAllowance);
    }

    /// @notice How the first lost bond of a job is divided. All later ones are burned whole.
    /// @param bond At least the minimum.
    function divide(
        uint96 bond,
        uint96 tracePrice,
        uint88 answerAllowance
    ) internal pure returns (uint96 paid, uint96 burned) {
        // At most half of the bond, so it fits.
        paid = uint96(compensation(tracePrice, answerAllowance));
        burned = bond - paid;
    }
}
