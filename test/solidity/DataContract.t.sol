// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DataContract} from "../../contracts/market/DataContract.sol";

contract DataContractTest {
    function testFuzz_bytesComeBack(bytes calldata data) external {
        address location = DataContract.store(data);
        require(keccak256(DataContract.load(location)) == keccak256(data), "data");
        require(location.code[0] == 0, "begins with STOP");
    }

    function test_longestBytesComeBack() external {
        bytes memory data = new bytes(24_575);
        data[24_574] = 0x01;
        require(keccak256(DataContract.load(DataContract.store(data))) == keccak256(data), "data");
    }

    function test_longerBytesAreRefused() external {
        try this.store(new bytes(24_576)) {
            revert("stored");
        } catch (bytes memory reason) {
            require(
                keccak256(reason) == keccak256(abi.encodeWithSelector(DataContract.DataNotStored.selector, 24_576)),
                "reason"
            );
        }
    }

    function store(bytes calldata data) external {
        DataContract.store(data);
    }
}
