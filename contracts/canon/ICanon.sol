// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The law by which answers are judged, docs/canon.md, as functions: one element of one node, openings, the band.
/// @dev Integers only, no storage, no clock. Whatever is asked has one answer; what can't be answered from what is given reverts with
///      one of the errors below. A caller takes any other failure, or an answer of another size, for no answer at all.
interface ICanon {
    /// @notice What a node defines. Section 9 of docs/canon.md.
    enum Meaning {
        Void, // the void tensor, of dtype code 0 and without elements
        Given, // a tensor that the job, the program or the claim gives: INPUT, WEIGHT, CLAIM
        Computed // elements that follow from those of operands: MAP, FOLD, GATHER
    }

    /// @notice Leaves of one tensor, opened. Section 12.
    struct Leaves {
        uint256[] places; // ascend strictly; where there are more leaves than places, they follow the last place
        bytes leaves; // 1,024 bytes each
        bytes32[] siblings; // level by level from the leaves up, each level from left to right
    }

    /// @notice An operand's tensor: what its hash is made of (section 11), and those leaves of it that the step reads.
    /// @dev Where the step reads none, all three lists of `opened` are empty. More leaves than it reads do no harm.
    struct Operand {
        uint8 dtype;
        uint32 count; // elements
        bytes32 root; // of the tree over its leaves
        Leaves opened;
    }

    /// @notice One element of one node.
    struct Step {
        bytes descriptor;
        uint32 position; // of the node in its program
        uint32 element;
        Operand[] operands; // in the order in which the descriptor names them
        bytes accumulator; // empty, or what `accumulate` returned for this element of this node and these operands
    }

    /// @notice There is no such element of the node.
    error ElementOutOfRange(uint32 element, uint32 count);

    /// @notice The descriptor names another number of operands.
    error WrongNumberOfOperands(uint256 given, uint256 named);

    /// @notice The leaves of this operand are no opening of the tree of its root.
    error OperandNotOpened(uint256 operand);

    /// @notice The step reads this leaf of this operand, which was not opened.
    error LeafNotOpened(uint256 operand, uint256 leaf);

    /// @notice `accumulate` never returns this for such a node; or the node is none whose terms are accumulated.
    error MalformedAccumulator();

    /// @notice Only DOT, SUM, MEAN and MEANSQ that are not void go on from an accumulator.
    error NotAccumulated();

    /// @notice The terms from `next` on are to come, and there are `terms` in all.
    error TermOutOfRange(uint32 until, uint32 next, uint32 terms);

    /// @notice These leaves are no opening of any tree of that depth.
    error NoOpening();

    /// @notice A tolerance is below zero or not finite, or the relative one is 1 or more.
    error InvalidTolerances(uint32 absolute, uint32 relative);

    /// @notice The version of the canon.
    function specVersion() external view returns (uint256);

    /// @notice What a descriptor says, read to its last byte.
    /// @return valid Whether it is valid at this position. If not, all that follows is zero and the node is void.
    /// @return kind Code of the kind of node: 1 INPUT, 2 WEIGHT, 3 CLAIM, 4 MAP, 5 FOLD, 6 GATHER.
    /// @return dtype Of the elements that the node defines.
    /// @return count Of these elements.
    /// @return nodes Positions of the operands' nodes, in the order of the descriptor.
    /// @return dtypes What the operands' tensors have to have; if one of them has another dtype, the node is void, too.
    function describe(
        bytes calldata descriptor,
        uint32 position
    )
        external
        view
        returns (bool valid, uint8 kind, uint8 dtype, uint32 count, uint32[] memory nodes, uint8[] memory dtypes);

    /// @notice Computes an element of a node.
    /// @dev The caller makes sure that the operands are the tensors of `nodes`. Whether INPUT and CLAIM are void for want of such an
    ///      input or output is the caller's matter, too. The element is looked at only if there is one to compute.
    /// @return meaning Void if the descriptor is not valid, or if an operand has another dtype than it says.
    /// @return dtype Of the node's elements; zero if the node is void.
    /// @return count Of the node's elements; zero if the node is void.
    /// @return nodes Positions of the operands' nodes; none if the descriptor is not valid.
    /// @return value The element in canonical form, right-aligned in its dtype's width, if it was computed; else zero.
    function step(
        Step calldata asked
    ) external view returns (Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64 value);

    /// @notice Adds terms of a DOT, SUM, MEAN or MEANSQ, so that a long fold can be spread over transactions.
    /// @param asked An empty accumulator begins with the first term. The operand c of DOT has to be there, but is read by `step`.
    /// @param until Row-major number in the fold space: the terms before it are in the sum afterwards.
    /// @return accumulator To be handed to the next call or to `step`, with the same descriptor, element and operands.
    /// @return nodes As in `step`.
    function accumulate(
        Step calldata asked,
        uint32 until
    ) external view returns (bytes memory accumulator, uint32[] memory nodes);

    /// @notice Whether c lies within the band around y. Section 13. All are bits of float32; c and y need not be canonical.
    function within(uint32 c, uint32 y, uint32 absolute, uint32 relative) external view returns (bool);

    /// @notice The root of the tree over the leaves of data. Section 11.
    function rootOf(bytes calldata data) external view returns (bytes32);

    /// @notice The root of the tree of that depth in which these leaves stand at their places.
    function rootOfLeaves(uint256 depth, Leaves calldata opened) external view returns (bytes32);
}
