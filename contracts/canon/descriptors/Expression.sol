// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Float32} from "../Float32.sol";
import {TensorTypes} from "../TensorTypes.sol";
import {DescriptorReader} from "./DescriptorReader.sol";
import {Dtypes} from "./Dtypes.sol";

/// @notice Codes of primitives that are not like the others. Section 4 of docs/canon.md.
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
}

/// @notice Registers while an expression is read.
struct Registers {
    uint256[] dtypes;
    uint256 set; // how many are
    uint256 used; // bit r: register r is read by some primitive
}

/// @notice Reads expressions. Section 7 of docs/canon.md.
library Expression {
    uint256 internal constant MAXIMUM_PRIMITIVES = 32;

    uint256 private constant COSTLY = 20_000; // gas of section 8
    uint256 private constant CHEAP = 500;

    /// @notice Reads an expression over the registers that hold the slots' values.
    /// @param axes Of the node's space.
    /// @param dtype That the last register has to have.
    /// @return gas Of the primitives.
    function validate(
        DescriptorReader memory reader,
        Registers memory registers,
        uint256 axes,
        uint256 dtype
    ) internal pure returns (uint256 gas) {
        uint256 primitives = reader.take(1);
        reader.ensure(primitives <= MAXIMUM_PRIMITIVES);
        for (uint256 left = primitives; left != 0 && !reader.failed; left--) {
            uint256 code = reader.take(1);
            uint256 result = _validatePrimitive(reader, registers, axes, code);
            registers.dtypes[registers.set++] = result;
            gas += _isCostly(code) ? COSTLY : CHEAP;
        }
        reader.ensure(registers.set != 0);
        if (reader.failed) return 0;
        uint256 last = registers.set - 1;
        reader.ensure(registers.dtypes[last] == dtype && registers.used | (1 << last) == (2 << last) - 1);
    }

    /// @dev Returns the dtype of the result.
    function _validatePrimitive(
        DescriptorReader memory reader,
        Registers memory registers,
        uint256 axes,
        uint256 code
    ) private pure returns (uint256 dtype) {
        if (code == Primitives.CONST) {
            dtype = reader.takeDtype();
            reader.takeElement(dtype);
            return dtype;
        }
        if (code == Primitives.INDEX) {
            reader.ensure(reader.take(1) < axes);
            return TensorTypes.INT64;
        }
        if (code == Primitives.CAST) {
            dtype = reader.takeDtype();
            _takeRegister(reader, registers);
            return dtype;
        }
        if (code == Primitives.SELECT) {
            reader.ensure(_takeRegister(reader, registers) == TensorTypes.BOOL);
            return _takePair(reader, registers);
        }
        if (code == Primitives.WITHIN) {
            reader.ensure(_takePair(reader, registers) == TensorTypes.FLOAT32);
            reader.ensure(Float32Tolerances.isAbsolute(reader.takeElement(TensorTypes.FLOAT32)));
            reader.ensure(Float32Tolerances.isRelative(reader.takeElement(TensorTypes.FLOAT32)));
            return TensorTypes.BOOL;
        }
        dtype = _takesOne(code) ? _takeRegister(reader, registers) : _takePair(reader, registers);
        reader.ensure(Dtypes.isIn(dtype, _dtypesOf(code)));
        if (code >= Primitives.EQ && code <= Primitives.LE) return TensorTypes.BOOL;
    }

    /// @dev Returns the dtype of a register that is set.
    function _takeRegister(
        DescriptorReader memory reader,
        Registers memory registers
    ) private pure returns (uint256 dtype) {
        uint256 register = reader.take(1);
        if (register >= registers.set) {
            reader.failed = true;
            return 0;
        }
        registers.used |= 1 << register;
        return registers.dtypes[register];
    }

    /// @dev Returns the dtype of two registers that are set and have the same.
    function _takePair(
        DescriptorReader memory reader,
        Registers memory registers
    ) private pure returns (uint256 dtype) {
        dtype = _takeRegister(reader, registers);
        reader.ensure(_takeRegister(reader, registers) == dtype);
    }

    function _takesOne(uint256 code) private pure returns (bool) {
        return code >= Primitives.SQRT || code == Primitives.NEG || code == Primitives.ABS || code == Primitives.NOT;
    }

    /// @dev The dtypes to which a primitive of one dtype throughout (or with a bool result) can be applied; none for a code that is no
    ///      primitive's.
    function _dtypesOf(uint256 code) private pure returns (uint256) {
        if (code >= Primitives.EQ && code <= Primitives.LE) return Dtypes.ALL;
        if (code == Primitives.MOD) return Dtypes.INTEGERS;
        if (code >= Primitives.ADD && code <= Primitives.MIN) return Dtypes.NUMERIC;
        if (code >= Primitives.AND && code <= Primitives.NOT) return Dtypes.INTEGERS | Dtypes.BOOLS;
        if (code == Primitives.SHL || code == Primitives.SHR) return Dtypes.INTEGERS;
        if (code >= Primitives.SQRT && code <= Primitives.RINT) return Dtypes.FLOATS;
        if (code >= Primitives.EXP && code <= Primitives.SOFTPLUS) return Dtypes.FLOATS;
        return 0;
    }

    function _isCostly(uint256 code) private pure returns (bool) {
        return
            code >= Primitives.EXP ||
            code == Primitives.SQRT ||
            code == Primitives.DIV ||
            code == Primitives.MOD ||
            code == Primitives.WITHIN;
    }
}

/// @notice What WITHIN takes as tolerances. Section 13 of docs/canon.md.
library Float32Tolerances {
    uint256 private constant ONE = 0x3f800000;

    /// @notice Whether the bits are those of a finite number that is not negative, and not of -0.
    function isAbsolute(uint256 bits) internal pure returns (bool) {
        return bits < Float32.INFINITY;
    }

    /// @notice The same, and below 1.
    function isRelative(uint256 bits) internal pure returns (bool) {
        return bits < ONE;
    }
}
