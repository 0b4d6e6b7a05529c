import { AbiCoder, concat, dataLength, hexlify, keccak256, toBeHex } from "ethers";

export const FLOAT32 = 1;
export const UINT8 = 2;
export const INT64 = 7;
export const BOOL = 9;

const WIDTHS = { 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1 };

/** A tensor type's word. */
export function typeOf(dtype, ...shape) {
  const dimensions = shape.reduce((word, size, axis) => word | (BigInt(size) << BigInt(31 * axis)), 0n);
  return (BigInt(dtype) << 252n) | (BigInt(shape.length) << 248n) | dimensions;
}

/** The dtype code of a type's word. */
export const dtypeOf = (kind) => BigInt(kind) >> 252n;

/** The number of elements of a type's word. */
export function countOf(kind) {
  const rank = Number((BigInt(kind) >> 248n) & 0xfn);
  const sizes = Array.from({ length: rank }, (_, axis) => Number((BigInt(kind) >> BigInt(31 * axis)) & 0x7fffffffn));
  return sizes.reduce((count, size) => count * size, 1);
}

/** A tensor of a type whose bytes count up from `first`. */
export function tensor(dtype, shape, first = 1) {
  const length = shape.reduce((count, size) => count * size, WIDTHS[dtype]);
  return { kind: typeOf(dtype, ...shape), data: hexlify(Uint8Array.from({ length }, (_, i) => first + i)) };
}

/** The inputs' commitment of a request. What is not given by its tree root has at most 1,024 bytes: one leaf. */
export function commitment(inputs) {
  const hashes = inputs.map(({ kind, data, root = leafOf(data) }) => {
    const dtype = dtypeOf(kind);
    return keccak256(concat(["0x04", toBeHex(dtype, 32), toBeHex(countOf(kind), 32), root]));
  });
  return keccak256(concat(hashes));
}

const leafOf = (data) => keccak256(concat(["0x00", data, new Uint8Array(1024 - dataLength(data))]));

/** The seed by which a job's worker is drawn. */
export function drawSeed(blockHash, job, market, chainId) {
  const words = AbiCoder.defaultAbiCoder().encode(
    ["bytes32", "uint64", "address", "uint256"],
    [blockHash, job, market, chainId],
  );
  return BigInt(keccak256(words));
}
