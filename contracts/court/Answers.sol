// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../canon/HashTree.sol";
import {ICourt} from "./ICourt.sol";
import {Openings} from "./Openings.sol";
import {Path, Paths} from "./Path.sol";

/// @notice What answers to questions have to look like. What does not is no answer.
library Answers {
    /// @notice The root of a trace of so many nodes whose first hashes below the root are these.
    function rootOfTop(uint256 nodes, bytes32[] calldata hashes) internal pure returns (bytes32) {
        return _rootOf(Paths.TOP, HashTree.depthOf(nodes), nodes, hashes, hashes[:0]);
    }

    /// @notice The root of the tree over so many leaves in which these hashes stand below the path.
    function rootOfRow(
        Path path,
        uint256 leaves,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings
    ) internal pure returns (bytes32) {
        uint256 depth = HashTree.depthOf(leaves);
        // At its last level a tensor's tree shows a leaf, and no hash stands for that.
        if (path.level() == depth) revert ICourt.DoesNotFit(path);
        return _rootOf(path, depth, leaves, hashes, siblings);
    }

    /// @notice The root of the tree over so many leaves in which this leaf stands at the path.
    function rootOfLeaf(
        Path path,
        uint256 leaves,
        bytes calldata leaf,
        bytes32[] calldata siblings
    ) internal pure returns (bytes32) {
        (bool opens, bytes32 root) = Openings.rootOfLeaf(HashTree.depthOf(leaves), path.index(), leaf, siblings);
        if (!opens) revert ICourt.DoesNotFit(path);
        return root;
    }

    /// @notice Reverts unless the trace has this tensor at the path's node.
    /// @param nodes Of the program.
    function requireTensor(
        Path path,
        uint256 nodes,
        bytes32 traceRoot,
        bytes32 tensor,
        bytes32[] calldata siblings
    ) internal pure {
        (bool opens, bytes32 root) = Openings.rootOf(HashTree.depthOf(nodes), path.node(), tensor, siblings);
        if (!opens || root != traceRoot) revert ICourt.DoesNotFit(path);
    }

    /// @dev The hashes stand as many levels below the path as an answer shows, in a tree of this depth.
    function _rootOf(
        Path path,
        uint256 depth,
        uint256 leaves,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings
    ) private pure returns (bytes32) {
        uint256 stride = path.stride(depth);
        if (hashes.length != 1 << stride) revert ICourt.DoesNotFit(path);
        uint256 level = path.level() + stride;
        uint256 first = uint256(path.index()) << stride;
        if (!Openings.missingWhereDue(hashes, depth - level, first, leaves)) revert ICourt.DoesNotFit(path);
        (bool opens, bytes32 root) = HashTree.rootOfRange(level, first, hashes, siblings);
        if (!opens) revert ICourt.DoesNotFit(path);
        return root;
    }
}
