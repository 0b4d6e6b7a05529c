// The primitives, one element from up to three: section 4. And WITHIN, section 13.
//
// resultType(operandTypes) is undefined where the types do not fit. apply(operands, operandTypes, given) gets last what
// a program says besides: CAST its resultType, WITHIN its tolerances. CONST and INDEX have no operands and are left to
// the programs.

import { BOOL, FLOAT32, INT64, INTEGER_TYPES, NUMERIC_TYPES, wrapped } from "./dataTypes.js";
import { INFINITY, NOT_A_NUMBER, ONE, UNITS_IN_ONE, infinityOf, isFinite, isInfinite } from "./float32.js";
import { isNegative, isNotANumber, nearestFloat32, nearestToInteger, negated, orderOf, unitsOf } from "./float32.js";
import { FUNCTIONS, evaluateFunction } from "./functions.js";
import { absolute, floorOfQuotient, greatest, least, squareRoot } from "./integers.js";

const BIT_TYPES = [...INTEGER_TYPES, BOOL];

const resultOfAlike = (allowed) => (types) =>
  types.every((type) => type === types[0]) && allowed.includes(types[0]) ? types[0] : undefined;

/** Any NaN operand gives NaN. */
const unlessNotANumber =
  (rule) =>
  (...operands) =>
    operands.some(isNotANumber) ? NOT_A_NUMBER : rule(...operands);

function onNumbers(name, code, arity, ruleOfFloats, ruleOfIntegers) {
  const floatRule = unlessNotANumber(ruleOfFloats);
  return {
    name,
    code,
    arity,
    resultType: resultOfAlike(NUMERIC_TYPES),
    apply: (operands, [type]) =>
      type === FLOAT32 ? floatRule(...operands) : wrapped(type, ruleOfIntegers(...operands)),
  };
}

const onIntegers = (name, code, arity, rule) => ({
  name,
  code,
  arity,
  resultType: resultOfAlike(INTEGER_TYPES),
  apply: (operands, [type]) => wrapped(type, rule(...operands, BigInt(8 * type.width))),
});

/** On BigInt these operators act on two's complement of any width. Of a bool, 0 or 1, only the last bit counts. */
const onBits = (name, code, arity, rule) => ({
  name,
  code,
  arity,
  resultType: resultOfAlike(BIT_TYPES),
  apply: (operands, [type]) => {
    const bits = rule(...operands.map(BigInt));
    return type === BOOL ? BigInt.asUintN(1, bits) === 1n : wrapped(type, bits);
  },
});

const comparison = (name, code, rule) => ({
  name,
  code,
  arity: 2,
  resultType: ([a, b]) => (a === b ? BOOL : undefined),
  apply: ([a, b], [type]) => rule(a, b, type),
});

const onFloats = (name, code, rule) => ({
  name,
  code,
  arity: 1,
  resultType: ([type]) => (type === FLOAT32 ? FLOAT32 : undefined),
  apply: ([a]) => unlessNotANumber(rule)(a),
});

export const PRIMITIVES = [
  { name: "CONST", code: 0x01, arity: 0 },
  { name: "INDEX", code: 0x02, arity: 0, resultType: () => INT64 },
  { name: "CAST", code: 0x03, arity: 1, apply: ([a], [source], { resultType }) => cast(source, resultType, a) },
  {
    name: "SELECT",
    code: 0x04,
    arity: 3,
    resultType: ([condition, a, b]) => (condition === BOOL && a === b ? a : undefined),
    apply: ([condition, a, b]) => (condition ? a : b),
  },
  {
    name: "WITHIN",
    code: 0x05,
    arity: 2,
    resultType: (types) => (types.every((type) => type === FLOAT32) ? BOOL : undefined),
    apply: ([claimed, right], _, { tolerances }) => isWithin(claimed, right, tolerances),
  },
  comparison("EQ", 0x10, isEqual),
  comparison("NE", 0x11, (a, b, type) => !isEqual(a, b, type)),
  comparison("LT", 0x12, isLess),
  comparison("LE", 0x13, (a, b, type) => isLess(a, b, type) || isEqual(a, b, type)),
  onNumbers("ADD", 0x20, 2, addFloats, (a, b) => a + b),
  onNumbers(
    "SUB",
    0x21,
    2,
    (a, b) => addFloats(a, negated(b)),
    (a, b) => a - b,
  ),
  onNumbers("MUL", 0x22, 2, multiplyFloats, (a, b) => a * b),
  onNumbers("DIV", 0x23, 2, divideFloats, (a, b) => (b === 0n ? 0n : a / b)),
  onIntegers("MOD", 0x24, 2, (a, b) => (b === 0n ? 0n : floorRemainder(a, b))),
  onNumbers("NEG", 0x25, 1, negated, (a) => -a),
  onNumbers("ABS", 0x26, 1, (a) => (isNegative(a) ? negated(a) : a), absolute),
  onNumbers("MAX", 0x27, 2, (a, b) => (orderOf(a) < orderOf(b) ? b : a), greatest),
  onNumbers("MIN", 0x28, 2, (a, b) => (orderOf(b) < orderOf(a) ? b : a), least),
  onBits("AND", 0x30, 2, (a, b) => a & b),
  onBits("OR", 0x31, 2, (a, b) => a | b),
  onBits("XOR", 0x32, 2, (a, b) => a ^ b),
  onBits("NOT", 0x33, 1, (a) => ~a),
  onIntegers("SHL", 0x34, 2, (a, shift, width) => (isShift(shift, width) ? a * 2n ** shift : 0n)),
  onIntegers("SHR", 0x35, 2, (a, shift, width) => floorOfQuotient(a, 2n ** (isShift(shift, width) ? shift : width))),
  onFloats("SQRT", 0x40, squareRootOfFloat),
  onFloats("FLOOR", 0x41, floorOfFloat),
  onFloats("CEIL", 0x42, (a) => negated(floorOfFloat(negated(a)))),
  onFloats("RINT", 0x43, nearestWholeOfFloat),
  ...FUNCTIONS.map((entry) => onFloats(entry.name, entry.code, (a) => evaluateFunction(entry, a))),
];

