// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Bonds} from "../../contracts/court/Bonds.sol";

/// @notice A lost bond is paid out to the last unit; each part fits, and what is burned is nearly half or more.
contract EveryUnitGoesSomewhere {
    function holds(uint96 bond, uint96 price, uint88 allowance, bool first) external pure {
        require(bond >= Bonds.minimum(price, allowance));
        uint256 due = first ? Bonds.compensation(price, allowance) : 0;
        (uint96 paid, uint96 rewarded, uint96 burned) = Bonds.divide(bond, due, allowance);
        assert(paid == due);
        assert(rewarded == allowance / 16);
        assert(uint256(paid) + rewarded + burned == bond);
        assert(burned >= bond / 2 - rewarded);
    }
}

/// @notice Whoever challenges itself, answers itself and ends it itself loses at least 15/16 of a compensation.
contract SelfChallengeLoses {
    function holds(uint96 bond, uint96 price, uint88 allowance) external pure {
        require(bond >= Bonds.minimum(price, allowance));
        uint256 due = Bonds.compensation(price, allowance);
        (uint96 paid, uint96 rewarded, ) = Bonds.divide(bond, due, allowance);
        assert(16 * (uint256(bond) - paid - rewarded) >= 15 * due);
    }
}

/// @notice A job bond of ten trace prices and ten allowances gives its winner the least bond of a challenge.
contract AChallengeWinsWhatItRisks {
    function holds(uint96 jobBond, uint96 price, uint88 allowance) external pure {
        require(jobBond >= 10 * uint256(price) && jobBond >= 10 * uint256(allowance));
        uint96 burned = jobBond / 2;
        uint96 compensation = jobBond / 10;
        uint96 won = jobBond - burned - compensation;
        assert(uint256(burned) + compensation + won == jobBond);
        assert(won >= Bonds.minimum(price, allowance));
    }
}

/// @notice One challenge's bond in the court's books, whatever its challenger, its worker and others do: committed, opened, lost,
///         forfeited or returned, withdrawn.
contract BondBook {
    enum Status {
        None,
        Committed,
        Open,
        Over
    }

    uint96 private _price;
    uint88 private _allowance;
    Status private _status;
    uint96 private _bond;
    uint256 private _balances;
    uint256 private _tokens;
    uint256 private _gone; // burned, or withdrawn

    constructor(uint96 price, uint88 allowance) {
        _price = price;
        _allowance = allowance;
    }

    function commit(uint96 bond) external {
        require(_status == Status.None && bond != 0);
        _status = Status.Committed;
        _bond = bond;
        _tokens += bond;
    }

    function open() external {
        require(_status == Status.Committed && _bond >= Bonds.minimum(_price, _allowance));
        _status = Status.Open;
    }

    function lose(bool first) external {
        require(_status == Status.Open);
        _status = Status.Over;
        uint256 due = first ? Bonds.compensation(_price, _allowance) : 0;
        (uint96 paid, uint96 rewarded, uint96 burned) = Bonds.divide(_bond, due, _allowance);
        _balances += paid;
        _balances += rewarded;
        _tokens -= burned;
        _gone += burned;
    }

    function forfeit() external {
        require(_status == Status.Committed);
        _status = Status.Over;
        _tokens -= _bond;
        _gone += _bond;
    }

    function giveBack() external {
        require(_status == Status.Open || _status == Status.Committed);
        _status = Status.Over;
        _balances += _bond;
    }

    function withdraw(uint256 amount) external {
        require(amount <= _balances);
        _balances -= amount;
        _tokens -= amount;
        _gone += amount;
    }

    /// @notice The tokens are the bond, while it is at stake, plus the balances; and nothing comes or goes besides.
    function balanced() external view {
        bool atStake = _status == Status.Committed || _status == Status.Open;
        assert(_tokens == _balances + (atStake ? _bond : 0));
        assert(_tokens + _gone == _bond);
    }
}
