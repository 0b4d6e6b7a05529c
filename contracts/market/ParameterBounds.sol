// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice What the governor may choose.
library ParameterBounds {
    uint96 internal constant REQUEST_FEE_LIMIT = 1_000 ether; // a request names no limit for it, so the market does
    uint16 internal constant PROTOCOL_FEE_LIMIT = 1_000; // basis points
    uint32 internal constant OUTPUT_LIMIT = 24_000; // bytes; one data contract holds them
    uint256 internal constant LONGEST_LIFE = type(uint24).max; // seconds; the market keeps phases in 24 bits

    /// @notice Reverts with InvalidParameters, naming the first field that breaks a bound.
    /// @param cooldown Seconds for which the registry knows past offers. A job's last deadline comes by half of it, so that a
    ///        late worker can be penalised for as long again.
    function check(IInferenceMarket.Parameters memory set, uint40 cooldown) internal pure {
        _require(0, set.requestFee <= REQUEST_FEE_LIMIT);
        _require(1, set.latePenalty <= set.requestFee);
        _require(2, set.declinePeriod <= set.claimPeriod);
        _require(3, set.claimPeriod != 0 && set.claimPeriod <= set.lastDeadlinePeriod);
        _require(4, set.minimumBond != 0 && set.minimumBond >= set.latePenalty);
        _require(5, set.protocolFeeBasisPoints <= PROTOCOL_FEE_LIMIT);
        _require(6, set.leasePeriod != 0 && set.leasePeriod <= set.lastDeadlinePeriod);
        _require(7, 2 * uint256(set.lastDeadlinePeriod) <= cooldown);
        _require(8, set.challengeWindow != 0 && uint256(set.lastDeadlinePeriod) + set.challengeWindow <= LONGEST_LIFE);
        _require(9, set.outputLimit != 0 && set.outputLimit <= OUTPUT_LIMIT);
    }

    function _require(uint8 field, bool holds) private pure {
        if (!holds) revert IInferenceMarket.InvalidParameters(field);
    }
}
