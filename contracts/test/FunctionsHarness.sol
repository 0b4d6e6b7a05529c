// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../canon/Float32.sol";
import {Functions} from "../canon/arithmetic/Functions.sol";
import {Real} from "../canon/arithmetic/functions/Real.sol";

/// @notice Makes the ten functions callable by tests, many arguments at once.
contract FunctionsHarness {
    /// @notice The function at the float32 that stand packed in `packedArguments`, packed too.
    function evaluateAll(uint8 code, bytes calldata packedArguments) external pure returns (bytes memory results) {
        results = new bytes(packedArguments.length);
        for (uint256 place = 0; place < packedArguments.length; place += 4) {
            uint32 x = Float32.canonical(uint32(bytes4(packedArguments[place:place + 4])));
            bytes4 result = bytes4(Functions.evaluate(code, x));
            for (uint256 digit = 0; digit < 4; digit++) results[place + digit] = result[digit];
        }
    }

    /// @notice The approximations from which they are rounded.
    function approximateAll(uint8 code, uint32[] calldata x) external pure returns (Real[] memory reals) {
        reals = new Real[](x.length);
        for (uint256 index = 0; index < x.length; index++) reals[index] = Functions.approximate(code, x[index]);
    }

    /// @notice The greatest cost of the function at one of the packed arguments, and the cost of all.
    function gasOf(uint8 code, bytes calldata packedArguments) external view returns (uint256 greatest, uint256 total) {
        for (uint256 place = 0; place < packedArguments.length; place += 4) {
            uint32 x = Float32.canonical(uint32(bytes4(packedArguments[place:place + 4])));
            uint256 before = gasleft();
            Functions.evaluate(code, x);
            uint256 spent = before - gasleft();
            if (spent > greatest) greatest = spent;
            total += spent;
        }
    }
}
