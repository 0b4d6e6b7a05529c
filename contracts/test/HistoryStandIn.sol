// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Answers as EIP-2935's history contract does, for a chain in a test that doesn't run it: a block's number in, its
///         hash out, and a revert for a block it does not know.
contract HistoryStandIn {
    mapping(uint256 number => bytes32) private _hashes;

    error UnknownBlock(uint256 number);

    function remember(uint256 number, bytes32 hash) external {
        _hashes[number] = hash;
    }

    fallback(bytes calldata question) external returns (bytes memory) {
        uint256 number = abi.decode(question, (uint256));
        if (_hashes[number] == 0) revert UnknownBlock(number);
        return abi.encode(_hashes[number]);
    }
}
