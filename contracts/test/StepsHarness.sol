// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";

/// @notice Asks a canon many things in one call.
contract StepsHarness {
    ICanon public immutable CANON;

    constructor(ICanon canon) {
        CANON = canon;
    }

    /// @notice The elements of a node from the asked one on, up to, not with, `until`.
    function elements(
        ICanon.Step calldata asked,
        uint32 until
    )
        external
        view
        returns (ICanon.Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64[] memory values)
    {
        ICanon.Step memory next = asked;
        values = new uint64[](until - asked.element);
        for (uint256 i = 0; i < values.length; i++) {
            (meaning, dtype, count, nodes, values[i]) = CANON.step(next);
            next.element++;
        }
    }

    /// @notice What a step costs, the call and its calldata's copy included.
    function gasOfStep(ICanon.Step calldata asked) external view returns (uint256 spent) {
        uint256 before = gasleft();
        CANON.step(asked);
        return before - gasleft();
    }

    /// @notice What it costs to accumulate, likewise.
    function gasOfAccumulate(ICanon.Step calldata asked, uint32 until) external view returns (uint256 spent) {
        uint256 before = gasleft();
        CANON.accumulate(asked, until);
        return before - gasleft();
    }

    /// @notice Whether descriptors are valid at their positions.
    function validities(
        bytes[] calldata descriptors,
        uint32[] calldata positions
    ) external view returns (bool[] memory valid) {
        valid = new bool[](descriptors.length);
        for (uint256 i = 0; i < valid.length; i++) (valid[i], , , , , ) = CANON.describe(descriptors[i], positions[i]);
    }
}
