// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInferenceMarket} from "../../contracts/market/IInferenceMarket.sol";
import {IWorkerRegistry} from "../../contracts/registry/IWorkerRegistry.sol";
import {LedgerHandler} from "./LedgerHandler.sol";

/// @notice What holds of the ledgers after every walk.
contract LedgerTest {
    LedgerHandler private _handler;

    function setUp() public {
        _handler = new LedgerHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @notice The market's $OPG is the escrow of the jobs that are not over, plus all balances, plus the fees to be burned.
    function invariant_marketHoldsEscrowBalancesAndRequestFees() external view {
        IInferenceMarket market = _handler.MARKET();
        uint256 owed = market.requestFees();
        for (uint64 job = 1; job <= market.jobCount(); job++) {
            IInferenceMarket.Job memory kept = market.jobOf(job);
            if (!_isOver(kept.state)) owed += kept.fee;
        }
        for (uint256 i = 0; i < _handler.accounts(); i++) owed += market.balanceOf(_handler.account(i));
        require(_handler.TOKEN().balanceOf(address(market)) == owed, "market's balance");
    }

    /// @notice The registry's $OPG is all stake.
    function invariant_registryHoldsStake() external view {
        uint256 staked = 0;
        for (uint256 i = 0; i < _handler.workers(); i++) {
            staked += _handler.REGISTRY().workerOf(_handler.worker(i)).staked;
        }
        require(_handler.TOKEN().balanceOf(address(_handler.REGISTRY())) == staked, "registry's balance");
    }

    /// @notice A worker's locked stake is the bonds of the jobs that it holds and that are not over.
    function invariant_lockedStakeIsBondsOfHeldJobs() external view {
        IInferenceMarket market = _handler.MARKET();
        uint256[] memory bonds = new uint256[](_handler.workers());
        for (uint64 job = 1; job <= market.jobCount(); job++) {
            IInferenceMarket.Job memory kept = market.jobOf(job);
            if (!_isHeld(kept.state)) continue;
            for (uint256 i = 0; i < bonds.length; i++) {
                if (kept.worker == _handler.worker(i)) bonds[i] += kept.bond;
            }
        }
        for (uint256 i = 0; i < bonds.length; i++) {
            IWorkerRegistry.Worker memory account = _handler.REGISTRY().workerOf(_handler.worker(i));
            require(account.locked == bonds[i], "locked stake");
            require(
                account.staked ==
                    account.locked + account.unbonding + _handler.REGISTRY().freeStakeOf(_handler.worker(i)),
                "parts of the stake"
            );
        }
    }

    /// @notice A job leaves the escrow at most once, in a state that it keeps, and is claimed at most once.
    function invariant_jobsEndOnce() external view {
        IInferenceMarket market = _handler.MARKET();
        for (uint64 job = 1; job <= market.jobCount(); job++) {
            IInferenceMarket.State state = market.jobOf(job).state;
            require(_handler.exits(job) == (_isOver(state) ? 1 : 0), "exits");
            require(_handler.claims(job) <= 1, "claims");
            if (_isOver(state)) require(_handler.ended(job) == state, "terminal state");
        }
    }

    /// @notice The number of offers that a worker is said to have is the number it has.
    function invariant_offersAreCounted() external view {
        for (uint256 i = 0; i < _handler.workers(); i++) {
            address worker = _handler.worker(i);
            uint256 found = 0;
            for (uint32 position = 0; position < _handler.REGISTRY().positionsOf(1); position++) {
                IWorkerRegistry.Offer memory offer = _handler.REGISTRY().offerAt(1, position);
                if (offer.worker == worker && offer.until == 0) found++;
            }
            require(_handler.REGISTRY().workerOf(worker).offers == found, "offers");
        }
    }

    function _isOver(IInferenceMarket.State state) private pure returns (bool) {
        return
            state == IInferenceMarket.State.Finalised ||
            state == IInferenceMarket.State.Expired ||
            state == IInferenceMarket.State.Refuted;
    }

    function _isHeld(IInferenceMarket.State state) private pure returns (bool) {
        return
            state == IInferenceMarket.State.Leased ||
            state == IInferenceMarket.State.Claimed ||
            state == IInferenceMarket.State.Frozen;
    }
}
