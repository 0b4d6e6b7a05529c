// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Codes of folds. Section 6 of docs/canon.md.
library FoldCodes {
    uint256 internal constant DOT = 1;
    uint256 internal constant SUM = 2;
    uint256 internal constant MEAN = 3;
    uint256 internal constant MEANSQ = 4;
    uint256 internal constant MAX = 5;
    uint256 internal constant MIN = 6;
    uint256 internal constant ARGMAX = 7;
    uint256 internal constant ARGMIN = 8;
    uint256 internal constant AND = 9;
}
