// Data of every dtype, their tree roots and tensor hashes.

import { hexOfBytes } from "../reference/bytes.js";
import { treeRoot, tensorHash } from "../reference/commitments.js";
import { BOOL, FLOAT32, INT32, INT64, INT8, UINT8, elementCount, packType } from "../reference/dataTypes.js";
import { hexOfWord } from "./text.js";

export function tensorCommitments() {
  const patterned = (length, salt) =>
    Uint8Array.from({ length }, (_, place) => (place * 167 + (place >> 8) * 59 + salt) % 256);
  const zeroOrOne = (length) => Uint8Array.from({ length }, (_, place) => (place % 3 === 1 ? 1 : 0));
  const cases = [
    ["one zero byte", UINT8, [], new Uint8Array(1)],
    ["one byte 255", UINT8, [1], Uint8Array.of(255)],
    ["two zero bytes: the root of one, another hash", UINT8, [2], new Uint8Array(2)],
    ["one byte short of a leaf", UINT8, [1023], patterned(1023, 1)],
    ["a full leaf", UINT8, [1024], patterned(1024, 2)],
    ["one byte in the second leaf", UINT8, [1025], patterned(1025, 3)],
    ["float32 scalar minus zero, as given", FLOAT32, [], Uint8Array.of(0x80, 0, 0, 0)],
    ["float32 NaN with a payload, as given", FLOAT32, [1], Uint8Array.of(0xff, 0xc1, 0x23, 0x45)],
    ["float32 one", FLOAT32, [1, 1], Uint8Array.of(0x3f, 0x80, 0, 0)],
    ["float32 of a leaf and a half", FLOAT32, [2, 192], patterned(1536, 4)],
    ["int8", INT8, [3], Uint8Array.of(0x80, 0xff, 0x7f)],
    ["int32", INT32, [2], Uint8Array.of(0x80, 0, 0, 0, 0x12, 0x34, 0x56, 0x78)],
    ["int64", INT64, [1], Uint8Array.of(0x80, 1, 2, 3, 4, 5, 6, 7)],
    ["int64 over two leaves", INT64, [129], patterned(1032, 5)],
    ["bool", BOOL, [5], Uint8Array.of(0, 1, 1, 0, 1)],
    ["bool over two leaves", BOOL, [2, 3, 200], zeroOrOne(1200)],
    ["int8 with the bytes of bool", INT8, [5], Uint8Array.of(0, 1, 1, 0, 1)],
    ...[2, 3, 4, 5, 7, 8, 9].map((leaves) => [
      `${leaves} full leaves`,
      FLOAT32,
      [leaves, 256],
      patterned(leaves * 1024, leaves),
    ]),
    ["9 leaves, the last of one byte", UINT8, [8193], patterned(8193, 6)],
    ["5 leaves of zeros", UINT8, [5000], new Uint8Array(5000)],
  ];
  return cases.map(([name, dataType, shape, data]) => {
    const count = elementCount(shape);
    if (Number(count) * dataType.width !== data.length) throw new Error(`${name}: ${data.length} bytes`);
    return {
      name,
      dtype: dataType.code,
      shape,
      type: hexOfWord(packType(dataType, shape)),
      count: Number(count),
      leaves: Math.max(1, Math.ceil(data.length / 1024)),
      treeRoot: treeRoot(data),
      tensorHash: tensorHash({ type: dataType, count, data }),
      data: hexOfBytes(data),
    };
  });
}
