// Interval arithmetic: a real that is known to lie between two whole numbers of units of 2^-precision, ends included.
// Every operation rounds its ends outwards, so that what it returns holds the result for all reals in its operands.

import { ceilingOfQuotient, floorOfQuotient, greatest, least } from "./integers.js";

export const quotientInterval = (numerator, denominator, precision) => ({
  low: floorOfQuotient(numerator * 2n ** precision, denominator),
  high: ceilingOfQuotient(numerator * 2n ** precision, denominator),
});

export const sum = (a, b) => ({ low: a.low + b.low, high: a.high + b.high });
export const opposite = (a) => ({ low: -a.high, high: -a.low });
export const difference = (a, b) => sum(a, opposite(b));
const widened = (a, units) => ({ low: a.low - units, high: a.high + units });

export const dividedBy = (a, divisor) => ({
  low: floorOfQuotient(a.low, divisor),
  high: ceilingOfQuotient(a.high, divisor),
});

/** Times 2^exponent, of either sign. */
export const scaled = (a, exponent) =>
  exponent < 0n ? dividedBy(a, 2n ** -exponent) : { low: a.low * 2n ** exponent, high: a.high * 2n ** exponent };

export const multiple = (a, factor) =>
  factor < 0n ? opposite(multiple(a, -factor)) : { low: a.low * factor, high: a.high * factor };

export function product(a, b, precision) {
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return dividedBy({ low: least(...corners), high: greatest(...corners) }, 2n ** precision);
}

/** 1 / a, of a positive interval. */
export const reciprocal = (a, precision) => ({
  low: floorOfQuotient(2n ** (2n * precision), a.high),
  high: ceilingOfQuotient(2n ** (2n * precision), a.low),
});

const isNegligible = (a) => a.low >= -1n && a.high <= 1n;

/**
 * The sum of first/weight(0) + term₁/weight(1) + …, where next(termₙ₋₁, n) is termₙ. From some term on they must fall
 * in magnitude, to at most a half each time or with alternating signs, and no term before that may be negligible:
 * then the first negligible one bounds the sum of all behind it.
 */
export function seriesSum(first, next, weight = () => 1n) {
  let term = first;
  let total = dividedBy(term, weight(0n));
  for (let n = 1n; !isNegligible(term); n++) {
    term = next(term, n);
    total = sum(total, dividedBy(term, weight(n)));
  }
  return widened(total, 1n);
}
