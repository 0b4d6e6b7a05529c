// Seeded draws, so that every run makes the same cases.

import { wrapped } from "../reference/dataTypes.js";
import { INFINITY, SIGN, unitsOf } from "../reference/float32.js";

/** A stream of 32-bit words (xorshift32). */
export function randomWords(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** A float32's bits: any pattern, or one whose value has a size that people use. */
export function randomFloat32(next) {
  const bits = next();
  if (bits % 2 === 0) return next();
  return ((next() >>> 31) * SIGN + ((87 + (next() % 80)) << 23) + (next() & 0x7fffff)) >>> 0;
}

/** An int256 of any size, each number of bits being as likely as the other. */
export function randomFixed(next) {
  let value = 0n;
  for (let word = 0; word < 8; word++) value = value * 2n ** 32n + BigInt(next());
  const magnitude = value % 2n ** BigInt(next() % 256);
  return next() % 2 === 0 ? magnitude : -magnitude;
}

/** A fixed-point value at, or one beside, the middle between two neighbouring float32 numbers: hard to round. */
export function randomTie(next) {
  for (;;) {
    const decimals = next() % 78;
    const magnitude = next() % INFINITY;
    const middle = (unitsOf(magnitude) + unitsOf(magnitude + 1)) * 10n ** BigInt(decimals);
    const fixed = middle / 2n ** 150n + BigInt(next() % 3) - 1n;
    if (fixed > 0n && fixed < 2n ** 255n) return { fixed: next() % 2 === 0 ? fixed : -fixed, decimals };
  }
}

export const pick = (next, list) => list[next() % list.length];

export const many = (length, make) => Array.from({ length }, make);

/** A whole number from low to high. */
export const randomBetween = (next, low, high) => low + (next() % (high - low + 1));

/** An integer of a type, each number of bits being as likely as the other. */
export function randomInteger(next, type) {
  const magnitude =
    (BigInt(next()) * 2n ** 32n + BigInt(next())) % 2n ** BigInt(randomBetween(next, 0, 8 * type.width));
  return wrapped(type, next() % 2 === 0 ? magnitude : -magnitude);
}

/** A float32 of a sign (0 or 1), an exponent field and a fraction. */
export const composed = (sign, exponent, fraction) => sign * SIGN + exponent * 2 ** 23 + fraction;

/** A float32 whose exponent field lies in a range. */
export const randomOfExponents = (next, low, high) =>
  composed(next() % 2, randomBetween(next, low, high), next() % 2 ** 23);

/** A float32 of so few significant bits that sums and products come out as ties often. */
export const randomOfFewBits = (next, low, high) =>
  composed(next() % 2, randomBetween(next, low, high), (next() % 16) * 2 ** randomBetween(next, 0, 19));
