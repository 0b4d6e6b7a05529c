// Files that a seed and a size say completely, as SeededFiles.java makes them.
const PIECE = 1 << 20;

const seededBytes = (seed, from, to) =>
  Uint8Array.from(
    { length: to - from },
    (_, at) => seed + from + at + 7 * Math.floor((from + at) / 256) + 13 * Math.floor((from + at) / 65536),
  );

/** The file in pieces of a mebibyte. */
export async function* seededContent(seed, size) {
  for (let from = 0; from < size; from += PIECE) yield seededBytes(seed, from, Math.min(size, from + PIECE));
}

/** The whole file. */
export const seededFile = (seed, size) => seededBytes(seed, 0, size);
