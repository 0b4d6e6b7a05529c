// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Stands before the canon, hands on what is asked and answered, and does it badly when a test says so.
contract CanonStandIn {
    enum Fault {
        None,
        Reverts,
        Silent, // an empty answer, as of an account without code
        Short, // the last byte is missing
        Long, // there is a word too many
        Starved // no gas is left
    }

    address private immutable CANON;
    Fault public fault;

    constructor(address canon) {
        CANON = canon;
    }

    function become(Fault next) external {
        fault = next;
    }

    fallback(bytes calldata asked) external returns (bytes memory answer) {
        if (fault == Fault.Reverts) revert("out of order");
        if (fault == Fault.Silent) return "";
        if (fault == Fault.Starved) {
            uint256 spent = 0;
            while (true) spent++;
        }
        bool answered;
        (answered, answer) = CANON.staticcall(asked);
        if (!answered) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        if (fault == Fault.Long) return bytes.concat(answer, bytes32(0));
        if (fault == Fault.Short) {
            assembly ("memory-safe") {
                mstore(answer, sub(mload(answer), 1))
            }
        }
    }
}
