// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../canon/Float32.sol";
import {HashTree} from "../canon/HashTree.sol";
import {ICanon} from "../canon/ICanon.sol";
import {Tensor, TensorType} from "../canon/TensorType.sol";
import {TensorTree} from "../canon/TensorTree.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {IInferenceMarket} from "../market/IInferenceMarket.sol";

/// @notice Reads ten elements of an output that is too large for a chain: who wants them read brings the leaves that they lie
///         in, and the siblings that lead from there to the tree root that was claimed.
/// @dev Works with any deployment's canon, contracts or precompile: `EVIDENCE.CANON()` of the court.
contract Excerpt {
    /// @notice How many elements are read at a time.
    uint256 public constant LENGTH = 10;

    uint256 private constant WIDTH = 4; // bytes of a float32

    IInferenceMarket public immutable MARKET;
    ICanon public immutable CANON;

    /// @dev Only final answers are read: a provisional one can still fall.
    error NotFinal(uint64 job, IInferenceMarket.State state);
    /// @dev The job has no such output, or it is not of float32.
    error NoFloats(uint64 job, uint256 output);
    /// @dev The output does not have so many elements.
    error OutOfRange(uint256 first, uint256 count);
    /// @dev The elements lie in another number of leaves, of 1,024 bytes each.
    error WrongLeaves(uint256 given, uint256 expected);
    /// @dev These leaves are not the output's.
    error NotTheOutput(bytes32 root, bytes32 claimed);

    constructor(IInferenceMarket market, ICanon canon) {
        MARKET = market;
        CANON = canon;
    }

    /// @notice The bits of ten elements of a final answer, in canonical form.
    /// @dev Reverts with ICanon.NoOpening where there are too few siblings, or too many.
    /// @param first The first of them: its row-major number in the output.
    /// @param leaves Those in which the elements lie, one behind the other: one, or two where they go on in the next.
    /// @param siblings Level by level from the leaves up, each level from left to right: docs/canon.md, section 12.
    function read(
        uint64 job,
        uint256 output,
        uint256 first,
        bytes calldata leaves,
        bytes32[] calldata siblings
    ) external view returns (uint32[LENGTH] memory elements) {
        uint256 leafCount = _leafCountOf(job, output, first);
        bytes32 root = _rootOf(leafCount, first, leaves, siblings);
        bytes32 claimed = MARKET.outputRootOf(job, output);
        if (root != claimed) revert NotTheOutput(root, claimed);

        uint256 offset = (first * WIDTH) % TensorTree.LEAF_LENGTH;
        for (uint256 i = 0; i < LENGTH; i++) {
            elements[i] = Float32.canonical(uint32(bytes4(leaves[offset + i * WIDTH:])));
        }
    }

    /// @dev The leaves of an output in which there are ten elements from `first` on.
    function _leafCountOf(uint64 job, uint256 output, uint256 first) private view returns (uint256) {
        (IInferenceMarket.State state, Tensor[] memory outputs) = MARKET.resultOf(job);
        if (state != IInferenceMarket.State.Finalised) revert NotFinal(job, state);
        if (output >= outputs.length || outputs[output].kind.dtype() != TensorTypes.FLOAT32) {
            revert NoFloats(job, output);
        }
        TensorType kind = outputs[output].kind;
        uint256 count = kind.count();
        if (count < LENGTH || first > count - LENGTH) revert OutOfRange(first, count);
        return TensorTree.leafCount(kind.byteLength());
    }

    /// @dev The root of the tree in which these leaves hold ten elements from `first` on.
    function _rootOf(
        uint256 leafCount,
        uint256 first,
        bytes calldata leaves,
        bytes32[] calldata siblings
    ) private view returns (bytes32) {
        uint256 leaf = (first * WIDTH) / TensorTree.LEAF_LENGTH;
        uint256 last = ((first + LENGTH) * WIDTH - 1) / TensorTree.LEAF_LENGTH;
        uint256 expected = (last - leaf + 1) * TensorTree.LEAF_LENGTH;
        if (leaves.length != expected) revert WrongLeaves(leaves.length, expected);
        uint256[] memory places = new uint256[](1); // a second leaf follows
        places[0] = leaf;
        return CANON.rootOfLeaves(HashTree.depthOf(leafCount), ICanon.Leaves(places, leaves, siblings));
    }
}
