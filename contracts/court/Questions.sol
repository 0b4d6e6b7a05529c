// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DescriptorHeads} from "../canon/DescriptorHead.sol";
import {HashTree} from "../canon/HashTree.sol";
import {ICourt} from "./ICourt.sol";
import {Path, PathKind} from "./Path.sol";
import {TensorLeaves} from "./TensorLeaves.sol";

/// @notice What a worker with a right trace can answer. Nothing else may be asked.
library Questions {
    /// @notice Whether the tensor has what the path names.
    /// @param tensor A node's, or an input's or output's, which has no kind.
    function suits(Path path, ICourt.KnownNode memory tensor) internal pure returns (bool) {
        PathKind kind = path.kind();
        uint256 leaves = TensorLeaves.countOf(tensor.dtype, tensor.count);
        // What is given needs no walk: it is known what it has to be. And it is as it was given, fitting or not.
        if (kind == PathKind.Leaves) {
            return tensor.kind > DescriptorHeads.CLAIM && path.suitsTensor(HashTree.depthOf(leaves), leaves);
        }
        if (kind == PathKind.Weight && tensor.kind != DescriptorHeads.WEIGHT) return false;
        return path.suitsDemand(leaves);
    }
}
