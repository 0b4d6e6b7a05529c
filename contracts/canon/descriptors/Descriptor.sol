// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DescriptorHeads} from "../DescriptorHead.sol";
import {Programs} from "../Programs.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {DescriptorReader} from "./DescriptorReader.sol";
import {Dtypes} from "./Dtypes.sol";
import {Expression, Registers} from "./Expression.sol";
import {FoldCodes} from "./FoldCodes.sol";
import {IndexMap} from "./IndexMap.sol";
import {StepGas} from "./StepGas.sol";

/// @notice An operand as a descriptor names it.
struct NamedOperand {
    uint256 node;
    uint256 dtype;
    uint256 map; // where it begins in the descriptor
    uint256 size; // elements of its view
    uint256 divisions; // axes of its view that have a divisor other than 1
}

/// @notice A slot of a MAP: a value for each element.
struct Slot {
    uint256 dtype;
    uint256 pad; // bits
    uint256 alternatives; // how many of the operands, which follow those of the slot before
}

/// @notice A node as its descriptor gives it.
struct Descriptor {
    bytes data;
    uint256 kind;
    uint256 dtype;
    uint256 count; // elements
    uint256[] space; // extents; of MAP, FOLD and GATHER
    NamedOperand[] operands;
    // MAP
    Slot[] slots;
    uint256 expression; // where it begins
    // FOLD
    uint256 fold;
    uint256[] foldSpace;
    uint256 terms;
    // GATHER
    uint256 axis; // of the data's view
    uint256 gas; // of a step, by section 8
}

