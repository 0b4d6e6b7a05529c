// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../canon/TensorType.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice The data of a job's outputs as one byte string. The model's types say where each begins, so nothing else is kept.
///         The data of an output by reference are its tree root.
library OutputBytes {
    uint256 private constant ROOT_LENGTH = 32;

    /// @notice The data of all outputs, one behind the other.
    /// @dev Reverts unless the outputs have the types and their data the lengths of those, or of a root.
    function join(
        Tensor[] calldata outputs,
        TensorType[] memory kinds,
        bool byReference
    ) internal pure returns (bytes memory joined) {
        joined = new bytes(_checkedLength(outputs, kinds, byReference));
        uint256 offset = 32;
        for (uint256 i = 0; i < outputs.length; i++) {
            bytes calldata data = outputs[i].data;
            assembly ("memory-safe") {
                calldatacopy(add(joined, offset), data.offset, data.length)
            }
            offset += data.length;
        }
    }

    /// @notice The outputs again, from what `join` made of them.
    function split(
        bytes memory joined,
        TensorType[] memory kinds,
        bool byReference
    ) internal pure returns (Tensor[] memory outputs) {
        outputs = new Tensor[](kinds.length);
        uint256 offset = 32;
        for (uint256 i = 0; i < kinds.length; i++) {
            uint256 length = _lengthOf(kinds[i], byReference);
            bytes memory data = new bytes(length);
            assembly ("memory-safe") {
                mcopy(add(data, 32), add(joined, offset), length)
            }
            outputs[i] = Tensor(kinds[i], data);
            offset += length;
        }
    }

    /// @notice The number of bytes that `join` makes of outputs of these types.
    function lengthOf(TensorType[] memory kinds, bool byReference) internal pure returns (uint256 length) {
        for (uint256 i = 0; i < kinds.length; i++) {
            length += _lengthOf(kinds[i], byReference);
        }
    }

    function _checkedLength(
        Tensor[] calldata outputs,
        TensorType[] memory kinds,
        bool byReference
    ) private pure returns (uint256 length) {
        if (outputs.length != kinds.length) {
            revert IInferenceMarket.WrongOutputCount(outputs.length, kinds.length);
        }
        for (uint256 i = 0; i < outputs.length; i++) {
            Tensor calldata output = outputs[i];
            if (!output.kind.equals(kinds[i])) {
                revert IInferenceMarket.WrongOutputType(i, TensorType.unwrap(output.kind), TensorType.unwrap(kinds[i]));
            }
            uint256 expected = _lengthOf(kinds[i], byReference);
            if (output.data.length != expected) {
                revert IInferenceMarket.WrongOutputLength(i, output.data.length, expected);
            }
            length += expected;
        }
    }

    function _lengthOf(TensorType kind, bool byReference) private pure returns (uint256) {
        return byReference ? ROOT_LENGTH : kind.byteLength();
    }
}
