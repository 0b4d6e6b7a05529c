// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {TensorTypes} from "../TensorTypes.sol";
import {DescriptorReader} from "./DescriptorReader.sol";
import {Dtypes} from "./Dtypes.sol";
import {Primitives} from "./Primitives.sol";
import {Tolerances} from "./Tolerances.sol";

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
        unchecked {
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
            reader.ensure(Tolerances.isAbsolute(reader.takeElement(TensorTypes.FLOAT32)));
            reader.ensure(Tolerances.isRelative(reader.takeElement(TensorTypes.FLOAT32)));
            return TensorTypes.BOOL;
        }
        dtype = Primitives.takesOne(code) ? _takeRegister(reader, registers) : _takePair(reader, registers);
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
