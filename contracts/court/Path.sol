// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Names what a question asks for.
/// @dev Layout, most significant bit first:
///
///        79..72  kind    PathKind
///        71..40  node    position of a node; of a demand the input, the WEIGHT node or the output
///        39..32  level   below the root of the tree that is asked about
///        31..0   index   from the left on that level; of a demand the leaf
///
///      Zero names nothing.
type Path is uint80;

/// @notice What can be asked for.
enum PathKind {
    None,
    Nodes, // hashes in the trace's tree
    Leaves, // hashes in the tree of one node's tensor, at its last level a leaf's bytes
    Input, // a leaf of an input of the job
    Weight, // a leaf of a WEIGHT node of the program
    Output // a leaf of an output of the claim
}

using Paths for Path global;

/// @notice Takes paths apart and puts them together, and says what a question may ask for.
library Paths {
    /// @notice How many levels one answer descends, where there are so many.
    uint256 internal constant STRIDE = 4;

    /// @notice The trace's first hashes below the root. They come with the trace, so nobody asks for them.
    Path internal constant TOP = Path.wrap(uint80(1 << 72));

    uint256 private constant KIND_BIT = 72;
    uint256 private constant NODE_BIT = 40;
    uint256 private constant LEVEL_BIT = 32;

    function pack(PathKind pathKind, uint32 pathNode, uint8 pathLevel, uint32 pathIndex) internal pure returns (Path) {
        return
            Path.wrap(
                uint80(
                    (uint256(pathKind) << KIND_BIT) |
                        (uint256(pathNode) << NODE_BIT) |
                        (uint256(pathLevel) << LEVEL_BIT) |
                        pathIndex
                )
            );
    }

    /// @notice Whether it names something.
    function isSet(Path path) internal pure returns (bool) {
        return Path.unwrap(path) != 0;
    }

    /// @notice What is asked for; None for a code that is no kind's.
    function kind(Path path) internal pure returns (PathKind) {
        uint256 code = Path.unwrap(path) >> KIND_BIT;
        return code > uint256(type(PathKind).max) ? PathKind.None : PathKind(code);
    }

    function node(Path path) internal pure returns (uint32) {
        return uint32(Path.unwrap(path) >> NODE_BIT);
    }

    function level(Path path) internal pure returns (uint8) {
        return uint8(Path.unwrap(path) >> LEVEL_BIT);
    }

    function index(Path path) internal pure returns (uint32) {
        return uint32(Path.unwrap(path));
    }

    /// @notice Whether a leaf of data given by reference is demanded.
    function isDemand(Path path) internal pure returns (bool) {
        return kind(path) > PathKind.Leaves;
    }

    /// @notice Whether it names a node of the program, and not of the trace's tree.
    function isOfNode(Path path) internal pure returns (bool) {
        PathKind code = kind(path);
        return code == PathKind.Leaves || code == PathKind.Weight;
    }

    /// @notice Whether a question goes on from the last one: down the trace, then down the tensor that it went into.
    /// @dev It may leave levels out, whose answers others have asked for.
    function isBelow(Path path, Path last) internal pure returns (bool) {
        if (!isSet(last)) return true;
        if (kind(path) != kind(last)) return kind(path) == PathKind.Leaves;
        return level(path) > level(last) && node(path) == node(last);
    }

    /// @notice Whether the trace's tree has such hashes to show, which didn't come with it.
    /// @param depth Of that tree.
    function suitsTrace(Path path, uint256 depth) internal pure returns (bool) {
        uint256 from = level(path);
        return node(path) == 0 && from != 0 && from < depth && from % STRIDE == 0 && index(path) >> from == 0;
    }

    /// @notice Whether a tensor's tree has such hashes, or such a leaf, to show.
    /// @param depth Of that tree.
    /// @param leaves How many there are, missing ones apart.
    function suitsTensor(Path path, uint256 depth, uint256 leaves) internal pure returns (bool) {
        uint256 from = level(path);
        if (from == depth) return index(path) < leaves;
        return from < depth && from % STRIDE == 0 && index(path) >> from == 0;
    }

    /// @notice Whether there is such a leaf.
    function suitsDemand(Path path, uint256 leaves) internal pure returns (bool) {
        return level(path) == 0 && index(path) < leaves;
    }

    /// @notice How many levels below it the answer shows.
    function stride(Path path, uint256 depth) internal pure returns (uint256) {
        uint256 below = depth - level(path);
        return below < STRIDE ? below : STRIDE;
    }
}
