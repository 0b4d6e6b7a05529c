// float32 numbers from decimal text.

import { nearestFloat32 } from "../reference/float32.js";

/** RN of a decimal such as "-0.5" or "1e-8". */
export function float(text) {
  const [, sign, whole, fraction = "", exponent = "0"] = text.match(/^(-?)(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/);
  const digits = BigInt(sign + whole + fraction);
  const power = BigInt(exponent) - BigInt(fraction.length);
  return power < 0n ? nearestFloat32(digits, 10n ** -power) : nearestFloat32(digits * 10n ** power, 1n);
}

/** Several of them, with spaces between. */
export const floats = (text) => text.split(/\s+/).map(float);
