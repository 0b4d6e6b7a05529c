import { DATA_TYPES, FLOAT32 } from "../../../canon/vectors/reference/dataTypes.js";
import {
  randomFloat32,
  randomInteger,
  randomOfExponents,
  randomOfFewBits,
} from "../../../canon/vectors/cases/random.js";

export const typeNamed = (name) => DATA_TYPES.find((type) => type.name === name);

/** An element of the reference as the harness takes it: its bytes as an unsigned number. */
export function wordOf(type, element) {
  if (type === FLOAT32) return BigInt(element);
  return BigInt.asUintN(8 * type.width, BigInt(element));
}

export const hexOfBits = (bits) => Number(bits).toString(16).padStart(8, "0");

/** Float32 one behind the other. */
export const packed = (list) => `0x${list.map(hexOfBits).join("")}`;
export const unpacked = (data) => (data.match(/[0-9a-f]{8}/g) ?? []).map((digits) => Number.parseInt(digits, 16));

/** Drawn so that sums cancel, products underflow and results come out half-way often enough. */
export function drawElement(next, type) {
  if (type.name === "bool") return next() % 2 === 1;
  if (type !== FLOAT32) return randomInteger(next, type);
  return [
    () => randomFloat32(next),
    () => randomOfExponents(next, 110, 140),
    () => randomOfFewBits(next, 120, 135),
    () => randomOfExponents(next, 0, 3),
    () => [0, 0x7f800000, 0xff800000, 0x7fc00000, 0x3f800000, 0x7f7fffff, 1, 0x807fffff][next() % 8],
  ][next() % 5]();
}
