// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Tensor, TensorType} from "../canon/TensorType.sol";
import {IInferenceMarket} from "./IInferenceMarket.sol";

/// @notice The data of a job's outputs as one byte string. The model's types say where each begins, so nothing else is kept.
library OutputBytes {
    /// @notice The data of all outputs, one behind the other.
    /// @dev Reverts unless the outputs have the types and their data the lengths of those.
    function join(Tensor[] calldata outputs, TensorType[] memory kinds) internal pure returns (bytes memory joined) {
        joined = new bytes(_checkedLength(outputs, kinds));
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
    function split(bytes memory joined, TensorType[] memory kinds) internal pure returns (Tensor[] memory outputs) {
        outputs = new Tensor[](kinds.length);
        uint256 offset = 32;
        for (uint256 i = 0; i < kinds.length; i++) {
            uint256 length = kinds[i].byteLength();
            bytes memory data = new bytes(length);
            assembly ("memory-safe") {
                mcopy(add(data, 32), add(joined, offset), length)
            }
            outputs[i] = Tensor(kinds[i], data);
            offset += length;
        }
    }

    /// @notice The number of bytes that outputs of these types have together.
    function lengthOf(TensorType[] memory kinds) internal pure returns (uint256 length) {
        for (uint256 i = 0; i < kinds.length; i++) {
            length += kinds[i].byteLength();
        }
    }

    function _checkedLength(
        Tensor[] calldata outputs,
        TensorType[] memory kinds
    ) private pure returns (uint256 length) {
        if (outputs.length != kinds.length) {
            revert IInferenceMarket.WrongOutputCount(outputs.length, kinds.length);
        }
        for (uint256 i = 0; i < outputs.length; i++) {
            Tensor calldata output = outputs[i];
            if (!output.kind.equals(kinds[i])) {
                revert IInferenceMarket.WrongOutputType(i, TensorType.unwrap(output.kind), TensorType.unwrap(kinds[i]));
            }
            uint256 expected = kinds[i].byteLength();
            if (output.data.length != expected) {
                revert IInferenceMarket.WrongOutputLength(i, output.data.length, expected);
            }
            length += expected;
        }
    }
}
