// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Descriptor, NamedOperand} from "../../contracts/canon/descriptors/Descriptor.sol";
import {IndexMap} from "../../contracts/canon/descriptors/IndexMap.sol";
import {FoldWalk, FoldWalks} from "../../contracts/canon/steps/FoldWalk.sol";
import {OpenedTensor} from "../../contracts/canon/steps/OpenedTensor.sol";

/// @notice Walks through the runs of random folds, and compares each term with what the map says of it alone.
contract FoldWalkTest {
    uint256 private constant SPACE_AXES = 2;
    uint256 private constant FOLDS = 12; // of a seed

    /// @dev A stream of numbers.
    struct Draw {
        uint256 seed;
    }

    function testFuzz_everyTermIsWhereTheMapSays(uint256 seed) external pure {
        Draw memory draw = Draw(seed);
        for (uint256 folds = 0; folds < FOLDS; folds++) _compareFold(draw);
    }

    function _compareFold(Draw memory draw) private pure {
        Descriptor memory node;
        node.space = _extents(draw, SPACE_AXES, 5);
        node.foldSpace = _extents(draw, 1 + _below(draw, 4), 4);
        NamedOperand memory operand;
        (node.data, operand.size) = _map(draw, SPACE_AXES + node.foldSpace.length - 1);
        OpenedTensor memory tensor;
        tensor.count = _below(draw, 2) == 0 ? operand.size : 1 + _below(draw, operand.size);
        uint256[] memory coordinates = new uint256[](SPACE_AXES + node.foldSpace.length);
        for (uint256 axis = 0; axis < SPACE_AXES; axis++) coordinates[axis] = _below(draw, node.space[axis]);
        _walk(node, operand, tensor, coordinates, _below(draw, 3));
    }

    /// @dev Begins with one of the first runs, if there are so many.
    function _walk(
        Descriptor memory node,
        NamedOperand memory operand,
        OpenedTensor memory tensor,
        uint256[] memory coordinates,
        uint256 skipped
    ) private pure {
        uint256 outer = coordinates.length - 1;
        uint256 stepped = outer;
        for (; skipped != 0 && stepped >= SPACE_AXES; skipped--) stepped = _next(node, coordinates);
        if (stepped < SPACE_AXES) return;
        FoldWalk memory walk = FoldWalks.begin(node, operand, tensor, coordinates);
        while (true) {
            _compareRun(node, operand, tensor, coordinates, walk);
            stepped = _next(node, coordinates);
            if (stepped < SPACE_AXES) return;
            walk.advance(stepped - SPACE_AXES);
        }
    }

    function _compareRun(
        Descriptor memory node,
        NamedOperand memory operand,
        OpenedTensor memory tensor,
        uint256[] memory coordinates,
        FoldWalk memory walk
    ) private pure {
        uint256 innermost = coordinates.length - 1;
        (int256 from, int256 until, int256 index) = walk.clip(0, walk.run);
        for (int256 term = 0; term < walk.run; term++) {
            coordinates[innermost] = uint256(term);
            (bool inBounds, uint256 expected) = IndexMap.locate(
                node.data,
                operand.map,
                coordinates,
                tensor.count,
                IndexMap.NO_AXIS,
                0
            );
            require(inBounds == (term >= from && term < until), "in bounds");
            if (inBounds) require(index + term == int256(expected), "index");
        }
        coordinates[innermost] = 0;
    }

    /// @dev Steps on to the coordinates of the next run, and says which axis stepped; one of the space's if there is none.
    function _next(Descriptor memory node, uint256[] memory coordinates) private pure returns (uint256 axis) {
        for (axis = coordinates.length - 2; axis >= SPACE_AXES; axis--) {
            if (++coordinates[axis] < node.foldSpace[axis - SPACE_AXES]) return axis;
            coordinates[axis] = 0;
        }
    }

    /// @dev A map of rank 1 to 8 whose last axis goes along the innermost fold axis, and the size of its view.
    function _map(Draw memory draw, uint256 innermost) private pure returns (bytes memory map, uint256 size) {
        uint256 rank = 1 + _below(draw, 8);
        map = abi.encodePacked(uint8(rank));
        size = 1;
        for (uint256 number = 0; number < rank; number++) {
            bool isLast = number == rank - 1;
            uint256 extent = 1 + _below(draw, isLast ? 8 : 5);
            size *= extent;
            // Most axes rest in bounds, so that the others decide.
            if (!isLast && _below(draw, 3) != 0) {
                map = abi.encodePacked(map, uint32(extent), uint32(_below(draw, extent)), uint32(1), uint8(0));
                continue;
            }
            uint256 divisor = isLast || _below(draw, 3) != 0 ? 1 : 1 + _below(draw, 4);
            (uint256 count, bytes memory terms) = _terms(draw, innermost, isLast);
            int32 offset = _below(draw, 16) == 0 ? _extreme(draw) : int32(int256(_below(draw, 5))) - 1;
            map = abi.encodePacked(map, uint32(extent), offset, uint32(divisor), uint8(count), terms);
        }
    }

    function _terms(
        Draw memory draw,
        uint256 innermost,
        bool isLast
    ) private pure returns (uint256 count, bytes memory terms) {
        for (uint256 axis = 0; axis < innermost; axis++) {
            if (_below(draw, 3) != 0) continue;
            int32 coefficient = int32(int256(_below(draw, 5))) - 2;
            if (_below(draw, 16) == 0) coefficient = _extreme(draw);
            if (coefficient == 0) continue;
            terms = abi.encodePacked(terms, uint8(axis), coefficient);
            count++;
        }
        if (isLast) return (count + 1, abi.encodePacked(terms, uint8(innermost), int32(1)));
    }

    function _extreme(Draw memory draw) private pure returns (int32) {
        return _below(draw, 2) == 0 ? type(int32).min : type(int32).max;
    }

    function _extents(Draw memory draw, uint256 rank, uint256 most) private pure returns (uint256[] memory extents) {
        extents = new uint256[](rank);
        for (uint256 axis = 0; axis < rank; axis++) extents[axis] = 1 + _below(draw, most);
    }

    function _below(Draw memory draw, uint256 bound) private pure returns (uint256) {
        draw.seed = uint256(keccak256(abi.encode(draw.seed)));
        return draw.seed % bound;
    }
}