function isEqual(a, b, type) {
  return a === b && !(type === FLOAT32 && isNotANumber(a));
}

function isLess(a, b, type) {
  if (type !== FLOAT32) return a < b;
  return !isNotANumber(a) && !isNotANumber(b) && orderOf(a) < orderOf(b);
}

function addFloats(a, b) {
  if (isInfinite(a)) return isInfinite(b) && a !== b ? NOT_A_NUMBER : a;
  if (isInfinite(b)) return b;
  return nearestFloat32(unitsOf(a) + unitsOf(b), UNITS_IN_ONE);
}

function multiplyFloats(a, b) {
  if (isFinite(a) && isFinite(b)) return nearestFloat32(unitsOf(a) * unitsOf(b), UNITS_IN_ONE ** 2n);
  return a === 0 || b === 0 ? NOT_A_NUMBER : infinityOf(isNegative(a) !== isNegative(b));
}

function divideFloats(a, b) {
  if (isInfinite(a)) return isInfinite(b) ? NOT_A_NUMBER : infinityOf(isNegative(a) !== isNegative(b));
  if (isInfinite(b)) return 0;
  if (b === 0) return a === 0 ? NOT_A_NUMBER : infinityOf(isNegative(a));
  const [numerator, denominator] = [unitsOf(a), unitsOf(b)];
  return denominator < 0n ? nearestFloat32(-numerator, -denominator) : nearestFloat32(numerator, denominator);
}

/** a − b·⌊a/b⌋ */
const floorRemainder = (a, b) => a - b * (b < 0n ? floorOfQuotient(-a, -b) : floorOfQuotient(a, b));

const isShift = (shift, width) => shift >= 0n && shift < width;

/**
 * √a has its first bit far above 2^-100, so 200 bits behind the point hold more than the significand and the bit behind
 * it. That the root goes on beyond them, however far, is told by one more bit: it decides what would look like a tie.
 */
function squareRootOfFloat(a) {
  if (isNegative(a)) return NOT_A_NUMBER;
  if (isInfinite(a)) return INFINITY;
  const scaledSquare = (unitsOf(a) * 2n ** 400n) / UNITS_IN_ONE;
  const root = squareRoot(scaledSquare);
  const isExact = root * root === scaledSquare;
  return nearestFloat32(2n * root + (isExact ? 0n : 1n), 2n ** 201n);
}

function floorOfFloat(a) {
  return isInfinite(a) ? a : nearestToInteger(floorOfQuotient(unitsOf(a), UNITS_IN_ONE));
}

function nearestWholeOfFloat(a) {
  if (isInfinite(a)) return a;
  const floor = floorOfQuotient(unitsOf(a), UNITS_IN_ONE);
  const twiceRest = 2n * (unitsOf(a) - floor * UNITS_IN_ONE);
  const roundsUp = twiceRest > UNITS_IN_ONE || (twiceRest === UNITS_IN_ONE && floor % 2n !== 0n);
  return nearestToInteger(roundsUp ? floor + 1n : floor);
}

export function cast(source, target, element) {
  if (source === target) return element;
  if (target === BOOL) return source === FLOAT32 ? element !== 0 : element !== 0n;
  if (source !== FLOAT32) {
    const value = BigInt(element);
    return target === FLOAT32 ? nearestToInteger(value) : wrapped(target, value);
  }
  if (isNotANumber(element)) return 0n;
  // Infinity counts as 2^128 here, which is beyond every range.
  return greatest(target.least, least(target.greatest, unitsOf(element) / UNITS_IN_ONE));
}

/** Whether |claimed − right| ≤ absolute + relative·|right|, in units of 2^-298; nothing is rounded. */
export function isWithin(claimed, right, tolerances) {
  if (claimed === right) return true;
  if (!isFinite(claimed) || !isFinite(right)) return false;
  const distance = absolute(unitsOf(claimed) - unitsOf(right));
  const relativePart = unitsOf(tolerances.relative) * absolute(unitsOf(right));
  return distance * UNITS_IN_ONE <= unitsOf(tolerances.absolute) * UNITS_IN_ONE + relativePart;
}

export const isTolerance = (bits) => isFinite(bits) && !isNegative(bits);
export const isRelativeTolerance = (bits) => isTolerance(bits) && bits < ONE;
