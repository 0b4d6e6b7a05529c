// The ten functions, correctly rounded: section 5.
//
// Each value is enclosed in an interval, ever more closely, until both ends round alike. That comes to an end: a value
// that is neither a float32 nor half-way between two has a whole neighbourhood that rounds alike, and so have the exact
// values (0, ½ and 1), since those are not half-way either.
//
// Arguments are given in units of 2^-149, so they are whole numbers. An interval counts in units of 2^-precision.

import { INFINITY, MINUS_ONE, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE, UNITS_IN_ONE } from "./float32.js";
import { isNegative, isInfinite, isNotANumber, nearestFloat32, unitsOf } from "./float32.js";
import { absolute, bitLength, floorOfQuotient, greatest, least, squareRoot } from "./integers.js";
import { difference, dividedBy, multiple, opposite, product, quotientInterval } from "./intervals.js";
import { reciprocal, scaled, seriesSum, sum } from "./intervals.js";

const FIRST_PRECISION = 192n;

/**
 * An exponent beyond ±128 is taken for ±128. That changes no result: e^128 > 2^129 makes EXP and SINH infinite and
 * TANH and SIGMOID 1, and e^-128 < 2^-150 vanishes beside 0, 1 and the arguments of SOFTPLUS from 128 on.
 */
const EXPONENTIAL_LIMIT = 128n * UNITS_IN_ONE;

/** Beyond ±8 ERF rounds to ±1 as it does there: 1 − erf 8 < e^-64. */
const ERROR_FUNCTION_LIMIT = 8n * UNITS_IN_ONE;

/** The quotient of a float32 and π/2 is below 2^128. */
const QUADRANT_BITS = 128n;

export const FUNCTIONS = [
  { name: "EXP", code: 0x50, enclose: exponential, atNegativeInfinity: 0, atInfinity: INFINITY },
  { name: "LOG", code: 0x51, enclose: logarithm, atNegativeInfinity: NOT_A_NUMBER, atInfinity: INFINITY },
  { name: "TANH", code: 0x52, enclose: hyperbolicTangent, atNegativeInfinity: MINUS_ONE, atInfinity: ONE },
  { name: "ERF", code: 0x53, enclose: errorFunction, atNegativeInfinity: MINUS_ONE, atInfinity: ONE },
  { name: "SIGMOID", code: 0x54, enclose: sigmoid, atNegativeInfinity: 0, atInfinity: ONE },
  { name: "SIN", code: 0x55, enclose: sine, atNegativeInfinity: NOT_A_NUMBER, atInfinity: NOT_A_NUMBER },
  { name: "COS", code: 0x56, enclose: cosine, atNegativeInfinity: NOT_A_NUMBER, atInfinity: NOT_A_NUMBER },
  { name: "ATAN", code: 0x57, enclose: arctangent, atNegativeInfinity: 0xbfc90fdb, atInfinity: 0x3fc90fdb },
  { name: "SINH", code: 0x58, enclose: hyperbolicSine, atNegativeInfinity: NEGATIVE_INFINITY, atInfinity: INFINITY },
  { name: "SOFTPLUS", code: 0x59, enclose: softplus, atNegativeInfinity: 0, atInfinity: INFINITY },
];

/** The function's result at a canonical float32. */
export function evaluateFunction({ name, enclose, atNegativeInfinity, atInfinity }, bits) {
  if (isNotANumber(bits)) return NOT_A_NUMBER;
  if (isInfinite(bits)) return isNegative(bits) ? atNegativeInfinity : atInfinity;
  if (name === "LOG" && isNegative(bits)) return NOT_A_NUMBER;
  if (name === "LOG" && bits === 0) return NEGATIVE_INFINITY;
  const argument = unitsOf(bits);
  for (let precision = FIRST_PRECISION; ; precision *= 2n) {
    const { low, high } = enclose(argument, precision);
    const rounded = nearestFloat32(low, 2n ** precision);
    if (rounded === nearestFloat32(high, 2n ** precision)) return rounded;
  }
}

const clamped = (argument, limit) => greatest(-limit, least(limit, argument));
const one = (precision) => quotientInterval(1n, 1n, precision);

/** e^x = 2^k · e^(x − k·ln 2) with the k that leaves the least exponent. */
function exponential(argument, precision) {
  const x = quotientInterval(clamped(argument, EXPONENTIAL_LIMIT), UNITS_IN_ONE, precision);
  const logarithmOfTwo = naturalLogarithmOfTwo(precision);
  const k = floorOfQuotient(x.low + logarithmOfTwo.low / 2n, logarithmOfTwo.low);
  const rest = difference(x, multiple(logarithmOfTwo, k));
  const power = seriesSum(one(precision), (term, n) => dividedBy(product(term, rest, precision), n));
  return scaled(power, k);
}

function logarithm(argument, precision) {
  return logarithmOfQuotient(argument, UNITS_IN_ONE, precision);
}

/** ln (2^k · m) = k · ln 2 + 2 · artanh ((m − 1) / (m + 1)) with m from 1 to 2; the denominator is a power of two. */
function logarithmOfQuotient(numerator, denominator, precision) {
  const k = BigInt(bitLength(numerator) - bitLength(denominator));
  const top = k < 0n ? numerator * 2n ** -k : numerator;
  const bottom = k < 0n ? denominator : denominator * 2n ** k;
  const ofM = scaled(inverseHyperbolicTangent(top - bottom, top + bottom, precision), 1n);
  return sum(ofM, multiple(naturalLogarithmOfTwo(precision), k));
}

