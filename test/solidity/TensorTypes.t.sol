// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorType} from "../../contracts/canon/TensorType.sol";
import {TensorTypes} from "../../contracts/canon/TensorTypes.sol";

contract TensorTypesTest {
    function testFuzz_whatIsPackedReadsBack(uint8 dtypeSeed, uint8[] calldata sizes) external pure {
        uint8 dtype = [1, 2, 3, 6, 7, 9][dtypeSeed % 6];
        uint256[] memory shape = new uint256[](sizes.length % 9 < sizes.length ? sizes.length % 9 : sizes.length);
        uint256 count = 1;
        for (uint256 axis = 0; axis < shape.length; axis++) {
            shape[axis] = 1 + (sizes[axis] % 14);
            count *= shape[axis];
        }
        TensorType kind = TensorTypes.pack(dtype, shape);
        require(kind.isValid(), "valid");
        require(kind.dtype() == dtype && kind.rank() == shape.length && kind.count() == count, "fields");
        for (uint256 axis = 0; axis < 9; axis++) {
            require(kind.dimension(axis) == (axis < shape.length ? shape[axis] : 0), "dimension");
        }
    }

    /// @dev A word is valid exactly if its own fields pack to it.
    function testFuzz_validWordsAreThosePackedFromTheirFields(
        uint8 dtype,
        uint8 rank,
        uint248 sizes,
        uint8 drop
    ) external view {
        uint256 dimensions = uint256(sizes) >> (drop % 248);
        TensorType kind = TensorType.wrap((uint256(dtype % 10) << 252) | (uint256(rank % 10) << 248) | dimensions);
        require(kind.isValid() == this.packsToItself(kind), "valid");
    }

    function packsToItself(TensorType kind) external view returns (bool) {
        uint256[] memory shape = new uint256[](kind.rank());
        for (uint256 axis = 0; axis < shape.length; axis++) {
            shape[axis] = kind.dimension(axis);
        }
        try this.pack(kind.dtype(), shape) returns (TensorType packed) {
            return packed.equals(kind);
        } catch {
            return false;
        }
    }

    function pack(uint8 dtype, uint256[] calldata shape) external pure returns (TensorType) {
        return TensorTypes.pack(dtype, shape);
    }
}
