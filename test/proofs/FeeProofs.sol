// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Fees} from "../../contracts/market/Fees.sol";

/// @notice A fee covers the greatest price within it, the royalty and the protocol's share.
contract AFeeCoversItsParts {
    function holds(uint96 fee, uint96 royalty, uint16 basisPoints) external pure {
        require(fee >= royalty && basisPoints <= Fees.WHOLE);
        uint96 price = Fees.priceWithin(fee, royalty, basisPoints);
        assert(uint256(price) + royalty <= fee);
        assert(Fees.total(price, royalty, basisPoints) <= fee);
    }
}

/// @notice One job's money in the market's books, whatever its requester, its worker and others do: requested, then finalised, expired or
///         refuted; withdrawn, burned.
contract JobBook {
    enum Status {
        None,
        Escrowed,
        Over
    }

    Status private _status;
    uint96 private _fee;
    uint96 private _requestFees;
    uint256 private _balances;
    uint256 private _tokens;

    function request(uint96 paid, uint96 fee, uint96 requestFee) external {
        require(_status == Status.None && fee <= paid);
        _status = Status.Escrowed;
        _fee = fee;
        _tokens += paid;
        _tokens += requestFee;
        _requestFees = requestFee;
        _balances += paid - fee;
    }

    /// @param price Of which AFeeCoversItsParts says that it fits.
    function finalise(uint96 price, uint96 royalty) external {
        require(_status == Status.Escrowed && uint256(price) + royalty <= _fee);
        _status = Status.Over;
        uint96 protocolFee = _fee - price - royalty;
        _balances += price;
        _balances += royalty;
        _balances += protocolFee;
    }

    function expire() external {
        require(_status == Status.Escrowed);
        _status = Status.Over;
        _balances += _fee;
    }

    function refute(uint96 slashed) external {
        require(_status == Status.Escrowed);
        _status = Status.Over;
        _tokens += slashed;
        uint96 burned = slashed / 2;
        uint96 compensation = slashed / 10;
        _balances += _fee;
        _balances += compensation;
        _balances += slashed - burned - compensation;
        _tokens -= burned;
    }

    function burnRequestFees() external {
        _tokens -= _requestFees;
        _requestFees = 0;
    }

    function withdraw(uint256 amount) external {
        require(amount <= _balances);
        _balances -= amount;
        _tokens -= amount;
    }

    /// @notice The tokens are the fee, while it is in escrow, plus the balances and the request fees.
    function balanced() external view {
        uint256 owed = _balances + _requestFees;
        if (_status == Status.Escrowed) owed += _fee;
        assert(_tokens == owed);
    }
}
