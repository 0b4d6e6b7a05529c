// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../canon/Float32.sol";
import {TensorType} from "../canon/TensorType.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {Tolerances} from "../canon/descriptors/Tolerances.sol";
import {IModelRegistry} from "./IModelRegistry.sol";

/// @notice Checks what a version says of its inputs and outputs.
library Signature {
    uint256 internal constant MAXIMUM_BINDINGS = 16;
    uint256 internal constant MAXIMUM_TENSORS = 16;

    /// @notice Reverts unless every binding has as many inputs as there are domains and as many outputs as there are bands,
    ///         all types are valid, and domains and bands suit them.
    function check(IModelRegistry.Version calldata content) internal pure {
        uint256 inputs = content.domains.length;
        uint256 outputs = content.bands.length;
        uint256 bindings = content.bindings.length;
        if (
            !_within(bindings, MAXIMUM_BINDINGS) ||
            !_within(inputs, MAXIMUM_TENSORS) ||
            !_within(outputs, MAXIMUM_TENSORS)
        ) revert IModelRegistry.InvalidSignature();

        for (uint256 i = 0; i < bindings; i++) {
            IModelRegistry.Binding calldata binding = content.bindings[i];
            if (binding.inputs.length != inputs || binding.outputs.length != outputs) {
                revert IModelRegistry.InvalidSignature();
            }
            for (uint256 input = 0; input < inputs; input++) {
                _checkInput(input, binding.inputs[input], content.domains[input]);
            }
            for (uint256 output = 0; output < outputs; output++) {
                _checkOutput(output, binding.outputs[output], content.bands[output]);
            }
        }
    }

    function _checkInput(uint256 input, TensorType kind, IModelRegistry.Domain calldata domain) private pure {
        if (!kind.isValid()) revert IModelRegistry.InvalidTensorType(kind);
        if (domain.low == 0 && domain.high == 0) return;
        bool numbers = !Float32.isNotANumber(domain.low) && !Float32.isNotANumber(domain.high);
        bool ordered = numbers && Float32.orderOf(domain.low) <= Float32.orderOf(domain.high);
        if (!ordered || kind.dtype() != TensorTypes.FLOAT32) {
            revert IModelRegistry.InvalidDomain(input, domain.low, domain.high);
        }
    }

    function _checkOutput(uint256 output, TensorType kind, IModelRegistry.Band calldata band) private pure {
        if (!kind.isValid()) revert IModelRegistry.InvalidTensorType(kind);
        if (band.absolute == 0 && band.relative == 0) return;
        bool bounded = Tolerances.isAbsolute(band.absolute) && Tolerances.isRelative(band.relative);
        if (!bounded || kind.dtype() != TensorTypes.FLOAT32) {
            revert IModelRegistry.InvalidBand(output, band.absolute, band.relative);
        }
    }

    function _within(uint256 length, uint256 maximum) private pure returns (bool) {
        return length != 0 && length <= maximum;
    }
}
