// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../canon/TensorType.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice The inputs of a request.
library Inputs {
    /// @notice The commitment to inputs: keccak-256 of their tensor hashes in order.
    /// @dev Reverts unless the inputs have the types and their data the lengths of those.
    function hashOf(Tensor[] calldata inputs, TensorType[] memory kinds) internal pure returns (bytes32) {
        if (inputs.length != kinds.length) revert IInferenceMarket.WrongInputCount(inputs.length, kinds.length);
        bytes32[] memory hashes = new bytes32[](inputs.length);
        for (uint256 i = 0; i < inputs.length; i++) {
            Tensor calldata input = inputs[i];
            if (!input.kind.equals(kinds[i])) {
                revert IInferenceMarket.WrongInputType(i, TensorType.unwrap(input.kind), TensorType.unwrap(kinds[i]));
            }
            uint256 expected = kinds[i].byteLength();
            if (input.data.length != expected) {
                revert IInferenceMarket.WrongInputLength(i, input.data.length, expected);
            }
            hashes[i] = TensorTree.hashOf(input);
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
