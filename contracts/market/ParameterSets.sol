// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IWorkerRegistry} from "../registry/IWorkerRegistry.sol";
import {IParameterSets} from "./IParameterSets.sol";
import {ParameterBounds} from "./ParameterBounds.sol";

/// @notice Parameter sets of the market and the court. The governor adds them; nobody changes one.
contract ParameterSets is IParameterSets {
    /// @dev Three words: the market's two, the court's one.
    struct Set {
        MarketParameters market;
        CourtParameters court;
    }

    /// @notice The timelock that adds sets.
    address public immutable GOVERNOR;
    /// @notice For so many seconds the registry of workers knows past offers, which bounds a job's last deadline.
    uint40 public immutable COOLDOWN;

    /// @inheritdoc IParameterSets
    uint16 public current;

    mapping(uint16 id => Set) private _sets;

    /// @param workers The registry of the market that reads the sets.
    constructor(
        IWorkerRegistry workers,
        address governor,
        MarketParameters memory market,
        CourtParameters memory court
    ) {
        GOVERNOR = governor;
        COOLDOWN = workers.cooldown();
        _add(market, court);
    }

    /// @inheritdoc IParameterSets
    function add(MarketParameters calldata market, CourtParameters calldata court) external returns (uint16 id) {
        if (msg.sender != GOVERNOR) revert NotGovernor(msg.sender);
        return _add(market, court);
    }

    /// @inheritdoc IParameterSets
    function currentMarketParameters() external view returns (uint16 id, MarketParameters memory) {
        id = current;
        return (id, _sets[id].market);
    }

    /// @inheritdoc IParameterSets
    function marketParametersOf(uint16 id) external view returns (MarketParameters memory) {
        return _sets[id].market;
    }

    /// @inheritdoc IParameterSets
    function challengeWindowOf(uint16 id) external view returns (uint32) {
        return _sets[id].market.challengeWindow;
    }

    /// @inheritdoc IParameterSets
    function courtParametersOf(uint16 id) external view returns (CourtParameters memory) {
        return _sets[id].court;
    }

    function _add(MarketParameters memory market, CourtParameters memory court) private returns (uint16 id) {
        ParameterBounds.check(market, COOLDOWN);
        ParameterBounds.check(court, market.minimumBond);
        id = ++current;
        _sets[id] = Set(market, court);
        emit ParametersAdded(id, market, court);
    }
}
