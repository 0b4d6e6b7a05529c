// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../canon/HashTree.sol";
import {ICourt} from "./ICourt.sol";
import {Openings} from "./Openings.sol";
import {Path, Paths} from "./Path.sol";

/// @notice What answers to questions have to look like. What does not is no answer.
library Answers {
    /// @notice The root of a trace of so many nodes whose first hashes below the root are these.
    function rootOfTop(uint256 nodes, bytes32[] calldata hashes) internal pure returns (bytes32 root) {
        uint256 depth = HashTree.depthOf(nodes);
        uint256 stride = Paths.TOP.stride(depth);
        if (hashes.length != 1 << stride || !Openings.missingWhereDue(hashes, depth - stride, 0, nodes)) {
            revert ICourt.DoesNotFit(Paths.TOP);
        }
        (, root) = HashTree.rootOfRange(stride, 0, hashes, hashes[:0]);
    }

    /// @notice The root of the tree over so many leaves in which these hashes stand below the path.
    function rootOfRow(
        Path path,
        uint256 leaves,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings
    ) internal pure returns (bytes32) {
        uint256 depth = HashTree.depthOf(leaves);
        uint256 stride = path.stride(depth);
        // At its last level a tensor's tree shows a leaf, and no hash stands for that.
        if (stride == 0 || hashes.length != 1 << stride) revert ICourt.DoesNotFit(path);
        uint256 height = depth - path.level() - stride;
        if (!Openings.missingWhereDue(hashes, height, uint256(path.index()) << stride, leaves)) {
            revert ICourt.DoesNotFit(path);
        }
        (bool opens, bytes32 root) = HashTree.rootOfRange(
            path.level() + stride,
            uint256(path.index()) << stride,
            hashes,
            siblings
        );
        if (!opens) revert ICourt.DoesNotFit(path);
        return root;
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
}
