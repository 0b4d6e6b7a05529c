// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Tensor} from "../canon/TensorType.sol";
import {IInferenceConsumer} from "../market/IInferenceConsumer.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";

/// @notice Stands in for the market before a consumer: takes requests and their fee, and answers what a test tells it to,
///         in any order. It is its own token.
contract FakeMarket is ERC20("Fake", "FAKE") {
    uint64 public jobCount;

    event Requested(uint64 indexed job, address indexed requester, IInferenceMarket.Request wanted);

    constructor(address treasury) {
        _mint(treasury, 1_000 ether);
    }

    function request(IInferenceMarket.Request calldata wanted) external returns (uint64 job) {
        _spendAllowance(msg.sender, address(this), wanted.maxFee);
        _transfer(msg.sender, address(this), wanted.maxFee);
        job = ++jobCount;
        emit Requested(job, msg.sender, wanted);
    }

    function answer(IInferenceConsumer consumer, uint64 job, Tensor[] calldata outputs) external {
        consumer.onInference(job, outputs);
    }
}
