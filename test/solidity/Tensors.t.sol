// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../../contracts/canon/Float32.sol";
import {Tensor} from "../../contracts/canon/TensorType.sol";
import {Tensors} from "../../contracts/market/Tensors.sol";

/// @notice What is built reads back, and its bytes are those of a plain twin.
contract TensorsTest {
    using Tensors for Tensor;

    function testFuzz_float32(uint32[] memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofFloat32(values, Tensors.shape(values.length));
        bytes memory plain;
        for (uint256 place = 0; place < values.length; place++) {
            plain = abi.encodePacked(plain, values[place]);
        }
        require(keccak256(tensor.data) == keccak256(plain), "bytes");
        require(this.float32At(tensor, index) == Float32.canonical(values[index]), "element");
    }

    function testFuzz_int8(int8[] memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofInt8(values, Tensors.shape(1, values.length));
        bytes memory plain;
        for (uint256 place = 0; place < values.length; place++) {
            plain = abi.encodePacked(plain, values[place]);
        }
        require(keccak256(tensor.data) == keccak256(plain), "bytes");
        require(this.int8At(tensor, index) == values[index], "element");
    }

    function testFuzz_int32(int32[] memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofInt32(values, Tensors.shape(values.length, 1));
        bytes memory plain;
        for (uint256 place = 0; place < values.length; place++) {
            plain = abi.encodePacked(plain, values[place]);
        }
        require(keccak256(tensor.data) == keccak256(plain), "bytes");
        require(this.int32At(tensor, index) == values[index], "element");
    }

    function testFuzz_int64(int64[] memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofInt64(values, Tensors.shape(values.length));
        bytes memory plain;
        for (uint256 place = 0; place < values.length; place++) {
            plain = abi.encodePacked(plain, values[place]);
        }
        require(keccak256(tensor.data) == keccak256(plain), "bytes");
        require(this.int64At(tensor, index) == values[index], "element");
        require(this.argmax(tensor) == _plainArgmax(values), "argmax");
    }

    function testFuzz_bool(bool[] memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofBool(values, Tensors.shape(values.length));
        bytes memory plain;
        for (uint256 place = 0; place < values.length; place++) {
            plain = abi.encodePacked(plain, values[place]);
        }
        require(keccak256(tensor.data) == keccak256(plain), "bytes");
        require(this.boolAt(tensor, index) == values[index], "element");
    }

    function testFuzz_uint8(bytes memory values, uint256 index) external view {
        if (values.length == 0) return this.refusesToBuildNothing();
        index %= values.length;
        Tensor memory tensor = Tensors.ofUint8(values, Tensors.shape(values.length));
        require(keccak256(tensor.data) == keccak256(values), "bytes");
        require(this.uint8At(tensor, index) == uint8(values[index]), "element");
    }

    /// @dev A tensor has at least one element.
    function refusesToBuildNothing() external view {
        try this.ofNothing() {
            revert("built nothing");
        } catch {}
    }

    function ofNothing() external pure returns (Tensor memory) {
        return Tensors.ofUint8("", Tensors.shape(0));
    }

    function float32At(Tensor calldata tensor, uint256 index) external pure returns (uint32) {
        return tensor.float32At(index);
    }

    function uint8At(Tensor calldata tensor, uint256 index) external pure returns (uint8) {
        return tensor.uint8At(index);
    }

    function int8At(Tensor calldata tensor, uint256 index) external pure returns (int8) {
        return tensor.int8At(index);
    }

    function int32At(Tensor calldata tensor, uint256 index) external pure returns (int32) {
        return tensor.int32At(index);
    }

    function int64At(Tensor calldata tensor, uint256 index) external pure returns (int64) {
        return tensor.int64At(index);
    }

    function boolAt(Tensor calldata tensor, uint256 index) external pure returns (bool) {
        return tensor.boolAt(index);
    }

    function argmax(Tensor calldata tensor) external pure returns (uint256) {
        return tensor.argmax();
    }

    function _plainArgmax(int64[] memory values) private pure returns (uint256 best) {
        for (uint256 place = 1; place < values.length; place++) {
            if (values[place] > values[best]) best = place;
        }
    }
}
