// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IParameterSets} from "./IParameterSets.sol";

/// @notice What the governor may choose.
library ParameterBounds {
    uint96 internal constant REQUEST_FEE_LIMIT = 1_000 ether; // a request names no limit for it, so the market does
    uint16 internal constant PROTOCOL_FEE_LIMIT = 1_000; // basis points
    uint32 internal constant OUTPUT_LIMIT = 24_000; // bytes; one data contract holds them
    uint256 internal constant LONGEST_LIFE = type(uint24).max; // seconds; the market keeps phases in 24 bits
    uint32 internal constant COURT_PERIOD_LIMIT = 30 days; // a dispute keeps bonds and an answer from their owners
    uint88 internal constant ANSWER_ALLOWANCE_LIMIT = 100_000 ether; // a challenge's bond grows with it

    /// @dev With as many trace prices (ModelRegistry) a job's bond is at least five times their sum, of which the winner of a
    ///      dispute gets two fifths: the least bond of its challenge.
    uint256 private constant BOND_IN_ALLOWANCES = 10;

    /// @dev The number of the market's fields, behind which the court's are counted.
    uint8 private constant COURT = 10;

    /// @notice Reverts with InvalidParameters, naming the first field that breaks a bound.
    /// @param cooldown Seconds for which the registry knows past offers. A job's last deadline comes by half of it, so that a
    ///        late worker can be penalised for as long again.
    function check(IParameterSets.MarketParameters memory set, uint40 cooldown) internal pure {
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

    /// @notice Reverts with InvalidParameters, naming the first field that breaks a bound.
    /// @param minimumBond Of the same set.
    function check(IParameterSets.CourtParameters memory set, uint96 minimumBond) internal pure {
        _require(COURT, _isPeriod(set.openPeriod));
        _require(COURT + 1, _isPeriod(set.assertPeriod));
        _require(COURT + 2, _isPeriod(set.workerClock));
        _require(COURT + 3, _isPeriod(set.challengerClock));
        _require(COURT + 4, _isPeriod(set.extension));
        _require(COURT + 5, set.demandLimit != 0);
        _require(COURT + 6, set.answerAllowance <= ANSWER_ALLOWANCE_LIMIT);
        _require(COURT + 6, BOND_IN_ALLOWANCES * set.answerAllowance <= minimumBond);
    }

    function _isPeriod(uint32 duration) private pure returns (bool) {
        return duration != 0 && duration <= COURT_PERIOD_LIMIT;
    }

    function _require(uint8 field, bool holds) private pure {
        if (!holds) revert IParameterSets.InvalidParameters(field);
    }
}
