// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTree} from "../../contracts/canon/TensorTree.sol";

/// @notice Compares the tree with a plain twin that spells out every place of it.
contract TensorTreeTest {
    function testFuzz_rootsEqualThePlainTwins(bytes32 seed, uint256 length) external view {
        bytes memory data = _bytesFrom(seed, length % 12_000);
        bytes32 expected = _plainRoot(data);
        require(this.rootOf(data) == expected, "calldata");
        require(TensorTree.rootOfMemory(data) == expected, "memory");
    }

    function testFuzz_hashingLeavesTheDataAsTheyAre(bytes calldata data) external pure {
        bytes memory copy = data;
        TensorTree.rootOfMemory(copy);
        require(keccak256(copy) == keccak256(data), "data changed");
    }

    function testFuzz_hashingSurvivesDirtyMemory(bytes32 dirt, bytes calldata data) external pure {
        bytes32 expected = TensorTree.rootOf(data);
        assembly ("memory-safe") {
            let free := mload(0x40)
            for {
                let offset := 0
            } lt(offset, 8192) {
                offset := add(offset, 32)
            } {
                mstore(add(free, offset), dirt)
            }
        }
        require(TensorTree.rootOf(data) == expected, "calldata");
        require(TensorTree.rootOfMemory(data) == expected, "memory");
    }

    function rootOf(bytes calldata data) external pure returns (bytes32) {
        return TensorTree.rootOf(data);
    }

    function _plainRoot(bytes memory data) private pure returns (bytes32) {
        uint256 leaves = data.length == 0 ? 1 : (data.length + 1023) / 1024;
        uint256 places = 1;
        while (places < leaves) places *= 2;
        return _plainNode(data, leaves, 0, places);
    }

    function _plainNode(
        bytes memory data,
        uint256 leaves,
        uint256 first,
        uint256 places
    ) private pure returns (bytes32) {
        if (places == 1) return first < leaves ? _plainLeaf(data, first * 1024) : keccak256(hex"03");
        bytes32 left = _plainNode(data, leaves, first, places / 2);
        bytes32 right = _plainNode(data, leaves, first + places / 2, places / 2);
        return keccak256(abi.encodePacked(hex"01", left, right));
    }

    function _plainLeaf(bytes memory data, uint256 start) private pure returns (bytes32) {
        bytes memory preimage = new bytes(1025);
        for (uint256 place = 0; place < 1024 && start + place < data.length; place++) {
            preimage[1 + place] = data[start + place];
        }
        return keccak256(preimage);
    }

    function _bytesFrom(bytes32 seed, uint256 length) private pure returns (bytes memory data) {
        while (data.length < length) {
            seed = keccak256(abi.encode(seed));
            data = abi.encodePacked(data, seed, ~seed, seed >> 1, seed << 1, data);
        }
        assembly ("memory-safe") {
            mstore(data, length)
        }
    }
}
