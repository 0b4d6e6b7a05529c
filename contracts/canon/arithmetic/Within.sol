// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {ExactSum} from "./ExactSum.sol";
import {FloatArithmetic} from "./FloatArithmetic.sol";
import {FloatOrder} from "./FloatOrder.sol";

/// @notice WITHIN of docs/canon.md, section 13: whether a claimed float32 lies in the band around the right one.
library Within {
    /// @notice Whether c and y are the same, or both are numbers and |c - y| ≤ absolute + relative · |y| in the reals.
    /// @dev All are canonical bits; the tolerances are finite and not negative.
    function within(uint32 c, uint32 y, uint32 absolute, uint32 relative) internal pure returns (bool) {
        if (c == y) return true;
        if (!Float32.isFinite(c) || !Float32.isFinite(y)) return false;
        (uint32 low, uint32 high) = FloatOrder.less(c, y) ? (c, y) : (y, c);
        ExactSum memory slack;
        slack.addProduct(relative, FloatArithmetic.absolute(y));
        slack.add(absolute);
        slack.add(low);
        slack.add(FloatArithmetic.negate(high));
        return !slack.isNegative();
    }
}
