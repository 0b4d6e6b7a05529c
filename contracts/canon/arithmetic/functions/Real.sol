// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Reals} from "./Reals.sol";

/// @notice The real ±magnitude · 2^exponent.
struct Real {
    bool negative;
    uint256 magnitude;
    int256 exponent;
}

using Reals for Real global;
