// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {HashTree} from "../../contracts/canon/HashTree.sol";
import {ICanon} from "../../contracts/canon/ICanon.sol";
import {TensorTree} from "../../contracts/canon/TensorTree.sol";
import {CanonCalls} from "../../contracts/court/CanonCalls.sol";
import {Openings} from "../../contracts/court/Openings.sol";
import {Path, PathKind, Paths} from "../../contracts/court/Path.sol";
import {TensorLeaves} from "../../contracts/court/TensorLeaves.sol";

/// @notice What the court takes for an opening, against trees that are spelt out, and its leaves against plain loops.
contract CourtOpeningsTest {
    function testFuzz_aRowStandsWhereItStands(
        bytes32 seed,
        uint256 leaves,
        uint256 level,
        uint256 index
    ) external view {
        leaves = 1 + (leaves % 64);
        bytes32[][] memory tree = _tree(seed, leaves);
        level %= tree.length;
        index %= 1 << level;
        uint256 height = tree.length - 1 - level;
        uint256 stride = height < 4 ? height : 4;
        bytes32[] memory row = new bytes32[](1 << stride);
        for (uint256 i = 0; i < row.length; i++) row[i] = tree[height - stride][(index << stride) + i];
        (bool opens, bytes32 root) = this.rootOfRange(stride, 0, row, new bytes32[](0));
        require(opens && root == tree[height][index], "row");
        require(this.missingWhereDue(row, height - stride, index << stride, leaves), "what is missing");
        _requireOpens(tree, level, index, row, stride);
    }

    function _requireOpens(
        bytes32[][] memory tree,
        uint256 level,
        uint256 index,
        bytes32[] memory row,
        uint256 stride
    ) private view {
        uint256 height = tree.length - 1 - level;
        bytes32[] memory siblings = new bytes32[](level);
        for (uint256 i = 0; i < level; i++) siblings[i] = tree[height + i][(index >> i) ^ 1];
        (bool opens, bytes32 root) = this.rootOf(level, index, tree[height][index], siblings);
        require(opens && root == tree[tree.length - 1][0], "root");
        (opens, root) = this.rootOfRange(level + stride, index << stride, row, siblings);
        require(opens && root == tree[tree.length - 1][0], "the row's root");
        (opens, ) = this.rootOf(level + 1, index, tree[height][index], siblings);
        require(!opens, "too few siblings");
    }

    function testFuzz_whatIsMissingMustLookSo(
        bytes32 seed,
        uint256 leaves,
        uint256 which,
        uint256 height
    ) external view {
        leaves = 1 + (leaves % 64);
        bytes32[][] memory tree = _tree(seed, leaves);
        height %= tree.length;
        bytes32[] memory row = tree[height];
        which %= row.length;
        row[which] = keccak256(abi.encode(seed));
        bool belowAreLeaves = (which << height) < leaves;
        require(this.missingWhereDue(row, height, 0, leaves) == belowAreLeaves, "missing");
    }

    function testFuzz_aLeafFitsAsAPlainLoopSays(
        uint256 kind,
        uint32 count,
        uint256 place,
        uint256 offset,
        uint8 value
    ) external view {
        (uint8 dtype, uint256 width) = _typeOf(kind);
        count = 1 + (count % 2_000);
        place %= TensorLeaves.countOf(dtype, count);
        bytes memory leaf = new bytes(1_024);
        leaf[offset % 1_024] = bytes1(value);
        bool expected = true;
        for (uint256 i = 0; i < 1_024; i++) {
            bool used = place * 1_024 + i < count * width;
            if (leaf[i] != 0 && (!used || (dtype == 9 && uint8(leaf[i]) > 1))) expected = false;
        }
        require(this.fits(leaf, dtype, count, place) == expected, "fits");
    }

    function testFuzz_anElementIsReadAsAPlainLoopSays(
        bytes32 seed,
        uint256 kind,
        uint32 count,
        uint32 element
    ) external view {
        (uint8 dtype, uint256 width) = _typeOf(kind);
        count = 1 + (count % 1_000);
        element %= count;
        uint256 leaves = TensorLeaves.countOf(dtype, count);
        bytes memory data = new bytes(leaves * 1_024);
        for (uint256 i = 0; i < count * width; i++) data[i] = seed[i % 32];
        uint64 expected = 0;
        for (uint256 i = 0; i < width; i++) expected = (expected << 8) | uint8(data[element * width + i]);
        require(this.elementOf(_opened(data, dtype, count, (element * width) / 1_024), element) == expected, "element");
    }

    function testFuzz_aWordIsReadAsAPlainLoopSays(bytes32 first, bytes32 second, uint256 index) external pure {
        bytes memory answer = abi.encode(first, second);
        index %= 2;
        uint256 expected = 0;
        for (uint256 i = 0; i < 32; i++) expected = (expected << 8) | uint8(answer[32 * index + i]);
        require(CanonCalls.wordAt(answer, index) == expected, "word");
    }

    function testFuzz_pathsComeApartAgain(uint8 kind, uint32 node, uint8 level, uint32 index) external pure {
        PathKind known = PathKind(kind % 6);
        Path path = Paths.pack(known, node, level, index);
        require(path.kind() == known && path.node() == node && path.level() == level && path.index() == index, "parts");
        require(path.isDemand() == (known > PathKind.Leaves), "demand");
    }

    function testFuzz_everyCodeIsAKindOrNone(uint80 word) external pure {
        uint256 code = word >> 72;
        require(uint256(Path.wrap(word).kind()) == (code < 6 ? code : 0), "kind");
    }

    /// @notice A walk has no more questions than its trees have strides, the first of the trace's apart, and a leaf.
    function testFuzz_walksEnd(uint256 seed, uint256 depth, uint256 leavesDepth) external pure {
        depth %= 17;
        leavesDepth %= 25;
        Path last;
        uint256 questions = 0;
        for (uint256 i = 0; i < 200; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            bool inTensor = seed % 3 == 0;
            uint8 level = uint8((seed >> 8) % 26);
            Path path = Paths.pack(inTensor ? PathKind.Leaves : PathKind.Nodes, 0, level, 0);
            bool suits = inTensor ? path.suitsTensor(leavesDepth, 1) : path.suitsTrace(depth);
            if (!suits || !path.isBelow(last)) continue;
            last = path;
            questions++;
        }
        uint256 rows = depth == 0 ? 0 : (depth - 1) / 4;
        require(questions <= rows + (leavesDepth + 3) / 4 + 1, "too many");
    }

    function rootOfRange(
        uint256 depth,
        uint256 first,
        bytes32[] calldata hashes,
        bytes32[] calldata siblings
    ) external pure returns (bool opens, bytes32 root) {
        return HashTree.rootOfRange(depth, first, hashes, siblings);
    }

    function rootOf(
        uint256 depth,
        uint256 place,
        bytes32 hash,
        bytes32[] calldata siblings
    ) external pure returns (bool opens, bytes32 root) {
        return Openings.rootOf(depth, place, hash, siblings);
    }

    function missingWhereDue(
        bytes32[] calldata row,
        uint256 height,
        uint256 first,
        uint256 leaves
    ) external pure returns (bool) {
        return Openings.missingWhereDue(row, height, first, leaves);
    }

    function fits(bytes calldata leaf, uint8 dtype, uint32 count, uint256 place) external pure returns (bool) {
        return TensorLeaves.fits(leaf, dtype, count, place);
    }

    function elementOf(ICanon.Operand calldata tensor, uint32 element) external pure returns (uint64) {
        return TensorLeaves.elementOf(tensor, tensor.root, tensor.opened, element);
    }

    /// @dev One of the dtypes, and its width.
    function _typeOf(uint256 kind) private pure returns (uint8 dtype, uint256 width) {
        kind %= 6;
        return ([1, 2, 3, 6, 7, 9][kind], [4, 1, 1, 4, 8, 1][kind]);
    }

    /// @dev A tensor with the leaf at a place opened.
    function _opened(
        bytes memory data,
        uint8 dtype,
        uint32 count,
        uint256 place
    ) private pure returns (ICanon.Operand memory tensor) {
        uint256 leaves = data.length / 1_024;
        bytes32[] memory hashes = new bytes32[](leaves);
        for (uint256 i = 0; i < leaves; i++) hashes[i] = keccak256(bytes.concat(hex"00", _slice(data, i)));
        bytes32[][] memory tree = _treeOver(hashes);
        tensor.dtype = dtype;
        tensor.count = count;
        tensor.root = tree[tree.length - 1][0];
        tensor.opened.places = new uint256[](1);
        tensor.opened.places[0] = place;
        tensor.opened.leaves = _slice(data, place);
        tensor.opened.siblings = new bytes32[](tree.length - 1);
        for (uint256 i = 0; i + 1 < tree.length; i++) tensor.opened.siblings[i] = tree[i][(place >> i) ^ 1];
    }

    function _slice(bytes memory data, uint256 place) private pure returns (bytes memory leaf) {
        leaf = new bytes(1_024);
        for (uint256 i = 0; i < 1_024; i++) leaf[i] = data[place * 1_024 + i];
    }

    function _tree(bytes32 seed, uint256 leaves) private pure returns (bytes32[][] memory) {
        bytes32[] memory hashes = new bytes32[](leaves);
        for (uint256 i = 0; i < leaves; i++) hashes[i] = keccak256(abi.encode(seed, i));
        return _treeOver(hashes);
    }

    /// @dev Every level from the leaves up, missing places spelt out.
    function _treeOver(bytes32[] memory hashes) private pure returns (bytes32[][] memory tree) {
        uint256 depth = 0;
        while ((1 << depth) < hashes.length) depth++;
        tree = new bytes32[][](depth + 1);
        tree[0] = new bytes32[](1 << depth);
        for (uint256 i = 0; i < 1 << depth; i++) {
            tree[0][i] = i < hashes.length ? hashes[i] : TensorTree.MISSING_LEAF;
        }
        for (uint256 level = 1; level <= depth; level++) {
            tree[level] = new bytes32[](1 << (depth - level));
            for (uint256 i = 0; i < tree[level].length; i++) {
                tree[level][i] = HashTree.inner(tree[level - 1][2 * i], tree[level - 1][2 * i + 1]);
            }
        }
    }
}
