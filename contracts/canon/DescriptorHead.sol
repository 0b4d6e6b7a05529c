// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTypes} from "./TensorTypes.sol";

/// @notice What a descriptor says of the tensor that its node defines. Section 7 of docs/canon.md.
struct DescriptorHead {
    uint8 kind; // of node
    uint8 dtype;
    uint32 count; // elements
    uint8 number; // of the input or output that an INPUT or CLAIM node stands for
}

using DescriptorHeads for DescriptorHead global;

/// @notice Reads the heads of descriptors.
library DescriptorHeads {
    uint8 internal constant INPUT = 1;
    uint8 internal constant WEIGHT = 2;
    uint8 internal constant CLAIM = 3;
    uint8 internal constant MAP = 4;
    uint8 internal constant FOLD = 5;
    uint8 internal constant GATHER = 6;

    uint256 internal constant MAXIMUM_LENGTH = 1_024;
    uint256 internal constant NUMBERS = 16; // of inputs, and of outputs

    uint256 private constant GIVEN_LENGTH = 7; // of INPUT and CLAIM
    uint256 private constant WEIGHT_LENGTH = 38;
    uint256 private constant FOLDS = 9;

    /// @notice The head of a descriptor.
    /// @dev INPUT, WEIGHT and CLAIM are read to their end; of MAP, FOLD and GATHER nothing after the space is looked at.
    /// @return valid Whether what was read keeps to the rules; if not, the descriptor is not valid at any position.
    function read(bytes calldata descriptor) internal pure returns (bool valid, DescriptorHead memory head) {
        if (descriptor.length < 3 || descriptor.length > MAXIMUM_LENGTH) return (false, head);
        head.kind = uint8(descriptor[0]);
        head.dtype = uint8(descriptor[1]);
        if (TensorTypes.widthOf(head.dtype) == 0) return (false, head);
        uint256 count;
        if (head.kind == MAP || head.kind == GATHER) {
            count = _sizeOf(descriptor[2:]);
        } else if (head.kind == FOLD) {
            uint8 fold = uint8(descriptor[2]);
            if (fold != 0 && fold <= FOLDS) count = _sizeOf(descriptor[3:]);
        } else if (head.kind == WEIGHT) {
            if (descriptor.length == WEIGHT_LENGTH) count = uint32(bytes4(descriptor[2:6]));
        } else if (head.kind == INPUT || head.kind == CLAIM) {
            if (descriptor.length != GIVEN_LENGTH) return (false, head);
            count = uint32(bytes4(descriptor[2:6]));
            head.number = uint8(descriptor[6]);
            if (head.number >= NUMBERS) return (false, head);
        }
        head.count = uint32(count);
        return (count != 0 && count <= TensorTypes.MAXIMUM_COUNT, head);
    }

    /// @notice Whether the node defines a tensor of this dtype and count.
    function defines(DescriptorHead memory head, uint8 dtype, uint256 count) internal pure returns (bool) {
        return head.dtype == dtype && head.count == count;
    }

    /// @dev The size of the space with which the bytes begin; zero if they don't begin with one.
    function _sizeOf(bytes calldata fields) private pure returns (uint256 size) {
        if (fields.length == 0) return 0;
        uint256 rank = uint8(fields[0]);
        if (rank > TensorTypes.MAXIMUM_RANK || fields.length < 1 + 4 * rank) return 0;
        size = 1;
        for (uint256 axis = 0; axis < rank; axis++) {
            size *= uint32(bytes4(fields[1 + 4 * axis:5 + 4 * axis]));
            if (size > TensorTypes.MAXIMUM_COUNT) return 0;
        }
    }
}
