// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Codes of primitives. Section 4 of docs/canon.md.
library Primitives {
    uint256 internal constant CONST = 0x01;
    uint256 internal constant INDEX = 0x02;
    uint256 internal constant CAST = 0x03;
    uint256 internal constant SELECT = 0x04;
    uint256 internal constant WITHIN = 0x05;
    uint256 internal constant EQ = 0x10;
    uint256 internal constant NE = 0x11;
    uint256 internal constant LT = 0x12;
    uint256 internal constant LE = 0x13;
    uint256 internal constant ADD = 0x20;
    uint256 internal constant SUB = 0x21;
    uint256 internal constant MUL = 0x22;
    uint256 internal constant DIV = 0x23;
    uint256 internal constant MOD = 0x24;
    uint256 internal constant NEG = 0x25;
    uint256 internal constant ABS = 0x26;
    uint256 internal constant MAX = 0x27;
    uint256 internal constant MIN = 0x28;
    uint256 internal constant AND = 0x30;
    uint256 internal constant OR = 0x31;
    uint256 internal constant XOR = 0x32;
    uint256 internal constant NOT = 0x33;
    uint256 internal constant SHL = 0x34;
    uint256 internal constant SHR = 0x35;
    uint256 internal constant SQRT = 0x40;
    uint256 internal constant FLOOR = 0x41;
    uint256 internal constant CEIL = 0x42;
    uint256 internal constant RINT = 0x43;
    uint256 internal constant EXP = 0x50; // the first of the ten functions
    uint256 internal constant SOFTPLUS = 0x59; // the last one

    /// @notice Whether a primitive of that code, other than CONST, INDEX and CAST, has one operand.
    function takesOne(uint256 code) internal pure returns (bool) {
        return code >= SQRT || code == NEG || code == ABS || code == NOT;
    }
}
