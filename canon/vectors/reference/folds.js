// The folds, one element from a list of terms: section 6. A term is { position, elements }: where it stands in the fold
// space and the elements of its operands there. Only the present terms are in the list, in row-major order.

import { BOOL, FLOAT32, INT32, INT64, INTEGER_TYPES, NUMERIC_TYPES, wrapped } from "./dataTypes.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE, UNITS_IN_ONE, infinityOf } from "./float32.js";
import { isFinite, isInfinite, isNegative, isNotANumber, nearestFloat32, orderOf, unitsOf } from "./float32.js";

const WIDE_TYPES = [INT32, INT64];

const isFloatFold = (operandTypes, resultType) => [...operandTypes, resultType].every((type) => type === FLOAT32);

const isSum = (operandTypes, resultType) =>
  isFloatFold(operandTypes, resultType) ||
  (WIDE_TYPES.includes(resultType) && operandTypes.every((type) => INTEGER_TYPES.includes(type)));

const isExtreme = ([type], resultType) => NUMERIC_TYPES.includes(type) && type === resultType;
const isPlace = ([type], resultType) => NUMERIC_TYPES.includes(type) && resultType === INT64;

/** `fits` takes the types of the operands other than c. */
export const FOLDS = [
  { name: "DOT", code: 0x01, operands: 2, fits: isSum, combine: dot },
  { name: "SUM", code: 0x02, operands: 1, fits: isSum, combine: total },
  { name: "MEAN", code: 0x03, operands: 1, fits: isFloatFold, combine: mean },
  { name: "MEANSQ", code: 0x04, operands: 1, fits: isFloatFold, combine: meanOfSquares },
  { name: "MAX", code: 0x05, operands: 1, fits: isExtreme, combine: maximum },
  { name: "MIN", code: 0x06, operands: 1, fits: isExtreme, combine: minimum },
  { name: "ARGMAX", code: 0x07, operands: 1, fits: isPlace, combine: placeOfMaximum },
  { name: "ARGMIN", code: 0x08, operands: 1, fits: isPlace, combine: placeOfMinimum },
  { name: "AND", code: 0x09, operands: 1, fits: ([a], result) => a === BOOL && result === BOOL, combine: all },
];

/** The element that a fold makes. Only DOT has an `addend` (c), and need not have it. */
export const evaluateFold = (fold, terms, operandTypes, resultType, addend) =>
  fold.combine(terms, { operandType: operandTypes[0], resultType, addend });

function dot(terms, { resultType, addend }) {
  const products = terms.map(({ elements }) => elements);
  if (resultType !== FLOAT32) return wrapped(resultType, sumOfProducts(products) + (addend ?? 0n));
  return roundedSum(addend === undefined ? products : [...products, [addend, ONE]], 1n);
}

function total(terms, { resultType }) {
  if (resultType !== FLOAT32) return wrapped(resultType, sumOfProducts(terms.map(({ elements }) => elements)));
  return roundedSum(timesOne(terms), 1n);
}

function mean(terms) {
  return terms.length === 0 ? NOT_A_NUMBER : roundedSum(timesOne(terms), BigInt(terms.length));
}

function meanOfSquares(terms) {
  const squares = terms.map(({ elements: [a] }) => [a, a]);
  return terms.length === 0 ? NOT_A_NUMBER : roundedSum(squares, BigInt(terms.length));
}

const timesOne = (terms) => terms.map(({ elements: [a] }) => [a, ONE]);

/** The exact sum of products of integers. */
const sumOfProducts = (products) =>
  products.reduce((sum, factors) => sum + factors.reduce((product, factor) => product * factor, 1n), 0n);

/** RN of the sum of products of two floats each, divided by the divisor. */
function roundedSum(products, divisor) {
  if (products.every((factors) => factors.every(isFinite))) {
    const inUnits = products.map((factors) => factors.map(unitsOf));
    return nearestFloat32(sumOfProducts(inUnits), divisor * UNITS_IN_ONE ** 2n);
  }
  const isUndefined = ([a, b]) =>
    isNotANumber(a) || isNotANumber(b) || (isInfinite(a) && b === 0) || (a === 0 && isInfinite(b));
  if (products.some(isUndefined)) return NOT_A_NUMBER;
  const infiniteSigns = products
    .filter((factors) => factors.some(isInfinite))
    .map(([a, b]) => isNegative(a) !== isNegative(b));
  return infiniteSigns.every((sign) => sign === infiniteSigns[0]) ? infinityOf(infiniteSigns[0]) : NOT_A_NUMBER;
}

/** The order of the numeric types; NaN is left to the folds. */
const isAbove = (type, a, b) => (type === FLOAT32 ? orderOf(a) > orderOf(b) : a > b);
const isBelow = (type, a, b) => isAbove(type, b, a);

function maximum(terms, { operandType }) {
  const ofNone = operandType === FLOAT32 ? NEGATIVE_INFINITY : operandType.least;
  return extreme(terms, operandType, isAbove, ofNone);
}

function minimum(terms, { operandType }) {
  const ofNone = operandType === FLOAT32 ? INFINITY : operandType.greatest;
  return extreme(terms, operandType, isBelow, ofNone);
}

const extreme = (terms, type, isBeyond, ofNone) => firstExtreme(terms, type, isBeyond)?.elements[0] ?? ofNone;

function placeOfMaximum(terms, { operandType }) {
  return place(terms, operandType, isAbove);
}

function placeOfMinimum(terms, { operandType }) {
  return place(terms, operandType, isBelow);
}

const place = (terms, type, isBeyond) => BigInt(firstExtreme(terms, type, isBeyond)?.position ?? 0);

/** The first NaN, or else the first term beyond which no other one is; none of none. */
function firstExtreme(terms, type, isBeyond) {
  const firstNotANumber = terms.find(({ elements: [a] }) => type === FLOAT32 && isNotANumber(a));
  if (firstNotANumber !== undefined || terms.length === 0) return firstNotANumber;
  return terms.reduce((best, term) => (isBeyond(type, term.elements[0], best.elements[0]) ? term : best));
}

function all(terms) {
  return terms.every(({ elements: [a] }) => a);
}
