// Conversions between float32 and fixed-point decimals.

import { fixedFromFloat32, float32FromFixed } from "../reference/fixedPoint.js";
import { many, randomFixed, randomFloat32, randomTie, randomWords } from "./random.js";
import { hexOfBits } from "./text.js";

export function fixedPoints() {
  const next = randomWords(0x0f0e0d0c);
  const most = 2n ** 255n - 1n;
  const toFloat32 = [
    [0n, 0],
    [0n, 77],
    [1n, 0],
    [-1n, 0],
    [5n, 1],
    [-25n, 2],
    [1n, 1],
    [10n ** 18n, 18],
    [-(10n ** 18n), 18],
    // 2^24 + 1 and + 3: ties, to even down and up; one beside them
    [16777217n, 0],
    [16777219n, 0],
    [-16777217n, 0],
    [167772170n, 1],
    [167772171n, 1],
    [167772169n, 1],
    // a carry through all fraction bits into the exponent
    [33554431n, 0],
    // halves of the least subnormal, 1.4e-45, and what is near
    [70064923216240853n, 62],
    [70064923216240854n, 62],
    [-70064923216240854n, 62],
    [1n, 45],
    [2n, 45],
    [1n, 46],
    [1n, 77],
    [-1n, 77],
    // around the least normal number, 2^-126
    [11754943508222875n, 54],
    [11754942807573643n, 54],
    [11754942106924411n, 54],
    // the greatest number, the tie above it (to infinity), one below the tie
    [2n ** 128n - 2n ** 104n, 0],
    [2n ** 128n - 2n ** 103n, 0],
    [2n ** 128n - 2n ** 103n - 1n, 0],
    [-(2n ** 128n - 2n ** 103n), 0],
    [2n ** 128n, 0],
    [most, 0],
    [-most - 1n, 0],
    [most, 77],
    [-most - 1n, 77],
    [most, 38],
    ...many(120, () => [randomFixed(next), next() % 78]),
    ...many(120, () => {
      const tie = randomTie(next);
      return [tie.fixed, tie.decimals];
    }),
  ].map(([fixed, decimals]) => ({
    fixed: fixed.toString(),
    decimals,
    bits: hexOfBits(float32FromFixed(fixed, decimals)),
  }));

  const toFixed = [
    [0x00000000, 0],
    [0x80000000, 18],
    [0x3f800000, 0],
    [0x3f800000, 18],
    [0x3f800000, 76],
    [0x3f800000, 77],
    [0xbf800000, 18],
    // ties: 0.5, 1.5, 2.5, -0.5, -1.5, 0.125 and 0.375 with two decimals
    [0x3f000000, 0],
    [0x3fc00000, 0],
    [0x40200000, 0],
    [0xbf000000, 0],
    [0xbfc00000, 0],
    [0x3e000000, 2],
    [0x3ec00000, 2],
    [0x3effffff, 0],
    [0x3f000001, 0],
    [0x3dcccccd, 18],
    [0x3dcccccd, 27],
    [0x00000001, 0],
    [0x00000001, 45],
    [0x00000001, 77],
    [0x807fffff, 77],
    [0x00800000, 77],
    [0x7f7fffff, 0],
    [0x7f7fffff, 38],
    [0x7f7fffff, 39],
    [0xff7fffff, 38],
    [0x7f7fffff, 77],
    [0x3f000000, 77],
    [0x3f13c9b9, 77],
    [0x3f14282a, 77],
    [0x3f800001, 77],
    [0x7f800000, 0],
    [0xff800000, 18],
    [0x7fc00000, 0],
    [0xff800001, 18],
    ...many(120, () => [randomFloat32(next), next() % 78]),
    ...many(40, () => [randomFloat32(next), 18]),
    ...many(40, () => {
      const decimals = next() % 20;
      const odd = (next() % 2 ** 22) * 2 + 1;
      return [float32FromFixed(BigInt(odd) * 5n ** BigInt(decimals + 1), decimals + 1), decimals];
    }),
  ].map(([bits, decimals]) => {
    const fixed = fixedFromFloat32(bits, decimals);
    const outcome = typeof fixed === "string" ? { error: fixed } : { fixed: fixed.toString() };
    return { bits: hexOfBits(bits), decimals, ...outcome };
  });
  return { toFloat32, toFixed };
}
