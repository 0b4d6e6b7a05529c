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

    /// @notice What a call of the canon costs besides its calldata.
    function gasOf(bytes calldata call) external view returns (uint256 spent) {
        bytes memory data = call;
        uint256 before = gasleft();
        (bool answered, ) = address(CANON).staticcall(data);
        spent = before - gasleft();
        require(answered);
    }
}
