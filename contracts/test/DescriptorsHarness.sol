// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Descriptor, Descriptors} from "../canon/descriptors/Descriptor.sol";

/// @notice Reads many descriptors in one call.
contract DescriptorsHarness {
    /// @notice Whether each is valid at its position and, if it is, the gas of a step.
    function read(
        bytes[] calldata descriptors,
        uint32[] calldata positions
    ) external pure returns (bool[] memory valid, uint256[] memory gas) {
        valid = new bool[](descriptors.length);
        gas = new uint256[](descriptors.length);
        for (uint256 i = 0; i < valid.length; i++) {
            Descriptor memory node;
            (valid[i], node) = Descriptors.read(descriptors[i], positions[i]);
            if (valid[i]) gas[i] = node.gas;
        }
    }
}
