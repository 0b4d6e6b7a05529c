// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Hashes of past blocks: of the last 256 by the opcode, of the last 8,191 by EIP-2935's history contract.
library PastBlocks {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @notice The block's hash, or zero if the chain does not know it (any more, or yet).
    function hashOf(uint256 number) internal view returns (bytes32 hash) {
        hash = blockhash(number);
        if (hash == 0 && number < block.number) {
            (bool success, bytes memory answer) = HISTORY.staticcall(abi.encode(number));
            if (success && answer.length == 32) hash = abi.decode(answer, (bytes32));
        }
    }
}
