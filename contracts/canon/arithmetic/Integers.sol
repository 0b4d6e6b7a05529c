// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTypes} from "../TensorTypes.sol";

/// @notice The primitives of docs/canon.md, section 4, that compute with integers: in ℤ, then reduced into the range of the dtype.
///         Operands are values of the dtype. AND, OR, XOR and NOT take bool, 0 or 1, too.
library Integers {
    /// @notice The value modulo 2^width, in the range of the dtype; of a bool, its last bit.
    function wrap(uint8 dtype, int256 value) internal pure returns (int256) {
        dtype;
        value;
        revert();
    }
    function add(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        dtype;
        a;
        b;
        revert();
    }
    function sub(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        dtype;
        a;
        b;
        revert();
    }
    function mul(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        dtype;
        a;
        b;
        revert();
    }
    /// @notice a / b without its fraction; 0 if b is 0.
    function div(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        dtype;
        a;
        b;
        revert();
    }
    /// @notice a - b · ⌊a/b⌋; 0 if b is 0.
    function mod(uint8 dtype, int256 a, int256 b) internal pure returns (int256) {
        dtype;
        a;
        b;
        revert();
    }
    function negate(uint8 dtype, int256 a) internal pure returns (int256) {
        dtype;
        a;
        revert();
    }
    function absolute(uint8 dtype, int256 a) internal pure returns (int256) {
        dtype;
        a;
        revert();
    }
    function maximum(int256 a, int256 b) internal pure returns (int256) {
        a;
        b;
        revert();
    }
    function minimum(int256 a, int256 b) internal pure returns (int256) {
        a;
        b;
        revert();
    }
    function and(int256 a, int256 b) internal pure returns (int256) {
        a;
        b;
        revert();
    }
    function or(int256 a, int256 b) internal pure returns (int256) {
        a;
        b;
        revert();
    }
    function xor(int256 a, int256 b) internal pure returns (int256) {
        a;
        b;
        revert();
    }
    function not(uint8 dtype, int256 a) internal pure returns (int256) {
        dtype;
        a;
        revert();
    }
    /// @notice a · 2^s; 0 if s is negative or at least the width.
    function shl(uint8 dtype, int256 a, int256 s) internal pure returns (int256) {
        dtype;
        a;
        s;
        revert();
    }
    /// @notice ⌊a / 2^s⌋; if s is negative or at least the width, -1 for a negative a and else 0.
    function shr(uint8 dtype, int256 a, int256 s) internal pure returns (int256) {
        dtype;
        a;
        s;
        revert();
    }
}
