// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

using Ledgers for Ledger global;

/// @notice The accounts that jobs name, and what each can withdraw.
/// @dev Accounts are numbered from 1, so that a job names its requester and its worker in 32 bits each and shares their word
///      with its fee and a short answer. A number costs its account two new words, once; each job saves one. An account's
///      balance lies beside its address: paying one by its number takes a single word.
struct Ledger {
    uint32 size;
    mapping(uint32 number => Account) accounts;
    mapping(address holder => uint32) numbers;
}

/// @dev One word. The token's whole supply fits 90 bits, so no balance exceeds 96.
struct Account {
    address holder;
    uint96 balance;
}

/// @notice Numbers accounts and keeps their balances.
library Ledgers {
    /// @notice The account's number, given now if it has none.
    function numberOf(Ledger storage ledger, address holder) internal returns (uint32 number) {
        number = ledger.numbers[holder];
        if (number != 0) return number;
        number = ++ledger.size;
        ledger.numbers[holder] = number;
        ledger.accounts[number].holder = holder;
    }

    /// @notice The account with this number; zero for zero.
    function holderOf(Ledger storage ledger, uint32 number) internal view returns (address) {
        return ledger.accounts[number].holder;
    }

    /// @notice What the account can withdraw.
    function balanceOf(Ledger storage ledger, address holder) internal view returns (uint96) {
        return ledger.accounts[ledger.numbers[holder]].balance;
    }

    /// @notice Adds to a balance.
    /// @return holder The account.
    function credit(Ledger storage ledger, uint32 number, uint96 amount) internal returns (address holder) {
        Account memory account = ledger.accounts[number];
        if (amount != 0) ledger.accounts[number] = Account(account.holder, account.balance + amount);
        return account.holder;
    }

    /// @notice Empties a balance.
    /// @return amount What was there.
    function take(Ledger storage ledger, address holder) internal returns (uint96 amount) {
        Account storage account = ledger.accounts[ledger.numbers[holder]];
        amount = account.balance;
        if (amount != 0) account.balance = 0;
    }
}
