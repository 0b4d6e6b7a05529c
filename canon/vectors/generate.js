// Writes the golden vectors that the Solidity and the Java tests read.
//
//   node canon/vectors/generate.js            writes the *.json files beside this one
//   node canon/vectors/generate.js --check    fails if a committed file differs from what would be written

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { hexlify } from "ethers";
import {
  DATA_TYPES,
  canonicalFloat32,
  elementCount,
  fixedFromFloat32,
  float32FromFixed,
  packType,
  randomFixed,
  randomFloat32,
  randomTie,
  randomWords,
  tensorHash,
  treeRoot,
} from "./reference.js";

const bitsHex = (bits) => "0x" + bits.toString(16).padStart(8, "0");
const wordHex = (word) => "0x" + word.toString(16).padStart(64, "0");

function tensorTypes() {
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
  const valid = Object.keys(DATA_TYPES).flatMap((dataType) =>
    shapes.map((shape) => ({
      dtype: DATA_TYPES[dataType].code,
      shape,
      type: wordHex(packType(dataType, shape)),
      count: Number(elementCount(shape)),
      byteLength: Number(elementCount(shape)) * DATA_TYPES[dataType].width,
    })),
  );
  const float32 = (rank, dimensions) => wordHex((1n << 252n) + (BigInt(rank) << 248n) + dimensions);
  const invalid = [
    ...[0n, 4n, 5n, 8n, 10n, 15n].map((code) => ({
      why: `dtype ${code}`,
      type: wordHex((code << 252n) + (1n << 248n) + 1n),
    })),
    { why: "the zero word", type: wordHex(0n) },
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

function canonicalFloats() {
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
  return named.map(([name, bits]) => ({ name, bits: bitsHex(bits), canonical: bitsHex(canonicalFloat32(bits)) }));
}

function tensorCommitments() {
  const patterned = (length, salt) =>
    Uint8Array.from({ length }, (_, place) => (place * 167 + (place >> 8) * 59 + salt) % 256);
  const zeroOrOne = (length) => Uint8Array.from({ length }, (_, place) => (place % 3 === 1 ? 1 : 0));
  const cases = [
    ["one zero byte", "uint8", [], new Uint8Array(1)],
    ["one byte 255", "uint8", [1], Uint8Array.of(255)],
    ["two zero bytes: the root of one, another hash", "uint8", [2], new Uint8Array(2)],
    ["one byte short of a leaf", "uint8", [1023], patterned(1023, 1)],
    ["a full leaf", "uint8", [1024], patterned(1024, 2)],
    ["one byte in the second leaf", "uint8", [1025], patterned(1025, 3)],
    ["float32 scalar minus zero, as given", "float32", [], Uint8Array.of(0x80, 0, 0, 0)],
    ["float32 NaN with a payload, as given", "float32", [1], Uint8Array.of(0xff, 0xc1, 0x23, 0x45)],
    ["float32 one", "float32", [1, 1], Uint8Array.of(0x3f, 0x80, 0, 0)],
    ["float32 of a leaf and a half", "float32", [2, 192], patterned(1536, 4)],
    ["int8", "int8", [3], Uint8Array.of(0x80, 0xff, 0x7f)],
    ["int32", "int32", [2], Uint8Array.of(0x80, 0, 0, 0, 0x12, 0x34, 0x56, 0x78)],
    ["int64", "int64", [1], Uint8Array.of(0x80, 1, 2, 3, 4, 5, 6, 7)],
    ["int64 over two leaves", "int64", [129], patterned(1032, 5)],
    ["bool", "bool", [5], Uint8Array.of(0, 1, 1, 0, 1)],
    ["bool over two leaves", "bool", [2, 3, 200], zeroOrOne(1200)],
    ["int8 with the bytes of bool", "int8", [5], Uint8Array.of(0, 1, 1, 0, 1)],
    ...[2, 3, 4, 5, 7, 8, 9].map((leaves) => [
      `${leaves} full leaves`,
      "float32",
      [leaves, 256],
      patterned(leaves * 1024, leaves),
    ]),
    ["9 leaves, the last of one byte", "uint8", [8193], patterned(8193, 6)],
    ["5 leaves of zeros", "uint8", [5000], new Uint8Array(5000)],
  ];
  return cases.map(([name, dataType, shape, data]) => {
    const count = elementCount(shape);
    if (Number(count) * DATA_TYPES[dataType].width !== data.length) throw new Error(`${name}: ${data.length} bytes`);
    const root = treeRoot(data);
    return {
      name,
      dtype: DATA_TYPES[dataType].code,
      shape,
      type: wordHex(packType(dataType, shape)),
      count: Number(count),
      leaves: Math.max(1, Math.ceil(data.length / 1024)),
      treeRoot: root,
      tensorHash: tensorHash(dataType, count, root),
      data: hexlify(data),
    };
  });
}

function fixedPoints() {
  const next = randomWords(0x0f0e0d0c);
  const many = (length, make) => Array.from({ length }, make);
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
    bits: bitsHex(float32FromFixed(fixed, decimals)),
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
    return { bits: bitsHex(bits), decimals, ...outcome };
  });
  return { toFloat32, toFixed };
}

const oneLineEach = (list) => "[\n" + list.map((vector) => "    " + JSON.stringify(vector)).join(",\n") + "\n  ]";

function render(vectors) {
  const sections = Array.isArray(vectors) ? { vectors } : vectors;
  const body = Object.entries(sections).map(([name, list]) => `  ${JSON.stringify(name)}: ${oneLineEach(list)}`);
  return "{\n" + body.join(",\n") + "\n}\n";
}

/** Every vector file's name and text. */
export function vectorFiles() {
  return {
    "tensor-types.json": render(tensorTypes()),
    "float32-canonical.json": render(canonicalFloats()),
    "tensor-commitments.json": render(tensorCommitments()),
    "fixed-point.json": render(fixedPoints()),
  };
}

/** The names of the files that are not there or have another text. */
export function staleFiles() {
  return Object.entries(vectorFiles())
    .filter(([name, text]) => readIfThere(new URL(name, import.meta.url)) !== text)
    .map(([name]) => name);
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === "--check") {
    const stale = staleFiles();
    for (const name of stale)
      console.error(`canon/vectors/${name} is not what generate.js writes: run it and look at the difference`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    for (const [name, text] of Object.entries(vectorFiles())) writeFileSync(new URL(name, import.meta.url), text);
  }
}
