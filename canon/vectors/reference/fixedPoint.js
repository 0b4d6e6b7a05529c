// The conversions between float32 and fixed-point decimals, contracts/market/FixedPoint.sol's.

import { UNITS_IN_ONE, isInfinite, isNotANumber, nearestFloat32, unitsOf } from "./float32.js";
import { absolute } from "./integers.js";

/** RN(fixed / 10^decimals) as bits: ties to even, gradual underflow, overflow to infinity, one zero. */
export const float32FromFixed = (fixed, decimals) => nearestFloat32(fixed, 10n ** BigInt(decimals));

/** round(value · 10^decimals), ties to even; the name of the error where there is no such int256. */
export function fixedFromFloat32(bits, decimals) {
  if (isNotANumber(bits)) return "NotANumber";
  if (isInfinite(bits)) return "FixedPointOverflow";
  const units = unitsOf(bits);
  const exact = absolute(units) * 10n ** BigInt(decimals);
  const rest = exact % UNITS_IN_ONE;
  let fixed = exact / UNITS_IN_ONE;
  if (2n * rest > UNITS_IN_ONE || (2n * rest === UNITS_IN_ONE && fixed % 2n === 1n)) fixed += 1n;
  if (fixed >= 2n ** 255n) return "FixedPointOverflow";
  return units < 0n ? -fixed : fixed;
}
