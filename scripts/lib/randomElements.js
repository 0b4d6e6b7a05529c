import { uniform } from "./uniform.js";

/**
 * Seeded elements: the same on every machine.
 *
 * @param tensor type and shape, as `opg model inspect` names them
 * @param range lowest and highest element; without it floats are about normal and integers any byte
 */
export function randomElements({ type, shape }, range, seed) {
  const count = shape.reduce((product, size) => product * size, 1);
  const next = uniform(seed);
  return Array.from({ length: count }, () => (type === "float32" ? real(next, range) : integer(next, range)));
}

/** Evenly from a range, or the sum of twelve even numbers: about normal, and no function that machines round differently. */
function real(next, range) {
  if (range) return range[0] + next() * (range[1] - range[0]);
  let sum = -6;
  for (let term = 0; term < 12; term++) sum += next();
  return sum;
}

const integer = (next, [low, high] = [0, 255]) => low + Math.floor(next() * (high - low + 1));
