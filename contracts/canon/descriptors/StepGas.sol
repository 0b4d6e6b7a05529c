// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTree} from "../TensorTree.sol";

/// @notice What a step is allowed to cost. Section 8 of docs/canon.md.
library StepGas {
    uint256 internal constant CAP = 1 << 24;
    uint256 internal constant CAP_OF_SUMS = 1 << 26; // DOT, SUM, MEAN, MEANSQ

    uint256 internal constant BASE = 500_000;

    uint256 private constant OPERAND = 30_000;
    uint256 private constant LEAF = 43_000;
    uint256 private constant SIBLINGS = 36_000; // 24 of them
    uint256 private constant RUN = 6_000;
    uint256 private constant DIVISION = 600;
    uint256 private constant TERM = 160;
    uint256 private constant LEAF_LENGTH = TensorTree.LEAF_LENGTH;

    /// @notice An operand of which one leaf is read.
    uint256 internal constant ONE_LEAF = OPERAND + LEAF + SIBLINGS;

    /// @notice An operand that a fold reads in runs of contiguous elements.
    /// @param width Bytes of an element.
    /// @param run Elements of a run.
    /// @param runs How many there are.
    /// @param size Elements of the view.
    /// @param divisions Axes of the view that have a divisor other than 1.
    function ofRuns(
        uint256 width,
        uint256 run,
        uint256 runs,
        uint256 size,
        uint256 divisions
    ) internal pure returns (uint256) {
        unchecked {
            uint256 leaves = runs * ((LEAF_LENGTH - 1 + width * (run - 1)) / LEAF_LENGTH + 1);
            uint256 all = (size * width + LEAF_LENGTH - 1) / LEAF_LENGTH;
            if (all < leaves) leaves = all;
            uint256 scattered = 2 * runs < leaves ? 2 * runs : leaves;
            return OPERAND + LEAF * leaves + SIBLINGS * scattered + (RUN + DIVISION * divisions) * runs;
        }
    }

    /// @notice The terms of a fold.
    function ofTerms(uint256 terms) internal pure returns (uint256) {
        unchecked {
            return TERM * terms;
        }
    }
}
