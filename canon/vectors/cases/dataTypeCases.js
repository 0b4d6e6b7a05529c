// Type words and the canonical form of float32.

import { DATA_TYPES, elementCount, packType } from "../reference/dataTypes.js";
import { canonicalFloat32 } from "../reference/float32.js";
import { hexOfBits, hexOfWord } from "./text.js";

export function tensorTypes() {
  const shapes = [
    [],
    [1],
    [7],
    [1, 32],
    [3, 224, 224],
    [1, 1, 16, 16],
    [2, 3, 4, 5, 6, 7],
    [1, 1, 1, 1, 1, 1, 1, 1],
    [2, 2, 2, 2, 2, 2, 2, 2],
    [2 ** 31 - 1],
    [1, 2 ** 31 - 1],
    [46340, 46340],
    [1, 1, 1, 1, 1, 1, 1, 2 ** 31 - 1],
  ];
  const valid = DATA_TYPES.flatMap((dataType) =>
    shapes.map((shape) => ({
      dtype: dataType.code,
      shape,
      type: hexOfWord(packType(dataType, shape)),
      count: Number(elementCount(shape)),
      byteLength: Number(elementCount(shape)) * dataType.width,
    })),
  );
  const float32 = (rank, dimensions) => hexOfWord((1n << 252n) + (BigInt(rank) << 248n) + dimensions);
  const invalid = [
    ...[0n, 4n, 5n, 8n, 10n, 15n].map((code) => ({
      why: `dtype ${code}`,
      type: hexOfWord((code << 252n) + (1n << 248n) + 1n),
    })),
    { why: "the zero word", type: hexOfWord(0n) },
    { why: "rank 9", type: float32(9, 1n) },
    { why: "rank 15", type: float32(15, 1n) },
    { why: "a dimension of zero", type: float32(1, 0n) },
    { why: "a dimension of zero between others", type: float32(3, 2n + (2n << 62n)) },
    { why: "a scalar with a dimension", type: float32(0, 1n) },
    { why: "a dimension beyond the rank", type: float32(1, 2n + (1n << 31n)) },
    { why: "a last dimension beyond the rank", type: float32(7, (1n << 217n) + 1n) },
    { why: "a bit of the eighth dimension beyond the rank", type: float32(1, 2n + (1n << 247n)) },
    { why: "2^31 elements", type: float32(2, 2n + ((1n << 30n) << 31n)) },
    { why: "46341 x 46341 elements", type: float32(2, 46341n + (46341n << 31n)) },
    { why: "more than 2^247 elements", type: float32(8, (1n << 248n) - 1n) },
  ];
  const unpackable = [
    { error: "UnknownDtype", dtype: 0, shape: [1] },
    { error: "UnknownDtype", dtype: 10, shape: [1] },
    { error: "UnknownDtype", dtype: 255, shape: [] },
    { error: "RankTooHigh", dtype: 1, shape: [1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { error: "InvalidDimension", dtype: 1, shape: [0] },
    { error: "InvalidDimension", dtype: 1, shape: [3, 0, 3] },
    { error: "InvalidDimension", dtype: 1, shape: [2 ** 31] },
    { error: "InvalidDimension", dtype: 1, shape: [2, 2 ** 30] },
    { error: "InvalidDimension", dtype: 1, shape: [46341, 46341] },
  ];
  return { valid, invalid, unpackable };
}

export function canonicalFloats() {
  const named = [
    ["zero", 0x00000000],
    ["minus zero", 0x80000000],
    ["one", 0x3f800000],
    ["minus one", 0xbf800000],
    ["least subnormal", 0x00000001],
    ["minus least subnormal", 0x80000001],
    ["greatest subnormal", 0x007fffff],
    ["least normal", 0x00800000],
    ["greatest", 0x7f7fffff],
    ["minus greatest", 0xff7fffff],
    ["infinity", 0x7f800000],
    ["minus infinity", 0xff800000],
    ["the canonical NaN", 0x7fc00000],
    ["minus the canonical NaN", 0xffc00000],
    ["quiet NaN with a payload", 0x7fc12345],
    ["least signalling NaN", 0x7f800001],
    ["greatest signalling NaN", 0x7fbfffff],
    ["least negative signalling NaN", 0xff800001],
    ["all bits set", 0xffffffff],
    ["greatest positive NaN", 0x7fffffff],
  ];
  return named.map(([name, bits]) => ({ name, bits: hexOfBits(bits), canonical: hexOfBits(canonicalFloat32(bits)) }));
}
