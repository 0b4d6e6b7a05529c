// float32 as bits: the canonical form, the exact value, and RN, the one rounding there is. Sections 2 and 3.

import { absolute, bitLength } from "./integers.js";

export const SIGN = 0x80000000;
export const INFINITY = 0x7f800000;
export const NEGATIVE_INFINITY = 0xff800000;
export const NOT_A_NUMBER = 0x7fc00000;
export const ONE = 0x3f800000;
export const MINUS_ONE = 0xbf800000;

/** Every finite float32 is a whole number of units of 2^-149, the least subnormal number. */
const UNIT_EXPONENT = 149;
export const UNITS_IN_ONE = 2n ** BigInt(UNIT_EXPONENT);

const SIGNIFICAND_BITS = 24;

const magnitudeOf = (bits) => bits % SIGN;

export const isNotANumber = (bits) => magnitudeOf(bits) > INFINITY;
export const isInfinite = (bits) => magnitudeOf(bits) === INFINITY;
export const isFinite = (bits) => magnitudeOf(bits) < INFINITY;
export const isNegative = (bits) => bits >= SIGN;

export function canonicalFloat32(bits) {
  if (isNotANumber(bits)) return NOT_A_NUMBER;
  return bits === SIGN ? 0 : bits;
}

export const infinityOf = (negative) => (negative ? NEGATIVE_INFINITY : INFINITY);

/** −a of a canonical number or infinity. */
export function negated(bits) {
  if (bits === 0) return 0;
  return isNegative(bits) ? bits - SIGN : bits + SIGN;
}

/** An integer that ascends with the value, infinities included; not for NaN. */
export const orderOf = (bits) => (isNegative(bits) ? -magnitudeOf(bits) : bits);

/** The value in units. Infinity comes out as 2^128, the number behind the greatest one. */
export function unitsOf(bits) {
  const exponent = magnitudeOf(bits) >>> 23;
  const fraction = BigInt(bits & 0x7fffff);
  const units = exponent === 0 ? fraction : (2n ** 23n + fraction) * 2n ** BigInt(exponent - 1);
  return isNegative(bits) ? -units : units;
}

/** RN(numerator / denominator) for a positive denominator. */
export function nearestFloat32(numerator, denominator) {
  const scaled = absolute(numerator) * UNITS_IN_ONE;
  const excessBits = bitLength(scaled / denominator) - SIGNIFICAND_BITS;
  const exponent = Math.max(0, excessBits);
  const step = denominator * 2n ** BigInt(exponent);
  let steps = scaled / step;
  const twiceRest = 2n * (scaled % step);
  if (twiceRest > step || (twiceRest === step && steps % 2n === 1n)) steps += 1n;
  // The hidden bit of the steps, where there is one, adds the one by which the exponent field exceeds the exponent;
  // a carry out of the significand counts it up once more, in the end to infinity.
  const magnitude = Math.min(exponent * 2 ** 23 + Number(steps), INFINITY);
  return numerator < 0n && magnitude !== 0 ? SIGN + magnitude : magnitude;
}

/** RN of a whole number. */
export const nearestToInteger = (value) => nearestFloat32(value, 1n);

/** RN(significand · 2^exponent). */
export const nearestDyadic = (significand, exponent) =>
  exponent < 0
    ? nearestFloat32(significand, 2n ** BigInt(-exponent))
    : nearestToInteger(significand * 2n ** BigInt(exponent));
