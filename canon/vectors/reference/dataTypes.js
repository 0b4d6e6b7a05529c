// The data types and the type word: section 2 of docs/canon.md.

export const FLOAT32 = { name: "float32", code: 1, width: 4 };
export const UINT8 = integerType("uint8", 2, 1, 0n);
export const INT8 = integerType("int8", 3, 1, -(2n ** 7n));
export const INT32 = integerType("int32", 6, 4, -(2n ** 31n));
export const INT64 = integerType("int64", 7, 8, -(2n ** 63n));
export const BOOL = { name: "bool", code: 9, width: 1 };

export const INTEGER_TYPES = [UINT8, INT8, INT32, INT64];
export const NUMERIC_TYPES = [FLOAT32, ...INTEGER_TYPES];
export const DATA_TYPES = [...NUMERIC_TYPES, BOOL];

function integerType(name, code, width, least) {
  return { name, code, width, least, greatest: least + 2n ** BigInt(8 * width) - 1n };
}

/** The value reduced modulo 2^width into an integer type's range. */
export function wrapped(type, value) {
  const modulus = 2n ** BigInt(8 * type.width);
  const rest = (value - type.least) % modulus;
  return type.least + (rest < 0n ? rest + modulus : rest);
}

export const elementCount = (shape) => shape.reduce((count, size) => count * BigInt(size), 1n);

/** The type word; only for valid types. */
export function packType(type, shape) {
  const dimensions = shape.reduce((word, size, axis) => word + BigInt(size) * 2n ** BigInt(31 * axis), 0n);
  return BigInt(type.code) * 2n ** 252n + BigInt(shape.length) * 2n ** 248n + dimensions;
}
