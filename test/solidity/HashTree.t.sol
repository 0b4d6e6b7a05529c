// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../../contracts/canon/HashTree.sol";

/// @notice Opens random places of trees whose every place is spelt out.
contract HashTreeTest {
    struct Opening {
        uint256 depth;
        uint256[] places;
        bytes32[] hashes;
        bytes32[] siblings;
        bytes32 root;
    }

    function testFuzz_whatStandsInTheTreeIsOpened(bytes32 seed, uint256 leaves, uint256 chosen) external view {
        Opening memory opening = _open(seed, leaves, chosen);
        (bool opens, bytes32 root) = this.rootOf(opening);
        require(opens && root == opening.root, "sound");
    }

    function testFuzz_anotherHashGivesAnotherRoot(
        bytes32 seed,
        uint256 leaves,
        uint256 chosen,
        uint256 which,
        bytes32 other
    ) external view {
        Opening memory opening = _open(seed, leaves, chosen);
        which %= opening.hashes.length + opening.siblings.length;
        bool isHash = which < opening.hashes.length;
        bytes32[] memory list = isHash ? opening.hashes : opening.siblings;
        if (!isHash) which -= opening.hashes.length;
        bool same = list[which] == other;
        list[which] = other;
        (bool opens, bytes32 root) = this.rootOf(opening);
        require(opens && (root == opening.root) == same, "damaged");
    }

    function testFuzz_anotherNumberOfSiblingsOpensNothing(
        bytes32 seed,
        uint256 leaves,
        uint256 chosen,
        uint256 length
    ) external view {
        Opening memory opening = _open(seed, leaves, chosen);
        bytes32[] memory siblings = opening.siblings;
        opening.siblings = new bytes32[](length % (siblings.length + 3));
        for (uint256 i = 0; i < opening.siblings.length && i < siblings.length; i++) {
            opening.siblings[i] = siblings[i];
        }
        (bool opens, ) = this.rootOf(opening);
        require(opens == (opening.siblings.length == siblings.length), "number of siblings");
    }

    function testFuzz_aRangeOpensAsAnyPlaces(bytes32 seed, uint256 leaves, uint256 first, uint256 count) external view {
        leaves = 1 + (leaves % 64);
        first %= leaves;
        count = 1 + (count % (leaves - first));
        Opening memory opening = _open(seed, leaves - 1, ((1 << count) - 1) << first);
        require(opening.places.length == count, "a range");
        (bool opens, bytes32 root) = this.rootOfRange(opening);
        require(opens && root == opening.root, "as a range");
        (opens, root) = this.rootOfScattered(opening);
        require(opens && root == opening.root, "as any places");
    }

    function rootOfRange(Opening calldata opening) external pure returns (bool opens, bytes32 root) {
        return HashTree.rootOfRange(opening.depth, opening.places[0], opening.hashes, opening.siblings);
    }

    function rootOfScattered(Opening calldata opening) external pure returns (bool opens, bytes32 root) {
        return HashTree.rootOfScattered(opening.depth, opening.places, opening.hashes, opening.siblings);
    }

    function rootOf(Opening calldata opening) external pure returns (bool opens, bytes32 root) {
        return HashTree.rootOf(opening.depth, opening.places, opening.hashes, opening.siblings);
    }

    /// @dev At least one place of a tree over 1 to 64 hashes.
    function _open(bytes32 seed, uint256 leaves, uint256 chosen) private pure returns (Opening memory opening) {
        leaves = 1 + (leaves % 64);
        while ((1 << opening.depth) < leaves) opening.depth++;
        uint256 size = 1 << opening.depth;
        chosen &= (1 << size) - 1;
        if (chosen == 0) chosen = 1;
        bytes32[] memory level = new bytes32[](size);
        for (uint256 place = 0; place < size; place++) {
            level[place] = place < leaves ? keccak256(abi.encode(seed, place)) : keccak256(hex"03");
            if ((chosen >> place) & 1 == 0) continue;
            opening.places = _with(opening.places, place);
            opening.hashes = _with(opening.hashes, level[place]);
        }
        for (; size > 1; size /= 2) {
            uint256 parents = 0;
            for (uint256 place = 0; place < size; place++) {
                if ((chosen >> place) & 1 == 0) continue;
                parents |= 1 << (place / 2);
                if ((chosen >> (place ^ 1)) & 1 == 0) opening.siblings = _with(opening.siblings, level[place ^ 1]);
            }
            chosen = parents;
            for (uint256 place = 0; place < size; place += 2) {
                level[place / 2] = keccak256(abi.encodePacked(hex"01", level[place], level[place + 1]));
            }
        }
        opening.root = level[0];
    }

    function _with(uint256[] memory list, uint256 last) private pure returns (uint256[] memory longer) {
        longer = new uint256[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = last;
    }

    function _with(bytes32[] memory list, bytes32 last) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = last;
    }
}
