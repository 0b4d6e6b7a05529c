// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The cheatcodes that these tests use.
interface Vm {
    function prank(address sender) external;
    function deal(address account, uint256 balance) external;
    function fee(uint256 baseFee) external;
    function warp(uint256 timestamp) external;
    function roll(uint256 number) external;
    function etch(address target, bytes calldata code) external;
    function getNonce(address account) external view returns (uint64);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
