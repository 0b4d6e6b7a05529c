// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {ICourt} from "./ICourt.sol";

/// @notice Asks the canon, which may be a precompile, and takes nothing for an answer but an answer.
/// @dev INVARIANT: a call that fails, for want of gas too, or that gives more or fewer bytes than it has to, decides nothing.
library CanonCalls {
    uint256 private constant WORD = 32;

    /// @notice ICanon.describe, without the operands.
    function describe(
        ICanon canon,
        bytes calldata descriptor,
        uint32 position
    ) internal view returns (bool valid, uint8 kind, uint8 dtype, uint32 count) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.describe, (descriptor, position)));
        uint256 nodes = wordAt(answer, 6);
        _requireWords(answer, 8 + nodes + wordAt(answer, 7 + nodes));
        (valid, kind, dtype, count) = abi.decode(answer, (bool, uint8, uint8, uint32));
    }

    /// @notice ICanon.step.
    function step(
        ICanon canon,
        ICanon.Step calldata asked
    ) internal view returns (ICanon.Meaning meaning, uint8 dtype, uint32 count, uint32[] memory nodes, uint64 value) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.step, (asked)));
        _requireWords(answer, 6 + wordAt(answer, 5));
        return abi.decode(answer, (ICanon.Meaning, uint8, uint32, uint32[], uint64));
    }

    /// @notice ICanon.accumulate.
    function accumulate(
        ICanon canon,
        ICanon.Step calldata asked,
        uint32 until
    ) internal view returns (bytes memory accumulator, uint32[] memory nodes) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.accumulate, (asked, until)));
        uint256 words = (wordAt(answer, 2) + WORD - 1) / WORD;
        _requireWords(answer, 4 + words + wordAt(answer, 3 + words));
        return abi.decode(answer, (bytes, uint32[]));
    }

    /// @notice ICanon.within.
    function within(ICanon canon, uint32 c, uint32 y, uint32 absolute, uint32 relative) internal view returns (bool) {
        bytes memory answer = _ask(canon, abi.encodeCall(ICanon.within, (c, y, absolute, relative)));
        _requireWords(answer, 1);
        return abi.decode(answer, (bool));
    }

    function _ask(ICanon canon, bytes memory call) private view returns (bytes memory) {
        (bool answered, bytes memory answer) = address(canon).staticcall(call);
        if (!answered) revert ICourt.CanonFailed(answer);
        return answer;
    }

    function _requireWords(bytes memory answer, uint256 words) private pure {
        if (answer.length != words * WORD) revert ICourt.CanonFailed(answer);
    }

    /// @notice A word of an answer: where it is encoded as it has to be, the length of one of its lists.
    function wordAt(bytes memory answer, uint256 index) internal pure returns (uint256 word) {
        if (index >= answer.length / WORD) revert ICourt.CanonFailed(answer);
        assembly ("memory-safe") {
            word := mload(add(add(answer, 32), mul(index, 32)))
        }
    }
}
