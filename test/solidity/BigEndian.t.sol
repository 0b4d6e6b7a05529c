// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {BigEndian} from "../../contracts/canon/descriptors/BigEndian.sol";

/// @notice Reads numbers anywhere in bytes, in memory and in calldata, and byte by byte.
contract BigEndianTest {
    function testFuzz_readsWhatStandsThere(bytes calldata data, uint256 place, uint256 width) external pure {
        if (data.length == 0) return;
        place %= data.length;
        uint256 left = data.length - place;
        width = 1 + (width % (left < 32 ? left : 32));
        uint256 expected = BigEndian.readPlainly(data, place, width);
        require(BigEndian.read(data, place, width) == expected, "in memory");
        uint256 pointer;
        assembly ("memory-safe") {
            pointer := add(data.offset, place)
        }
        require(BigEndian.readCalldata(pointer, width) == expected, "in calldata");
    }
}