/// @notice Reads descriptors to their last byte. Sections 7 and 8 of docs/canon.md.
library Descriptors {
    uint256 private constant MAXIMUM_SLOTS = 16;
    uint256 private constant MAXIMUM_OPERANDS = 16;
    uint256 private constant MAXIMUM_TERMS = 65_536;

    /// @notice The node that a descriptor gives at a position.
    /// @return valid Whether it is valid there; if not, nothing else is meant.
    function read(bytes memory data, uint256 position) internal pure returns (bool valid, Descriptor memory node) {
        if (position >= Programs.MAXIMUM_NODES || data.length > DescriptorHeads.MAXIMUM_LENGTH) return (false, node);
        DescriptorReader memory reader = DescriptorReader(data, 0, false);
        node.data = data;
        node.kind = reader.take(1);
        node.dtype = reader.takeDtype();
        if (node.kind == DescriptorHeads.MAP) _readMap(reader, node, position);
        else if (node.kind == DescriptorHeads.FOLD) _readFold(reader, node, position);
        else if (node.kind == DescriptorHeads.GATHER) _readGather(reader, node, position);
        else _readGiven(reader, node);
        return (reader.isFinished() && node.gas <= gasCap(node), node);
    }

    /// @notice The positions of the operands' nodes.
    function nodesOf(Descriptor memory node) internal pure returns (uint32[] memory nodes) {
        unchecked {
            nodes = new uint32[](node.operands.length);
            for (uint256 i = 0; i < nodes.length; i++) nodes[i] = uint32(node.operands[i].node);
        }
    }

    /// @notice The dtypes that the operands' tensors have to have.
    function dtypesOf(Descriptor memory node) internal pure returns (uint8[] memory dtypes) {
        unchecked {
            dtypes = new uint8[](node.operands.length);
            for (uint256 i = 0; i < dtypes.length; i++) dtypes[i] = uint8(node.operands[i].dtype);
        }
    }

    /// @notice Whether the node is a DOT, SUM, MEAN or MEANSQ.
    function isSum(Descriptor memory node) internal pure returns (bool) {
        return node.kind == DescriptorHeads.FOLD && node.fold <= FoldCodes.MEANSQ;
    }

    /// @notice What a step of the node may cost at most.
    function gasCap(Descriptor memory node) internal pure returns (uint256) {
        return isSum(node) ? StepGas.CAP_OF_SUMS : StepGas.CAP;
    }

    function _readGiven(DescriptorReader memory reader, Descriptor memory node) private pure {
        node.count = reader.takeCount();
        if (node.kind == DescriptorHeads.WEIGHT) {
            reader.take(32);
        } else {
            reader.ensure(node.kind == DescriptorHeads.INPUT || node.kind == DescriptorHeads.CLAIM);
            reader.ensure(reader.take(1) < DescriptorHeads.NUMBERS);
        }
        node.gas = StepGas.BASE;
    }

    function _readMap(DescriptorReader memory reader, Descriptor memory node, uint256 position) private pure {
        unchecked {
            (node.space, node.count) = reader.takeSpace();
            uint256 slots = reader.take(1);
            reader.ensure(slots <= MAXIMUM_SLOTS);
            if (reader.failed) return;
            node.slots = new Slot[](slots);
            node.operands = new NamedOperand[](MAXIMUM_OPERANDS);
            Registers memory registers;
            registers.dtypes = new uint256[](slots + Expression.MAXIMUM_PRIMITIVES);
            uint256 named = 0;
            for (; registers.set < slots && !reader.failed; registers.set++) {
                Slot memory slot = node.slots[registers.set];
                named = _readSlot(reader, node, slot, named, position);
                registers.dtypes[registers.set] = slot.dtype;
            }
            _shorten(node.operands, named);
            node.expression = reader.place;
            uint256 gas = Expression.validate(reader, registers, node.space.length, node.dtype);
            node.gas = StepGas.BASE + StepGas.ONE_LEAF * named + gas;
        }
    }

    function _readSlot(
        DescriptorReader memory reader,
        Descriptor memory node,
        Slot memory slot,
        uint256 named,
        uint256 position
    ) private pure returns (uint256) {
        unchecked {
            slot.dtype = reader.takeDtype();
            slot.pad = reader.takeElement(slot.dtype);
            slot.alternatives = reader.take(1);
            reader.ensure(slot.alternatives != 0 && named + slot.alternatives <= MAXIMUM_OPERANDS);
            if (reader.failed) return named;
            for (uint256 left = slot.alternatives; left != 0; left--) {
                NamedOperand memory operand = node.operands[named++];
                operand.dtype = slot.dtype;
                _readOperand(reader, operand, position, node.space.length, IndexMap.NO_AXIS);
            }
            return named;
        }
    }

    function _readFold(DescriptorReader memory reader, Descriptor memory node, uint256 position) private pure {
        unchecked {
            node.fold = reader.take(1);
            reader.ensure(node.fold != 0 && node.fold <= FoldCodes.AND);
            (node.space, node.count) = reader.takeSpace();
            (node.foldSpace, node.terms) = reader.takeSpace();
            reader.ensure(node.foldSpace.length != 0 && node.terms <= MAXIMUM_TERMS);
            if (reader.failed) return;
            node.operands = new NamedOperand[](3);
            node.gas = StepGas.BASE + StepGas.ofTerms(node.terms);
            _readRuns(reader, node, 0, position);
            uint256 named = 1;
            if (node.fold == FoldCodes.DOT) {
                _readRuns(reader, node, 1, position);
                uint256 addends = reader.take(1);
                reader.ensure(addends <= 1);
                named = 2;
                if (addends == 1) _readAddend(reader, node, node.operands[named++], position);
            }
            _shorten(node.operands, named);
            reader.ensure(_fits(node));
        }
    }

    /// @dev An operand that has terms of the fold.
    function _readRuns(
        DescriptorReader memory reader,
        Descriptor memory node,
        uint256 number,
        uint256 position
    ) private pure {
        unchecked {
            NamedOperand memory operand = node.operands[number];
            operand.dtype = reader.takeDtype();
            uint256 innermost = node.space.length + node.foldSpace.length - 1;
            _readOperand(reader, operand, position, innermost + 1, innermost);
            uint256 run = node.foldSpace[node.foldSpace.length - 1];
            node.gas += StepGas.ofRuns(
                Dtypes.widthOf(operand.dtype),
                run,
                node.terms / run,
                operand.size,
                operand.divisions
            );
        }
    }

    function _readAddend(
        DescriptorReader memory reader,
        Descriptor memory node,
        NamedOperand memory operand,
        uint256 position
    ) private pure {
        unchecked {
            operand.dtype = reader.takeDtype();
            reader.ensure(operand.dtype == node.dtype);
            _readOperand(reader, operand, position, node.space.length, IndexMap.NO_AXIS);
            node.gas += StepGas.ONE_LEAF;
        }
    }

    /// @dev Whether the fold gives the node's dtype from those of a and, for DOT, b.
    function _fits(Descriptor memory node) private pure returns (bool) {
        uint256 fold = node.fold;
        uint256 a = node.operands[0].dtype;
        if (fold == FoldCodes.MEAN || fold == FoldCodes.MEANSQ) {
            return a == TensorTypes.FLOAT32 && node.dtype == TensorTypes.FLOAT32;
        }
        if (fold == FoldCodes.MAX || fold == FoldCodes.MIN) {
            return a == node.dtype && Dtypes.isIn(a, Dtypes.NUMERIC);
        }
        if (fold == FoldCodes.ARGMAX || fold == FoldCodes.ARGMIN) {
            return node.dtype == TensorTypes.INT64 && Dtypes.isIn(a, Dtypes.NUMERIC);
        }
        if (fold == FoldCodes.AND) return a == TensorTypes.BOOL && node.dtype == TensorTypes.BOOL;
        uint256 b = fold == FoldCodes.DOT ? node.operands[1].dtype : a;
        if (node.dtype == TensorTypes.FLOAT32) return a == TensorTypes.FLOAT32 && b == TensorTypes.FLOAT32;
        return
            Dtypes.isIn(node.dtype, Dtypes.WIDE_INTEGERS) &&
            Dtypes.isIn(a, Dtypes.INTEGERS) &&
            Dtypes.isIn(b, Dtypes.INTEGERS);
    }

    function _readGather(DescriptorReader memory reader, Descriptor memory node, uint256 position) private pure {
        (node.space, node.count) = reader.takeSpace();
        node.operands = new NamedOperand[](2);
        NamedOperand memory indices = node.operands[0];
        indices.dtype = reader.takeDtype();
        reader.ensure(Dtypes.isIn(indices.dtype, Dtypes.WIDE_INTEGERS));
        _readOperand(reader, indices, position, node.space.length, IndexMap.NO_AXIS);
        NamedOperand memory data = node.operands[1];
        data.dtype = node.dtype;
        _readOperand(reader, data, position, node.space.length, IndexMap.NO_AXIS);
        node.axis = reader.take(1);
        if (!reader.failed) reader.ensure(IndexMap.isFree(node.data, data.map, node.axis));
        node.gas = StepGas.BASE + 2 * StepGas.ONE_LEAF;
    }

    function _readOperand(
        DescriptorReader memory reader,
        NamedOperand memory operand,
        uint256 position,
        uint256 axes,
        uint256 innermost
    ) private pure {
        operand.node = reader.take(4);
        reader.ensure(operand.node < position);
        operand.map = reader.place;
        (operand.size, operand.divisions) = IndexMap.validate(reader, axes, innermost);
    }

    function _shorten(NamedOperand[] memory operands, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(operands, length)
        }
    }
}
