// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {FloatParts} from "./FloatParts.sol";

/// @notice The primitives of docs/canon.md, section 4, that compare float32. Operands and results are canonical bits.
library FloatOrder {
    /// @notice Whether a and b are the same; false if either is NaN.
    function equal(uint32 a, uint32 b) internal pure returns (bool) {
        return a == b && a != Float32.NOT_A_NUMBER;
    }

    /// @notice Whether a is below b, infinities included; false if either is NaN.
    function less(uint32 a, uint32 b) internal pure returns (bool) {
        return !FloatParts.isEitherNotANumber(a, b) && Float32.orderOf(a) < Float32.orderOf(b);
    }

    /// @notice Whether a is below b or the same; false if either is NaN.
    function lessOrEqual(uint32 a, uint32 b) internal pure returns (bool) {
        return !FloatParts.isEitherNotANumber(a, b) && Float32.orderOf(a) <= Float32.orderOf(b);
    }

    /// @notice The greater one; NaN if either is NaN.
    function maximum(uint32 a, uint32 b) internal pure returns (uint32) {
        if (FloatParts.isEitherNotANumber(a, b)) return Float32.NOT_A_NUMBER;
        return less(a, b) ? b : a;
    }

    /// @notice The smaller one; NaN if either is NaN.
    function minimum(uint32 a, uint32 b) internal pure returns (uint32) {
        if (FloatParts.isEitherNotANumber(a, b)) return Float32.NOT_A_NUMBER;
        return less(b, a) ? b : a;
    }
}
