// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Calls a contract that is trusted with nothing: it gets exactly the gas it was promised and can't flood the caller
///         with return data.
library ExactGasCall {
    /// @dev What the steps from the measurement to the call's end may cost the caller before the 63/64 rule applies.
    uint256 private constant OVERHEAD = 500;

    /// @notice The most gas that a call made at once could be given.
    /// @dev Of what is left a call gets at most all but one 64th (EIP-150). Looking at the target's code first makes the
    ///      account warm, so that the call's own price is small and known.
    function available(address target) internal view returns (uint256 amount, bool hasCode) {
        hasCode = target.code.length != 0;
        uint256 left = gasleft();
        amount = left < OVERHEAD ? 0 : left - OVERHEAD;
        amount -= amount / 64;
    }

    /// @notice Calls with exactly so much gas, after `available` said that there is enough.
    /// @return success Whether the call returned.
    /// @return answer At most `answerLimit` bytes of what it returned or reverted with.
    function call(
        address target,
        uint256 gasAmount,
        bytes memory data,
        uint256 answerLimit
    ) internal returns (bool success, bytes memory answer) {
        assembly ("memory-safe") {
            success := call(gasAmount, target, 0, add(data, 32), mload(data), 0, 0)
            let length := returndatasize()
            if gt(length, answerLimit) {
                length := answerLimit
            }
            answer := mload(0x40)
            mstore(answer, length)
            returndatacopy(add(answer, 32), 0, length)
            mstore(0x40, add(add(answer, 32), and(add(length, 31), not(31))))
        }
    }
}
