import { getBytes } from "ethers";

/** The float32 numbers in big-endian bytes, as short as they can be written. */
export function numbers(data) {
  const bytes = getBytes(data);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => shortest(view.getFloat32(4 * index)));
}

function shortest(value) {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
