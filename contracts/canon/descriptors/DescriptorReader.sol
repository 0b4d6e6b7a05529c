// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {BigEndian} from "./BigEndian.sol";
import {Dtypes} from "./Dtypes.sol";

/// @notice Takes fields off the front of a descriptor.
/// @dev A rule that is broken, or an end that comes too early, is remembered; what is read from then on is zero. So a reader goes on
///      without branching at each field, loops while nothing has failed, and is asked once, at the end.
struct DescriptorReader {
    bytes data;
    uint256 place; // of the next field
    bool failed;
}

using DescriptorReaders for DescriptorReader global;

/// @notice Reads the fields that descriptors are made of. Section 7 of docs/canon.md.
/// @dev Nothing overflows unchecked: a field has at most 32 bits, and a product that is too great is none.
library DescriptorReaders {
    uint256 private constant MAXIMUM_DIVISOR = (1 << 31) - 1;

    /// @notice An unsigned number of so many bytes, at most 32.
    function take(DescriptorReader memory reader, uint256 width) internal pure returns (uint256 value) {
        unchecked {
            uint256 place = reader.place;
            if (reader.failed || place + width > reader.data.length) {
                reader.failed = true;
                return 0;
            }
            reader.place = place + width;
            return BigEndian.read(reader.data, place, width);
        }
    }

    /// @notice A signed number of 32 bits.
    function takeSigned(DescriptorReader memory reader) internal pure returns (int256) {
        return int32(uint32(take(reader, 4)));
    }

    /// @notice Remembers a failure unless the rule is kept.
    function ensure(DescriptorReader memory reader, bool kept) internal pure {
        if (!kept) reader.failed = true;
    }

    /// @notice The code of a dtype.
    function takeDtype(DescriptorReader memory reader) internal pure returns (uint256 dtype) {
        dtype = take(reader, 1);
        ensure(reader, Dtypes.isIn(dtype, Dtypes.ALL));
    }

    /// @notice A count of elements, or an extent.
    function takeCount(DescriptorReader memory reader) internal pure returns (uint256 count) {
        count = take(reader, 4);
        ensure(reader, count != 0 && count <= TensorTypes.MAXIMUM_COUNT);
    }

    /// @notice A rank.
    function takeRank(DescriptorReader memory reader) internal pure returns (uint256 rank) {
        rank = take(reader, 1);
        if (rank > TensorTypes.MAXIMUM_RANK) {
            reader.failed = true;
            return 0;
        }
    }

    /// @notice A divisor.
    function takeDivisor(DescriptorReader memory reader) internal pure returns (uint256 divisor) {
        divisor = take(reader, 4);
        ensure(reader, divisor != 0 && divisor <= MAXIMUM_DIVISOR);
    }

    /// @notice The extents of a space, and their product.
    function takeSpace(DescriptorReader memory reader) internal pure returns (uint256[] memory extents, uint256 size) {
        unchecked {
            extents = new uint256[](takeRank(reader));
            size = 1;
            for (uint256 axis = 0; axis < extents.length; axis++) {
                extents[axis] = takeCount(reader);
                size = product(reader, size, extents[axis]);
            }
        }
    }

    /// @notice The product of two counts, which has to be one.
    function product(DescriptorReader memory reader, uint256 a, uint256 b) internal pure returns (uint256 both) {
        unchecked {
            both = a * b;
            if (both > TensorTypes.MAXIMUM_COUNT) {
                reader.failed = true;
                return 1;
            }
        }
    }

    /// @notice An element of the dtype, in canonical form.
    function takeElement(DescriptorReader memory reader, uint256 dtype) internal pure returns (uint256 bits) {
        bits = take(reader, Dtypes.widthOf(dtype));
        if (dtype == TensorTypes.FLOAT32) ensure(reader, Float32.canonical(uint32(bits)) == bits);
        if (dtype == TensorTypes.BOOL) ensure(reader, bits <= 1);
    }

    /// @notice Whether every rule was kept and nothing is left.
    function isFinished(DescriptorReader memory reader) internal pure returns (bool) {
        return !reader.failed && reader.place == reader.data.length;
    }
}
