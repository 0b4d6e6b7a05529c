// The third implementation of docs/canon.md and of the fixed-point conversions: slow, plain, exact integers only.
// It exists to check the other two, so it shares nothing with them but the text. Keccak alone is a library's.

import { concat, keccak256, toBeHex } from "ethers";

export const DATA_TYPES = {
  float32: { code: 1, width: 4 },
  uint8: { code: 2, width: 1 },
  int8: { code: 3, width: 1 },
  int32: { code: 6, width: 4 },
  int64: { code: 7, width: 8 },
  bool: { code: 9, width: 1 },
};

export const elementCount = (shape) => shape.reduce((count, size) => count * BigInt(size), 1n);

/** The type word; only for valid types. */
export function packType(dataType, shape) {
  const dimensions = shape.reduce((word, size, axis) => word + BigInt(size) * 2n ** BigInt(31 * axis), 0n);
  return BigInt(DATA_TYPES[dataType].code) * 2n ** 252n + BigInt(shape.length) * 2n ** 248n + dimensions;
}

const LEAF_LENGTH = 1024;
const MISSING_LEAF = keccak256("0x03");

/** The root of the whole tree, missing leaves spelt out. */
export function treeRoot(data) {
  const leaves = Math.max(1, Math.ceil(data.length / LEAF_LENGTH));
  let places = 1;
  while (places < leaves) places *= 2;
  let level = Array.from({ length: places }, (_, place) => {
    if (place >= leaves) return MISSING_LEAF;
    const leaf = new Uint8Array(LEAF_LENGTH);
    leaf.set(data.subarray(place * LEAF_LENGTH, (place + 1) * LEAF_LENGTH));
    return keccak256(concat(["0x00", leaf]));
  });
  while (level.length > 1) {
    level = level.filter((_, place) => place % 2 === 0).map((left, pair) => innerNode(left, level[2 * pair + 1]));
  }
  return level[0];
}

const innerNode = (left, right) => keccak256(concat(["0x01", left, right]));

export function tensorHash(dataType, count, root) {
  return keccak256(concat(["0x04", toBeHex(DATA_TYPES[dataType].code, 32), toBeHex(count, 32), root]));
}

const SIGN = 0x80000000;
const INFINITY = 0x7f800000;
const NOT_A_NUMBER = 0x7fc00000;

const magnitudeOf = (bits) => bits % SIGN;

export function canonicalFloat32(bits) {
  if (magnitudeOf(bits) > INFINITY) return NOT_A_NUMBER;
  return bits === SIGN ? 0 : bits;
}

/** The magnitude in units of 2^-149, of which every float32 is a whole number; infinity counts as 2^128. */
function unitsOf(magnitude) {
  const exponent = magnitude >>> 23;
  const fraction = BigInt(magnitude & 0x7fffff);
  return exponent === 0 ? fraction : (2n ** 23n + fraction) * 2n ** BigInt(exponent - 1);
}

/** RN(fixed / 10^decimals) as bits: ties to even, gradual underflow, overflow to infinity, one zero. */
export function float32FromFixed(fixed, decimals) {
  const negative = fixed < 0n;
  const scale = 10n ** BigInt(decimals);
  const value = (negative ? -fixed : fixed) * 2n ** 149n;
  const reaches = (magnitude) => value >= unitsOf(magnitude) * scale;
  let lower = 0;
  let beyond = INFINITY;
  if (reaches(INFINITY)) return negative ? SIGN + INFINITY : INFINITY;
  while (beyond - lower > 1) {
    const middle = Math.floor((lower + beyond) / 2);
    if (reaches(middle)) lower = middle;
    else beyond = middle;
  }
  const twice = 2n * value;
  const midpoint = (unitsOf(lower) + unitsOf(beyond)) * scale;
  const roundsUp = twice > midpoint || (twice === midpoint && lower % 2 === 1);
  const magnitude = roundsUp ? beyond : lower;
  return magnitude !== 0 && negative ? SIGN + magnitude : magnitude;
}

/** round(value · 10^decimals), ties to even; the name of the error where there is no such int256. */
export function fixedFromFloat32(bits, decimals) {
  const magnitude = magnitudeOf(bits);
  if (magnitude > INFINITY) return "NotANumber";
  if (magnitude === INFINITY) return "FixedPointOverflow";
  const unit = 2n ** 149n;
  const exact = unitsOf(magnitude) * 10n ** BigInt(decimals);
  const rest = exact % unit;
  let fixed = exact / unit;
  if (2n * rest > unit || (2n * rest === unit && fixed % 2n === 1n)) fixed += 1n;
  if (fixed >= 2n ** 255n) return "FixedPointOverflow";
  return bits >= SIGN ? -fixed : fixed;
}

/** A seeded stream of 32-bit words (xorshift32), so that every run draws the same cases. */
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

/** A fixed-point value at, or one beside, the middle between two neighbouring float32 numbers, where rounding is hardest. */
export function randomTie(next) {
  for (;;) {
    const decimals = next() % 78;
    const magnitude = next() % INFINITY;
    const middle = (unitsOf(magnitude) + unitsOf(magnitude + 1)) * 10n ** BigInt(decimals);
    const fixed = middle / 2n ** 150n + BigInt(next() % 3) - 1n;
    if (fixed > 0n && fixed < 2n ** 255n) return { fixed: next() % 2 === 0 ? fixed : -fixed, decimals };
  }
}