const naturalLogarithmOfTwo = (precision) => scaled(inverseHyperbolicTangent(1n, 3n, precision), 1n);

/** z + z³/3 + z⁵/5 + …, for |z| ≤ 1/3. */
function inverseHyperbolicTangent(numerator, denominator, precision) {
  const z = quotientInterval(numerator, denominator, precision);
  const square = product(z, z, precision);
  return seriesSum(
    z,
    (power) => product(power, square, precision),
    (n) => 2n * n + 1n,
  );
}

/** tanh x = 1 − 2 / (e^2x + 1) */
function hyperbolicTangent(argument, precision) {
  const power = exponential(2n * argument, precision);
  return difference(one(precision), scaled(reciprocal(sum(power, one(precision)), precision), 1n));
}

/** 2/√π · (x − x³/(1!·3) + x⁵/(2!·5) − …) */
function errorFunction(argument, precision) {
  const x = quotientInterval(clamped(argument, ERROR_FUNCTION_LIMIT), UNITS_IN_ONE, precision);
  const square = product(x, x, precision);
  const integral = seriesSum(
    x,
    (term, n) => dividedBy(opposite(product(term, square, precision)), n),
    (n) => 2n * n + 1n,
  );
  const pi = circleConstant(precision);
  const rootOfPi = {
    low: squareRoot(pi.low * 2n ** precision),
    high: squareRoot(pi.high * 2n ** precision) + 1n,
  };
  return scaled(product(integral, reciprocal(rootOfPi, precision), precision), 1n);
}

/** 1 / (1 + e^-x) */
function sigmoid(argument, precision) {
  return reciprocal(sum(one(precision), exponential(-argument, precision)), precision);
}

function sine(argument, precision) {
  const { quadrant, rest } = quadrantAndRest(argument, precision);
  return sineOfQuadrant(quadrant, rest, precision);
}

/** cos x = sin (x + π/2) */
function cosine(argument, precision) {
  const { quadrant, rest } = quadrantAndRest(argument, precision);
  return sineOfQuadrant(quadrant + 1n, rest, precision);
}

/** x = quadrant · π/2 + rest with the rest from −π/4 to π/4, or beyond by next to nothing. */
function quadrantAndRest(argument, precision) {
  const finer = precision + QUADRANT_BITS;
  const x = quotientInterval(argument, UNITS_IN_ONE, finer);
  const rightAngle = scaled(circleConstant(finer), -1n);
  const quadrant = floorOfQuotient(x.low + rightAngle.low / 2n, rightAngle.low);
  const rest = difference(x, multiple(rightAngle, quadrant));
  return { quadrant, rest: dividedBy(rest, 2n ** QUADRANT_BITS) };
}

/** sin (quadrant · π/2 + rest) */
function sineOfQuadrant(quadrant, rest, precision) {
  const square = product(rest, rest, precision);
  const isAlongSine = quadrant % 2n === 0n;
  const value = isAlongSine
    ? seriesSum(rest, (term, n) => dividedBy(opposite(product(term, square, precision)), 2n * n * (2n * n + 1n)))
    : seriesSum(one(precision), (term, n) =>
        dividedBy(opposite(product(term, square, precision)), (2n * n - 1n) * 2n * n),
      );
  const turn = ((quadrant % 4n) + 4n) % 4n;
  return turn < 2n ? value : opposite(value);
}

function arctangent(argument, precision) {
  return arctangentOfQuotient(argument, UNITS_IN_ONE, precision);
}

function arctangentOfQuotient(numerator, denominator, precision) {
  if (numerator < 0n) return opposite(arctangentOfQuotient(-numerator, denominator, precision));
  if (numerator > denominator) {
    const rightAngle = scaled(circleConstant(precision), -1n);
    return difference(rightAngle, arctangentOfQuotient(denominator, numerator, precision));
  }
  if (3n * numerator <= denominator) return arctangentSeries(numerator, denominator, precision);
  // arctan z = arctan ½ + arctan ((z − ½) / (1 + z/2)), and that quotient is small enough for the series
  return sum(
    arctangentSeries(1n, 2n, precision),
    arctangentSeries(2n * numerator - denominator, 2n * denominator + numerator, precision),
  );
}

/** z − z³/3 + z⁵/5 − …, for |z| ≤ ½. */
function arctangentSeries(numerator, denominator, precision) {
  const z = quotientInterval(numerator, denominator, precision);
  const square = product(z, z, precision);
  return seriesSum(
    z,
    (power) => opposite(product(power, square, precision)),
    (n) => 2n * n + 1n,
  );
}

/** π = 16 · arctan 1/5 − 4 · arctan 1/239, by Machin. */
export function circleConstant(precision) {
  const ofFifth = arctangentSeries(1n, 5n, precision);
  const ofSmall = arctangentSeries(1n, 239n, precision);
  return difference(multiple(ofFifth, 16n), multiple(ofSmall, 4n));
}

/** (e^x − e^-x) / 2 */
function hyperbolicSine(argument, precision) {
  return scaled(difference(exponential(argument, precision), exponential(-argument, precision)), -1n);
}

/** ln (1 + e^x) = max(x, 0) + ln (1 + e^-|x|) */
function softplus(argument, precision) {
  const power = sum(one(precision), exponential(-absolute(argument), precision));
  const unit = 2n ** precision;
  return sum(quotientInterval(greatest(argument, 0n), UNITS_IN_ONE, precision), {
    low: logarithmOfQuotient(power.low, unit, precision).low,
    high: logarithmOfQuotient(power.high, unit, precision).high,
  });
}
