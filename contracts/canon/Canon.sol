// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CanonExpressions} from "./CanonExpressions.sol";
import {DescriptorHeads} from "./DescriptorHead.sol";
import {Float32} from "./Float32.sol";
import {ICanon} from "./ICanon.sol";
import {Programs} from "./Programs.sol";
import {TensorTree} from "./TensorTree.sol";
import {TensorTypes} from "./TensorTypes.sol";
import {Descriptor, Descriptors, NamedOperand, Slot} from "./descriptors/Descriptor.sol";
import {IndexMap} from "./descriptors/IndexMap.sol";
import {Tolerances} from "./descriptors/Tolerances.sol";
import {Elements} from "./steps/Elements.sol";
import {Fold, Folds} from "./steps/Fold.sol";
import {OpenedTensor, OpenedTensors} from "./steps/OpenedTensor.sol";

/// @notice The canon in Solidity. It calls nothing but the contract of expressions; should that fail, it reverts.
contract Canon is ICanon {
    uint256 private constant ADDEND = 2; // number of the operand c of DOT

    /// @notice Evaluates expressions.
    CanonExpressions public immutable EXPRESSIONS;

    constructor(CanonExpressions expressions) {
        EXPRESSIONS = expressions;
    }

    /// @inheritdoc ICanon
    function specVersion() external pure returns (uint256) {
        return Programs.SPEC_VERSION;
    }

    /// @inheritdoc ICanon
    function describe(
        bytes calldata descriptor,
        uint32 position
    )
        external
        pure
        returns (bool valid, uint8 kind, uint8 dtype, uint32 count, uint32[] memory nodes, uint8[] memory dtypes)
    {
        Descriptor memory node;
        (valid, node) = Descriptors.read(descriptor, position);
        if (!valid) return (false, 0, 0, 0, nodes, dtypes);
        return (
            true,
            uint8(node.kind),
            uint8(node.dtype),
            uint32(node.count),
            Descriptors.nodesOf(node),
            Descriptors.dtypesOf(node)
        );
    }

    /// @inheritdoc ICanon
    function step(
        Step calldata asked
    ) external view returns (Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64 value) {
        Descriptor memory node;
        (meaning, node, nodes) = _read(asked);
        if (meaning == Meaning.Void) return (meaning, 0, 0, nodes, 0);
        if (meaning == Meaning.Computed) value = Elements.bitsOf(node.dtype, _compute(asked, node));
        return (meaning, uint8(node.dtype), uint32(node.count), nodes, value);
    }

    /// @inheritdoc ICanon
    function accumulate(
        Step calldata asked,
        uint32 until
    ) external pure returns (bytes memory accumulator, uint32[] memory nodes) {
        Meaning meaning;
        Descriptor memory node;
        (meaning, node, nodes) = _read(asked);
        if (meaning == Meaning.Void || !Descriptors.isSum(node)) revert NotAccumulated();
        uint256[] memory coordinates = _coordinatesOf(node, asked.element);
        Fold memory fold = _foldOf(asked, node);
        if (until <= fold.next || until > node.terms) {
            revert TermOutOfRange(until, uint32(fold.next), uint32(node.terms));
        }
        fold.addTerms(node, _open(asked.operands), coordinates, until);
        accumulator = fold.encode(node);
    }

    /// @inheritdoc ICanon
    function within(uint32 c, uint32 y, uint32 absolute, uint32 relative) external view returns (bool) {
        if (!Tolerances.isAbsolute(absolute) || !Tolerances.isRelative(relative)) {
            revert InvalidTolerances(absolute, relative);
        }
        return EXPRESSIONS.within(c, y, absolute, relative);
    }

    /// @inheritdoc ICanon
    function rootOf(bytes calldata data) external pure returns (bytes32) {
        return TensorTree.rootOf(data);
    }

    /// @inheritdoc ICanon
    function rootOfLeaves(uint256 depth, Leaves calldata opened) external pure returns (bytes32) {
        (bool opens, bytes32 root) = OpenedTensors.rootOf(depth, opened);
        if (!opens) revert NoOpening();
        return root;
    }

    /// @dev What the node means, and the positions of its operands' nodes.
    function _read(
        Step calldata asked
    ) private pure returns (Meaning meaning, Descriptor memory node, uint32[] memory nodes) {
        unchecked {
            bool valid;
            (valid, node) = Descriptors.read(asked.descriptor, asked.position);
            if (!valid) return (Meaning.Void, node, nodes);
            nodes = Descriptors.nodesOf(node);
            Operand[] calldata operands = asked.operands;
            if (operands.length != nodes.length) revert WrongNumberOfOperands(operands.length, nodes.length);
            for (uint256 i = 0; i < operands.length; i++) {
                if (operands[i].dtype != node.operands[i].dtype) return (Meaning.Void, node, nodes);
            }
            return (node.kind <= DescriptorHeads.CLAIM ? Meaning.Given : Meaning.Computed, node, nodes);
        }
    }

    function _open(Operand[] calldata operands) private pure returns (OpenedTensor[] memory tensors) {
        unchecked {
            tensors = new OpenedTensor[](operands.length);
            for (uint256 i = 0; i < tensors.length; i++) tensors[i] = OpenedTensors.open(operands[i], i);
        }
    }

    function _compute(Step calldata asked, Descriptor memory node) private view returns (int256) {
        uint256[] memory coordinates = _coordinatesOf(node, asked.element);
        OpenedTensor[] memory tensors = _open(asked.operands);
        if (node.kind == DescriptorHeads.FOLD) {
            Fold memory fold = _foldOf(asked, node);
            fold.addTerms(node, tensors, coordinates, node.terms);
            return fold.result(node, tensors.length > ADDEND ? _addend(node, tensors, coordinates) : int256(0));
        }
        if (asked.accumulator.length != 0) revert MalformedAccumulator();
        if (node.kind == DescriptorHeads.GATHER) return _gather(node, tensors, coordinates);
        return _map(asked.descriptor[node.expression:], node, tensors, coordinates);
    }

    /// @dev Reverts if there is no such element.
    function _coordinatesOf(
        Descriptor memory node,
        uint32 element
    ) private pure returns (uint256[] memory coordinates) {
        unchecked {
            if (element >= node.count) revert ElementOutOfRange(element, uint32(node.count));
            coordinates = new uint256[](node.space.length);
            uint256 rest = element;
            for (uint256 left = coordinates.length; left > 0; left--) {
                uint256 extent = node.space[left - 1];
                coordinates[left - 1] = rest % extent;
                rest /= extent;
            }
        }
    }

    /// @dev Where the fold stands.
    function _foldOf(Step calldata asked, Descriptor memory node) private pure returns (Fold memory) {
        bytes calldata accumulator = asked.accumulator;
        if (accumulator.length == 0) return Folds.empty();
        if (!Descriptors.isSum(node)) revert MalformedAccumulator();
        return Folds.decode(accumulator, node);
    }

    function _addend(
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        uint256[] memory coordinates
    ) private pure returns (int256) {
        (bool inBounds, uint256 index) = _locate(node, tensors, ADDEND, coordinates);
        return inBounds ? tensors[ADDEND].elementAt(index) : int256(0);
    }

    function _map(
        bytes calldata expression,
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        uint256[] memory coordinates
    ) private view returns (int256) {
        unchecked {
            uint256[] memory dtypes = new uint256[](node.slots.length);
            int256[] memory slots = new int256[](dtypes.length);
            uint256 first = 0;
            for (uint256 i = 0; i < dtypes.length; i++) {
                Slot memory slot = node.slots[i];
                dtypes[i] = slot.dtype;
                slots[i] = _slot(node, tensors, slot, first, coordinates);
                first += slot.alternatives;
            }
            return EXPRESSIONS.evaluate(expression, coordinates, dtypes, slots);
        }
    }

    /// @dev The element of the first alternative that is in bounds, or the pad.
    function _slot(
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        Slot memory slot,
        uint256 first,
        uint256[] memory coordinates
    ) private pure returns (int256) {
        unchecked {
            for (uint256 i = first; i < first + slot.alternatives; i++) {
                (bool inBounds, uint256 index) = _locate(node, tensors, i, coordinates);
                if (inBounds) return tensors[i].elementAt(index);
            }
            return Elements.read(slot.dtype, slot.pad);
        }
    }

    function _gather(
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        uint256[] memory coordinates
    ) private pure returns (int256) {
        (bool inBounds, uint256 index) = _locate(node, tensors, 0, coordinates);
        if (inBounds) {
            NamedOperand memory data = node.operands[1];
            int256 chosen = tensors[0].elementAt(index);
            if (chosen < 0) chosen += int256(IndexMap.extentOf(node.data, data.map, node.axis));
            (inBounds, index) = IndexMap.locate(node.data, data.map, coordinates, tensors[1].count, node.axis, chosen);
            if (inBounds) return tensors[1].elementAt(index);
        }
        return node.dtype == TensorTypes.FLOAT32 ? int256(uint256(Float32.NOT_A_NUMBER)) : int256(0);
    }

    function _locate(
        Descriptor memory node,
        OpenedTensor[] memory tensors,
        uint256 operand,
        uint256[] memory coordinates
    ) private pure returns (bool inBounds, uint256 index) {
        uint256 place = node.operands[operand].map;
        return IndexMap.locate(node.data, place, coordinates, tensors[operand].count, IndexMap.NO_AXIS, 0);
    }
}
