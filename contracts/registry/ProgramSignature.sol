// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DescriptorHead, DescriptorHeads} from "../canon/DescriptorHead.sol";
import {HashTree} from "../canon/HashTree.sol";
import {Programs} from "../canon/Programs.sol";
import {TensorType} from "../canon/TensorType.sol";
import {IModelRegistry} from "./IModelRegistry.sol";

/// @notice Checks that programs have the inputs and outputs that their bindings say.
/// @dev A program may read an input by several nodes. Those that are not opened are not seen: whether the program is the
///      file's is for workers to say.
library ProgramSignature {
    /// @notice Reverts unless each root that is not zero is that of a program with the binding's inputs and outputs.
    /// @param bindings Whose types and lengths are checked (Signature).
    function check(
        IModelRegistry.Binding[] calldata bindings,
        IModelRegistry.ProgramOpening[] calldata programs
    ) internal pure {
        uint256 expected = 0;
        for (uint256 i = 0; i < bindings.length; i++) {
            if (bindings[i].programRoot != 0) expected++;
        }
        if (programs.length != expected) revert IModelRegistry.WrongProgramCount(programs.length, expected);
        uint256 next = 0;
        for (uint256 i = 0; i < bindings.length; i++) {
            if (bindings[i].programRoot != 0) _check(i, bindings[i], programs[next++]);
        }
    }

    function _check(
        uint256 index,
        IModelRegistry.Binding calldata binding,
        IModelRegistry.ProgramOpening calldata program
    ) private pure {
        _checkRoot(index, binding, program);
        _checkOpening(index, program);
        DescriptorHead[] memory heads = _headsOf(index, program.opened);
        _checkInputs(index, binding.inputs, program.opened, heads);
        _checkOutputs(index, binding.outputs, program, heads);
    }

    /// @dev Reverts unless the parts of the preimage are those of the root.
    function _checkRoot(
        uint256 index,
        IModelRegistry.Binding calldata binding,
        IModelRegistry.ProgramOpening calldata program
    ) private pure {
        if (program.specVersion != Programs.SPEC_VERSION) {
            revert IModelRegistry.UnknownSpecVersion(index, program.specVersion);
        }
        if (program.nodes == 0 || program.nodes > Programs.MAXIMUM_NODES) {
            revert IModelRegistry.InvalidNodeCount(index, program.nodes);
        }
        if (program.outputs.length != binding.outputs.length) {
            revert IModelRegistry.WrongProgramOutputs(index, program.outputs.length, binding.outputs.length);
        }
        bytes32 root = Programs.hashOf(program.specVersion, program.nodes, program.nodesRoot, program.outputs);
        if (root != binding.programRoot) revert IModelRegistry.WrongProgramRoot(index, root, binding.programRoot);
    }

    /// @dev Reverts unless the opened nodes stand in the program's tree.
    function _checkOpening(uint256 index, IModelRegistry.ProgramOpening calldata program) private pure {
        uint256 length = program.opened.length;
        uint256[] memory places = new uint256[](length);
        bytes32[] memory hashes = new bytes32[](length);
        for (uint256 i = 0; i < length; i++) {
            IModelRegistry.OpenedNode calldata node = program.opened[i];
            places[i] = node.position;
            hashes[i] = Programs.nodeHash(node.descriptor);
        }
        (bool opens, bytes32 root) = HashTree.rootOf(HashTree.depthOf(program.nodes), places, hashes, program.siblings);
        if (!opens || root != program.nodesRoot) revert IModelRegistry.InvalidProgramOpening(index);
    }

    function _headsOf(
        uint256 index,
        IModelRegistry.OpenedNode[] calldata opened
    ) private pure returns (DescriptorHead[] memory heads) {
        heads = new DescriptorHead[](opened.length);
        for (uint256 i = 0; i < opened.length; i++) {
            bool valid;
            (valid, heads[i]) = DescriptorHeads.read(opened[i].descriptor);
            if (!valid || heads[i].kind == DescriptorHeads.CLAIM) {
                revert IModelRegistry.InvalidNode(index, opened[i].position);
            }
        }
    }

    /// @dev Reverts unless there is an INPUT node for each input, and each one that is there stands for what the binding says.
    function _checkInputs(
        uint256 index,
        TensorType[] calldata inputs,
        IModelRegistry.OpenedNode[] calldata opened,
        DescriptorHead[] memory heads
    ) private pure {
        uint256 seen = 0; // bit i: input i
        for (uint256 i = 0; i < heads.length; i++) {
            DescriptorHead memory head = heads[i];
            if (head.kind != DescriptorHeads.INPUT) continue;
            if (head.number >= inputs.length || !_defines(head, inputs[head.number])) {
                uint32 position = opened[i].position;
                revert IModelRegistry.WrongInputNode(index, position, head.number, head.dtype, head.count);
            }
            seen |= 1 << head.number;
        }
        for (uint256 input = 0; input < inputs.length; input++) {
            if ((seen >> input) & 1 == 0) revert IModelRegistry.InputNodeMissing(index, input);
        }
    }

    /// @dev Reverts unless the node of each output is there and defines what the binding says.
    function _checkOutputs(
        uint256 index,
        TensorType[] calldata outputs,
        IModelRegistry.ProgramOpening calldata program,
        DescriptorHead[] memory heads
    ) private pure {
        for (uint256 output = 0; output < outputs.length; output++) {
            uint32 position = program.outputs[output];
            uint256 i = _indexOf(position, program.opened);
            if (i == heads.length) revert IModelRegistry.OutputNodeMissing(index, output, position);
            DescriptorHead memory head = heads[i];
            if (!_defines(head, outputs[output])) {
                revert IModelRegistry.WrongOutputNode(index, output, head.dtype, head.count);
            }
        }
    }

    /// @dev Where the node is among the opened ones; their number if it is not.
    function _indexOf(uint32 position, IModelRegistry.OpenedNode[] calldata opened) private pure returns (uint256 i) {
        while (i < opened.length && opened[i].position != position) i++;
    }

    function _defines(DescriptorHead memory head, TensorType kind) private pure returns (bool) {
        return head.defines(kind.dtype(), kind.count());
    }
}
