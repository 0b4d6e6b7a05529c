// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Functions} from "./arithmetic/Functions.sol";

/// @notice The ten functions of section 5 of docs/canon.md, in a contract of their own for their size.
contract CanonFunctions {
    /// @notice The function at canonical bits of a float32.
    /// @param code 0x50 (EXP) to 0x59 (SOFTPLUS).
    function evaluate(uint8 code, uint32 x) external pure returns (uint32) {
        return Functions.evaluate(code, x);
    }
}
