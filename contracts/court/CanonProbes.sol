// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICanon} from "../canon/ICanon.sol";
import {Programs} from "../canon/Programs.sol";
import {TensorTypes} from "../canon/TensorTypes.sol";
import {IEvidence} from "./IEvidence.sol";

/// @notice Asks a canon what is known, before a court is tied to it for ever.
/// @dev `scripts/deploy.js` asks more. This is what keeps an account without code, one that only burns gas, another contract or
///      another version of the canon from ever judging, whoever deploys.
library CanonProbes {
    /// @dev H(00 ‖ 1,024 zero bytes), the root over no data: section 11 of docs/canon.md.
    bytes32 private constant EMPTY_ROOT = 0xb451172d921688ddb03855417ff6024f993372ebfb24728857dac6402ae6575d;
    /// @dev MAP to float32 over the space of rank 0, without slots: CONST 1.5, CONST 2.25, ADD(0, 1). Section 7.
    bytes private constant SUM = hex"04_01_00_00_03_01_01_3fc00000_01_01_40100000_20_00_01";
    uint64 private constant SUM_VALUE = 0x40700000; // 3.75

    /// @notice Reverts unless the canon answers right.
    function requireRight(ICanon canon) internal view {
        _probe(canon, abi.encodeCall(ICanon.specVersion, ()), abi.encode(Programs.SPEC_VERSION));
        _probe(canon, abi.encodeCall(ICanon.rootOf, ("")), abi.encode(EMPTY_ROOT));
        ICanon.Step memory sum;
        sum.descriptor = SUM;
        bytes memory answer = abi.encode(ICanon.Meaning.Computed, TensorTypes.FLOAT32, 1, new uint32[](0), SUM_VALUE);
        _probe(canon, abi.encodeCall(ICanon.step, (sum)), answer);
    }

    function _probe(ICanon canon, bytes memory call, bytes memory right) private view {
        (bool answered, bytes memory answer) = address(canon).staticcall(call);
        if (!answered || keccak256(answer) != keccak256(right)) {
            revert IEvidence.WrongCanon(canon, call, answer);
        }
    }
}
