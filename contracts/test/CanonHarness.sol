// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DescriptorHead, DescriptorHeads} from "../canon/DescriptorHead.sol";
import {Float32} from "../canon/Float32.sol";
import {HashTree} from "../canon/HashTree.sol";
import {Programs} from "../canon/Programs.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {Tensor, TensorType} from "../canon/TensorType.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";

/// @notice Makes the libraries of canon/ callable by tests.
contract CanonHarness {
    function pack(uint8 dtype, uint256[] calldata shape) external pure returns (TensorType) {
        return TensorTypes.pack(dtype, shape);
    }

    function isValid(TensorType kind) external pure returns (bool) {
        return kind.isValid();
    }

    function describe(
        TensorType kind
    ) external pure returns (uint8 dtype, uint256[] memory shape, uint256 count, uint256 byteLength) {
        shape = new uint256[](kind.rank());
        for (uint256 axis = 0; axis < shape.length; axis++) {
            shape[axis] = kind.dimension(axis);
        }
        return (kind.dtype(), shape, kind.count(), kind.byteLength());
    }

    function dimension(TensorType kind, uint256 axis) external pure returns (uint256) {
        return kind.dimension(axis);
    }

    function equals(TensorType kind, TensorType other) external pure returns (bool) {
        return kind.equals(other);
    }

    function canonical(uint32 bits) external pure returns (uint32) {
        return Float32.canonical(bits);
    }

    function orderOf(uint32 bits) external pure returns (int64) {
        return Float32.orderOf(bits);
    }

    function rootOf(bytes calldata data) external pure returns (bytes32) {
        return TensorTree.rootOf(data);
    }

    function rootOfMemory(bytes memory data) external pure returns (bytes32) {
        return TensorTree.rootOfMemory(data);
    }

    function hashOf(Tensor calldata tensor) external pure returns (bytes32) {
        return TensorTree.hashOf(tensor);
    }

    /// @notice Hashes and says what the hashing alone cost.
    function gasOfRoot(bytes calldata data) external view returns (uint256 spent) {
        uint256 before = gasleft();
        TensorTree.rootOf(data);
        return before - gasleft();
    }

    function depthOf(uint256 leaves) external pure returns (uint256) {
        return HashTree.depthOf(leaves);
    }

    function rootOfOpening(
        uint256 depth,
        uint256[] calldata places,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings
    ) external pure returns (bool opens, bytes32 root) {
        return HashTree.rootOf(depth, places, hashes, siblings);
    }

    function programHash(
        uint256 specVersion,
        uint256 nodes,
        bytes32 nodesRoot,
        uint32[] calldata outputs
    ) external pure returns (bytes32) {
        return Programs.hashOf(specVersion, nodes, nodesRoot, outputs);
    }

    function nodeHash(bytes calldata descriptor) external pure returns (bytes32) {
        return Programs.nodeHash(descriptor);
    }

    function headOf(bytes calldata descriptor) external pure returns (bool valid, DescriptorHead memory head) {
        return DescriptorHeads.read(descriptor);
    }
}
