// Whole-number arithmetic that BigInt lacks.

/** ⌊numerator / denominator⌋ for a positive denominator. */
export function floorOfQuotient(numerator, denominator) {
  const quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1n : quotient;
}

/** ⌈numerator / denominator⌉ for a positive denominator. */
export const ceilingOfQuotient = (numerator, denominator) => -floorOfQuotient(-numerator, denominator);

export const absolute = (value) => (value < 0n ? -value : value);

export const least = (...values) => values.reduce((a, b) => (b < a ? b : a));
export const greatest = (...values) => values.reduce((a, b) => (b > a ? b : a));

/** The number of binary digits of a value that is not negative; none for zero. */
export const bitLength = (value) => (value === 0n ? 0 : value.toString(2).length);

/** ⌊√value⌋. Newton's iteration falls from above until it is there. */
export function squareRoot(value) {
  if (value === 0n) return 0n;
  let root = 2n ** BigInt(bitLength(value));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
