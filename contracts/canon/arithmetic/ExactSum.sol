// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ExactSums} from "./ExactSums.sol";

/// @notice A sum of products of float32, exact until it is rounded once (docs/canon.md, section 6).
/// @dev A product of two float32 is ±p · 2^(s - 298) with p below 2^48 and s from 0 to 506. It is added to one of eight
///      bins: bin ⌊s / 128⌋ if it is positive, bin 4 + ⌊s / 128⌋ if it is negative, shifted left by s mod 128. Bin i
///      (and 4 + i) counts in units of 2^(128·i - 298). A bin grows by less than 2^(48 + 127) with each term, so that
///      it would take 2^81 terms to overflow; a fold has at most 65,537, which leave it below 2^192.
struct ExactSum {
    uint256[8] bins;
    bool notANumber;
    bool plusInfinity;
    bool minusInfinity;
}

using ExactSums for ExactSum global;
