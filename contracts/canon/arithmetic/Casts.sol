// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {FloatParts} from "./FloatParts.sol";
import {Integers} from "./Integers.sol";
import {Rounding} from "./Rounding.sol";

/// @notice CAST of docs/canon.md, section 4, for every pair of dtypes. An element is an int256: the canonical bits of a
///         float32, the value of an integer, 0 or 1 for a bool.
library Casts {
    function cast(uint8 from, uint8 to, int256 element) internal pure returns (int256) {
        if (from == to) return element;
        if (to == TensorTypes.BOOL) return element == 0 ? int256(0) : int256(1);
        if (from == TensorTypes.FLOAT32) return _truncated(to, uint32(uint256(element)));
        if (to == TensorTypes.FLOAT32) return int256(uint256(Rounding.integer(element)));
        return Integers.wrap(to, element);
    }

    /// @dev Without its fraction, and what is out of range at its nearer end.
    function _truncated(uint8 to, uint32 bits) private pure returns (int256) {
        unchecked {
            if (bits == Float32.NOT_A_NUMBER) return 0;
            (int256 least, int256 greatest) = Integers.rangeOf(to);
            (uint256 significand, uint256 scale) = FloatParts.split(bits);
            // An infinity counts as 2^128, which is beyond every range.
            uint256 magnitude = scale >= 149 ? significand << (scale - 149) : (significand << scale) >> 149;
            int256 value = FloatParts.isNegative(bits) ? -int256(magnitude) : int256(magnitude);
            return Integers.maximum(least, Integers.minimum(greatest, value));
        }
    }
}
