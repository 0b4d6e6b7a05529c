// Elements and the bytes of tensors: section 2. An element is held as its value: a float32 as its 32 canonical bits
// (a Number), an integer as a BigInt, a bool as a boolean. So two elements are the same if they are ===.

import { bytesOfNumber, joined, numberOfBytes } from "./bytes.js";
import { BOOL, FLOAT32, wrapped } from "./dataTypes.js";
import { canonicalFloat32 } from "./float32.js";

/** The element of these bytes, made canonical. */
export function readElement(type, bytes) {
  const bits = numberOfBytes(bytes);
  if (type === FLOAT32) return canonicalFloat32(Number(bits));
  if (type === BOOL) return bits !== 0n;
  return wrapped(type, bits);
}

export const writeElement = (type, element) => bytesOfNumber(element, type.width);

/** 0, or false. */
export const zeroOf = (type) => readElement(type, new Uint8Array(type.width));

export const readElements = (type, data) =>
  Array.from({ length: data.length / type.width }, (_, number) =>
    readElement(type, data.subarray(number * type.width, (number + 1) * type.width)),
  );

export const writeElements = (type, elements) => joined(elements.map((element) => writeElement(type, element)));
