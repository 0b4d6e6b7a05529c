// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../canon/TensorType.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {Cids} from "./Cids.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice The inputs of a request.
library Inputs {
    /// @notice The commitment to inputs: keccak-256 of their tensor hashes in order.
    /// @dev Reverts unless the inputs have the types and their data the lengths of those. What is given by reference has no
    ///      data and counts with the tree root of the reference.
    function hashOf(
        Tensor[] calldata inputs,
        IInferenceMarket.Reference[] calldata references,
        TensorType[] memory kinds
    ) internal pure returns (bytes32) {
        if (inputs.length != kinds.length) revert IInferenceMarket.WrongInputCount(inputs.length, kinds.length);
        _check(references, inputs.length);
        bytes32[] memory hashes = new bytes32[](inputs.length);
        uint256 next = 0; // reference
        for (uint256 i = 0; i < inputs.length; i++) {
            Tensor calldata input = inputs[i];
            if (!input.kind.equals(kinds[i])) {
                revert IInferenceMarket.WrongInputType(i, TensorType.unwrap(input.kind), TensorType.unwrap(kinds[i]));
            }
            if (next < references.length && references[next].input == i) {
                if (input.data.length != 0) revert IInferenceMarket.ReferencedInputHasData(i, input.data.length);
                hashes[i] = TensorTree.hashOf(input.kind, references[next++].root);
                continue;
            }
            uint256 expected = kinds[i].byteLength();
            if (input.data.length != expected) {
                revert IInferenceMarket.WrongInputLength(i, input.data.length, expected);
            }
            hashes[i] = TensorTree.hashOf(input);
        }
        return keccak256(abi.encodePacked(hashes));
    }

    /// @dev Reverts unless the references are to some of the inputs, in order, and say where the data lie.
    function _check(IInferenceMarket.Reference[] calldata references, uint256 inputs) private pure {
        uint256 least = 0;
        for (uint256 i = 0; i < references.length; i++) {
            IInferenceMarket.Reference calldata given = references[i];
            uint8 input = given.input;
            if (input < least || input >= inputs) revert IInferenceMarket.WrongReference(i, input);
            least = uint256(input) + 1;
            if (given.root == 0) revert IInferenceMarket.ReferenceWithoutRoot(input);
            if (!Cids.isPlausible(given.cid)) {
                revert IInferenceMarket.InvalidReferenceCid(input, given.cid.length);
            }
        }
    }
}
