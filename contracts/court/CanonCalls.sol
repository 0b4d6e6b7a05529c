// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {ICourt} from "./ICourt.sol";

/// @notice Asks the canon, which may be a precompile, and takes nothing for an answer but an answer.
/// @dev INVARIANT: a call that fails, for want of gas too, or that gives more or fewer bytes than it has to, decides nothing.
library CanonCalls {
    uint256 private constant WORD = 32;

    function describe(
        ICanon canon,
        bytes calldata descriptor,
        uint32 position
    ) internal view returns (bool valid, uint8 kind, uint8 dtype, uint32 count) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.describe, (descriptor, position)), 8 * WORD);
        uint32[] memory nodes;
        uint8[] memory dtypes;
        (valid, kind, dtype, count, nodes, dtypes) = abi.decode(
            answer,
            (bool, uint8, uint8, uint32, uint32[], uint8[])
        );
        _requireLength(answer, 8 + nodes.length + dtypes.length);
    }

    function step(
        ICanon canon,
        ICanon.Step calldata asked
    ) internal view returns (ICanon.Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64 value) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.step, (asked)), 6 * WORD);
        (meaning, dtype, count, nodes, value) = abi.decode(answer, (ICanon.Meaning, uint8, uint32, uint32[], uint64));
        _requireLength(answer, 6 + nodes.length);
    }

    function accumulate(
        ICanon canon,
        ICanon.Step calldata asked,
        uint32 until
    ) internal view returns (bytes memory accumulator, uint32[] memory nodes) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.accumulate, (asked, until)), 4 * WORD);
        (accumulator, nodes) = abi.decode(answer, (bytes, uint32[]));
        _requireLength(answer, 4 + (accumulator.length + WORD - 1) / WORD + nodes.length);
    }

    function within(ICanon canon, uint32 c, uint32 y, uint32 absolute, uint32 relative) internal view returns (bool) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.within, (c, y, absolute, relative)), WORD);
        _requireLength(answer, 1);
        return abi.decode(answer, (bool));
    }

    function _ask(ICanon canon, bytes memory call, uint256 least) private view returns (bytes memory) {
        (bool answered, bytes memory answer) = address(canon).staticcall(call);
        if (!answered || answer.length < least) revert ICourt.CanonFailed(answer);
        return answer;
    }

    function _requireLength(bytes memory answer, uint256 words) private pure {
        if (answer.length != words * WORD) revert ICourt.CanonFailed(answer);
    }
}
