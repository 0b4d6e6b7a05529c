// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Path, PathKind} from "./Path.sol";

/// @notice What a question has to prepay for its answer.
library Prepayment {
    // What the gas snapshot says of such answers, with room for the siblings in the deepest trees that there are.
    uint256 internal constant HASHES_GAS = 150_000;
    uint256 internal constant LEAF_GAS = 200_000;

    /// @notice Half as much again as the answer costs in a block of this base fee, for the priority fee and for a price that
    ///         rises before the answer comes.
    function forAnswer(Path path, uint256 baseFee) internal pure returns (uint256) {
        // At its last level a tensor's tree shows a leaf, which costs more than hashes: who asks about a tensor pays for that.
        uint256 answerGas = path.kind() == PathKind.Nodes ? HASHES_GAS : LEAF_GAS;
        return (answerGas * 3 * baseFee) / 2;
    }
}
