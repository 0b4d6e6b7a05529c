// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice Trees over lists of hashes, and openings of several of their places at once. Sections 11 and 12 of docs/canon.md.
library HashTree {
    uint256 internal constant MAXIMUM_DEPTH = 31;

    /// @notice The depth of the tree over so many hashes, at least one.
    function depthOf(uint256 leaves) internal pure returns (uint256) {
        return Math.log2(leaves, Math.Rounding.Ceil);
    }

    /// @notice The root of a tree of that depth in which these hashes stand at these places.
    /// @dev Overwrites both lists.
    /// @param places One for each of the hashes.
    /// @param siblings Level by level from the leaves up, each level from left to right.
    /// @return opens Whether it is an opening at all: at least one place, all of them in the tree and strictly ascending, and
    ///         neither too few siblings nor too many. Otherwise there is no root.
    function rootOf(
        uint256 depth,
        uint256[] memory places,
        bytes32[] memory hashes,
        bytes32[] calldata siblings
    ) internal pure returns (bool opens, bytes32 root) {
        if (depth > MAXIMUM_DEPTH || places.length != hashes.length || !_standIn(depth, places)) return (false, 0);
        unchecked {
            if (places[places.length - 1] - places[0] < places.length) {
                return rootOfRange(depth, places[0], hashes, siblings);
            }
        }
        return rootOfScattered(depth, places, hashes, siblings);
    }

    /// @notice The same for places that follow one another, from `first` on; they stand in the tree. Many are hashed where they lie.
    function rootOfRange(
        uint256 depth,
        uint256 first,
        bytes32[] memory hashes,
        bytes32[] calldata siblings
    ) internal pure returns (bool opens, bytes32 root) {
        uint256 held = hashes.length;
        uint256 used = 0;
        unchecked {
            for (; depth != 0; depth--) {
                uint256 left = first % 2; // whether the first one is without a partner
                uint256 right = (first + held) % 2; // likewise the last one
                if (used + left + right > siblings.length) return (false, 0);
                bytes32 rightmost = hashes[held - 1];
                uint256 pairs = (held - left - right) / 2;
                if (pairs != 0) foldPairs(hashes, left, pairs);
                if (left == 1) hashes[0] = inner(siblings[used++], hashes[0]);
                held = left + pairs;
                if (right == 1) hashes[held++] = inner(rightmost, siblings[used++]);
                first /= 2;
            }
        }
        return used == siblings.length ? (true, hashes[0]) : (false, bytes32(0));
    }

    /// @notice The same for any places, which stand in the tree and ascend strictly.
    function rootOfScattered(
        uint256 depth,
        uint256[] memory places,
        bytes32[] memory hashes,
        bytes32[] calldata siblings
    ) internal pure returns (bool opens, bytes32 root) {
        uint256 held = places.length;
        uint256 used = 0;
        for (uint256 level = 0; level < depth; level++) {
            bool enough;
            (enough, held, used) = _rise(places, hashes, held, siblings, used);
            if (!enough) return (false, 0);
        }
        return used == siblings.length ? (true, hashes[0]) : (false, bytes32(0));
    }

    /// @notice H(01 ‖ left ‖ right).
    function inner(bytes32 left, bytes32 right) internal pure returns (bytes32 node) {
        // Hashed where the free memory begins.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(free, 1)
            mstore(add(free, 1), left)
            mstore(add(free, 33), right)
            node := keccak256(free, 65)
        }
    }

    /// @notice Puts H(01 ‖ nodes[first + 2i] ‖ nodes[first + 2i + 1]) into nodes[first + i], for each i below `pairs` in ascending order.
    /// @dev Two neighbours are hashed where they lie: the tag takes the byte before them, which is the end of a node hashed already,
    ///      or, before the first pair, of the word there, the array's length or a node, which is put back.
    function foldPairs(bytes32[] memory nodes, uint256 first, uint256 pairs) internal pure {
        assembly ("memory-safe") {
            let before := add(nodes, shl(5, first))
            let word := mload(before)
            let parent := add(before, 32)
            let tag := add(before, 31)
            for {
                let end := add(parent, shl(5, pairs))
            } lt(parent, end) {
                parent := add(parent, 32)
                tag := add(tag, 64)
            } {
                mstore8(tag, 1)
                mstore(parent, keccak256(tag, 65))
            }
            mstore(before, word)
        }
    }

    /// @dev Puts the hashes of the next level, and their places, in front of both lists.
    /// @return enough Whether the siblings sufficed.
    /// @return parents How many hashes the next level holds.
    /// @return usedNow How many siblings are used up.
    function _rise(
        uint256[] memory places,
        bytes32[] memory hashes,
        uint256 held,
        bytes32[] calldata siblings,
        uint256 used
    ) private pure returns (bool enough, uint256 parents, uint256 usedNow) {
        usedNow = used;
        // Nothing here exceeds the lists' lengths or a place.
        unchecked {
            for (uint256 i = 0; i < held; parents++) {
                uint256 place = places[i];
                bytes32 hash = hashes[i++];
                bytes32 partner;
                if (place % 2 == 0 && i < held && places[i] == place + 1) {
                    partner = hashes[i++];
                } else {
                    if (usedNow == siblings.length) return (false, 0, 0);
                    partner = siblings[usedNow++];
                }
                places[parents] = place / 2;
                hashes[parents] = place % 2 == 0 ? inner(hash, partner) : inner(partner, hash);
            }
        }
        return (true, parents, usedNow);
    }

    function _standIn(uint256 depth, uint256[] memory places) private pure returns (bool) {
        unchecked {
            if (places.length == 0) return false;
            uint256 before = places[0];
            for (uint256 i = 1; i < places.length; i++) {
                uint256 place = places[i];
                if (before >= place) return false;
                before = place;
            }
            return before >> depth == 0;
        }
    }
}
