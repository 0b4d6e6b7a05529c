// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor} from "../canon/TensorType.sol";

/// @notice What a contract implements to be called back with an answer.
interface IInferenceConsumer {
    /// @notice Receives a job's final outputs. Called once, by the market, with exactly the gas the request named.
    /// @dev Check `msg.sender`. A revert, or too little gas, never blocks the worker's payment and is not tried again;
    ///      the answer stays readable in the market.
    /// @param job The id that `request` returned.
    /// @param outputs One tensor per output of the model, in the model's order. Where the request wanted the outputs by
    ///        reference, each one's data are the 32 bytes of its tree root.
    function onInference(uint64 job, Tensor[] calldata outputs) external;
}
