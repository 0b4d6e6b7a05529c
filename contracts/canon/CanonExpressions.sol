// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CanonFunctions} from "./CanonFunctions.sol";
import {Float32} from "./Float32.sol";
import {TensorTypes} from "./TensorTypes.sol";
import {Casts} from "./arithmetic/Casts.sol";
import {FloatArithmetic} from "./arithmetic/FloatArithmetic.sol";
import {FloatOrder} from "./arithmetic/FloatOrder.sol";
import {Integers} from "./arithmetic/Integers.sol";
import {Within} from "./arithmetic/Within.sol";
import {BigEndian} from "./descriptors/BigEndian.sol";
import {Dtypes} from "./descriptors/Dtypes.sol";
import {Primitives} from "./descriptors/Primitives.sol";
import {Elements} from "./steps/Elements.sol";

/// @notice Evaluates the expressions of MAP nodes, in a contract of its own for its size. Sections 4 and 7 of docs/canon.md.
/// @dev For `Canon`, which has read the expression and knows that it keeps to every rule.
contract CanonExpressions {
    /// @dev An expression on its way.
    struct Evaluation {
        bytes primitives;
        uint256 place; // of the next field
        uint256[] coordinates;
        uint256[] dtypes; // of the registers
        int256[] registers;
        uint256 set; // registers
    }

    /// @notice Evaluates the ten functions.
    CanonFunctions public immutable FUNCTIONS;

    constructor(CanonFunctions functions) {
        FUNCTIONS = functions;
    }

    /// @notice The last register's element: a float32's canonical bits, an integer's value, 0 or 1 for a bool.
    /// @param expression Valid for slots of these dtypes and as many coordinates.
    /// @param coordinates Of the element in the node's space.
    /// @param dtypes Of the slots.
    /// @param slots Their elements.
    function evaluate(
        bytes calldata expression,
        uint256[] calldata coordinates,
        uint256[] calldata dtypes,
        int256[] calldata slots
    ) external view returns (int256) {
        uint256 primitives = uint8(expression[0]);
        Evaluation memory evaluation;
        evaluation.primitives = expression;
        evaluation.place = 1;
        evaluation.coordinates = coordinates;
        evaluation.dtypes = new uint256[](slots.length + primitives);
        evaluation.registers = new int256[](slots.length + primitives);
        for (; evaluation.set < slots.length; evaluation.set++) {
            evaluation.dtypes[evaluation.set] = dtypes[evaluation.set];
            evaluation.registers[evaluation.set] = slots[evaluation.set];
        }
        for (uint256 left = primitives; left != 0; left--) {
            (uint256 dtype, int256 element) = _next(evaluation);
            evaluation.dtypes[evaluation.set] = dtype;
            evaluation.registers[evaluation.set++] = element;
        }
        return evaluation.registers[evaluation.set - 1];
    }

    /// @notice Whether c lies within the band around y. All are bits of float32, those of c and y not necessarily canonical.
    function within(uint32 c, uint32 y, uint32 absolute, uint32 relative) external pure returns (bool) {
        return Within.within(Float32.canonical(c), Float32.canonical(y), absolute, relative);
    }

    /// @dev Evaluates the primitive that comes next.
    function _next(Evaluation memory evaluation) private view returns (uint256 dtype, int256 element) {
        uint256 code = _take(evaluation, 1);
        if (code == Primitives.CONST) {
            dtype = _take(evaluation, 1);
            return (dtype, Elements.read(dtype, _take(evaluation, Dtypes.widthOf(dtype))));
        }
        if (code == Primitives.INDEX) {
            return (TensorTypes.INT64, int256(evaluation.coordinates[_take(evaluation, 1)]));
        }
        if (code == Primitives.CAST) {
            dtype = _take(evaluation, 1);
            (uint256 from, int256 casted) = _takeRegister(evaluation);
            return (dtype, Casts.cast(uint8(from), uint8(dtype), casted));
        }
        int256 a;
        (dtype, a) = _takeRegister(evaluation);
        if (code >= Primitives.EXP) return (dtype, _word(FUNCTIONS.evaluate(uint8(code), _bits(a))));
        if (Primitives.takesOne(code)) return (dtype, _ofOne(code, uint8(dtype), a));
        (uint256 dtypeOfSecond, int256 b) = _takeRegister(evaluation);
        if (code == Primitives.SELECT) {
            (, int256 c) = _takeRegister(evaluation);
            return (dtypeOfSecond, a == 1 ? b : c);
        }
        if (code == Primitives.WITHIN) {
            uint32 absolute = uint32(_take(evaluation, 4));
            uint32 relative = uint32(_take(evaluation, 4));
            return (TensorTypes.BOOL, _bool(Within.within(_bits(a), _bits(b), absolute, relative)));
        }
        if (code <= Primitives.LE) return (TensorTypes.BOOL, _bool(_compare(code, dtype, a, b)));
        if (dtype == TensorTypes.FLOAT32) return (dtype, _word(_ofFloats(code, _bits(a), _bits(b))));
        return (dtype, _ofIntegers(code, uint8(dtype), a, b));
    }

    function _take(Evaluation memory evaluation, uint256 width) private pure returns (uint256 value) {
        value = BigEndian.read(evaluation.primitives, evaluation.place, width);
        evaluation.place += width;
    }

    function _takeRegister(Evaluation memory evaluation) private pure returns (uint256 dtype, int256 element) {
        uint256 register = _take(evaluation, 1);
        return (evaluation.dtypes[register], evaluation.registers[register]);
    }

    function _ofOne(uint256 code, uint8 dtype, int256 a) private pure returns (int256) {
        if (code == Primitives.NOT) return Integers.not(dtype, a);
        if (dtype != TensorTypes.FLOAT32) {
            return code == Primitives.NEG ? Integers.negate(dtype, a) : Integers.absolute(dtype, a);
        }
        if (code == Primitives.NEG) return _word(FloatArithmetic.negate(_bits(a)));
        if (code == Primitives.ABS) return _word(FloatArithmetic.absolute(_bits(a)));
        if (code == Primitives.SQRT) return _word(FloatArithmetic.sqrt(_bits(a)));
        if (code == Primitives.FLOOR) return _word(FloatArithmetic.floor(_bits(a)));
        if (code == Primitives.CEIL) return _word(FloatArithmetic.ceil(_bits(a)));
        return _word(FloatArithmetic.rint(_bits(a)));
    }

    function _compare(uint256 code, uint256 dtype, int256 a, int256 b) private pure returns (bool) {
        if (dtype == TensorTypes.FLOAT32) {
            if (code == Primitives.LT) return FloatOrder.less(_bits(a), _bits(b));
            if (code == Primitives.LE) return FloatOrder.lessOrEqual(_bits(a), _bits(b));
            return FloatOrder.equal(_bits(a), _bits(b)) == (code == Primitives.EQ);
        }
        if (code == Primitives.LT) return a < b;
        if (code == Primitives.LE) return a <= b;
        return (a == b) == (code == Primitives.EQ);
    }

    function _ofFloats(uint256 code, uint32 a, uint32 b) private pure returns (uint32) {
        if (code == Primitives.ADD) return FloatArithmetic.add(a, b);
        if (code == Primitives.SUB) return FloatArithmetic.sub(a, b);
        if (code == Primitives.MUL) return FloatArithmetic.mul(a, b);
        if (code == Primitives.DIV) return FloatArithmetic.div(a, b);
        return code == Primitives.MAX ? FloatOrder.maximum(a, b) : FloatOrder.minimum(a, b);
    }

    /// @dev Of bools, too, where the primitive takes them.
    function _ofIntegers(uint256 code, uint8 dtype, int256 a, int256 b) private pure returns (int256) {
        if (code == Primitives.ADD) return Integers.add(dtype, a, b);
        if (code == Primitives.SUB) return Integers.sub(dtype, a, b);
        if (code == Primitives.MUL) return Integers.mul(dtype, a, b);
        if (code == Primitives.DIV) return Integers.div(dtype, a, b);
        if (code == Primitives.MOD) return Integers.mod(dtype, a, b);
        if (code == Primitives.MAX) return Integers.maximum(a, b);
        if (code == Primitives.MIN) return Integers.minimum(a, b);
        if (code == Primitives.AND) return Integers.and(a, b);
        if (code == Primitives.OR) return Integers.or(a, b);
        if (code == Primitives.XOR) return Integers.xor(a, b);
        return code == Primitives.SHL ? Integers.shl(dtype, a, b) : Integers.shr(dtype, a, b);
    }

    function _bits(int256 element) private pure returns (uint32) {
        return uint32(uint256(element));
    }

    function _word(uint32 bits) private pure returns (int256) {
        return int256(uint256(bits));
    }

    function _bool(bool value) private pure returns (int256) {
        return value ? int256(1) : int256(0);
    }
}
