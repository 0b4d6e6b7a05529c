// Leaves that stand in a tree of any depth: the siblings are drawn, and the root follows from them.
import { keccak256 } from "ethers";

import { many, randomBetween } from "../../../canon/vectors/cases/random.js";

export const LEAF_LENGTH = 1024;

const hashOf = (tag, ...parts) => {
  const preimage = new Uint8Array(1 + parts.reduce((length, part) => length + part.length, 0));
  preimage[0] = tag;
  let place = 1;
  for (const part of parts) {
    preimage.set(part, place);
    place += part.length;
  }
  return bytesOf(keccak256(preimage));
};

/** The bytes of hexadecimal digits behind 0x. */
export const bytesOf = (hex) => new Uint8Array(Buffer.from(hex.slice(2), "hex"));

const randomHash = (next) => Uint8Array.from(many(32, () => next() % 256));

/**
 * An opening of leaves, of 1,024 bytes each, and the root that it opens: {places, leaves, siblings, root}.
 * Places that follow one another at the end are mostly left to be understood.
 */
export function openingOf(next, depth, places, leaves) {
  const siblings = [];
  let held = places.map((place, number) => ({ place, hash: hashOf(0, leaves[number]) }));
  for (let level = 0; level < depth; level++) {
    const parents = [];
    for (let number = 0; number < held.length; number++) {
      const { place, hash } = held[number];
      const isPair = place % 2 === 0 && held[number + 1]?.place === place + 1;
      const partner = isPair ? held[++number].hash : randomHash(next);
      if (!isPair) siblings.push(partner);
      parents.push({
        place: Math.floor(place / 2),
        hash: place % 2 === 0 ? hashOf(1, hash, partner) : hashOf(1, partner, hash),
      });
    }
    held = parents;
  }
  return {
    places: next() % 4 === 0 ? places : shortened(places),
    leaves: joined(leaves),
    siblings,
    root: held[0].hash,
  };
}

/** Some ascending places of a tree of that depth: one, neighbours, or scattered ones. */
export function randomPlaces(next, depth, most) {
  const size = 2 ** depth;
  const wanted = Math.min(randomBetween(next, 1, most), size);
  const first = next() % (size - wanted + 1);
  if (next() % 3 !== 0) return many(wanted, (_, number) => first + number);
  const spread = next() % 2 === 0 ? Math.min(size, 2 * most) : size;
  const begin = next() % (size - spread + 1);
  return [...new Set(many(wanted, () => begin + (next() % spread)))].sort((one, other) => one - other);
}

function shortened(places) {
  let kept = places.length;
  while (kept > 1 && places[kept - 2] + 1 === places[kept - 1]) kept--;
  return places.slice(0, kept);
}

function joined(leaves) {
  const bytes = new Uint8Array(leaves.length * LEAF_LENGTH);
  leaves.forEach((leaf, number) => bytes.set(leaf, number * LEAF_LENGTH));
  return bytes;
}

/** The depth of a tree over so many bytes. */
export const depthOf = (bytes) => Math.ceil(Math.log2(Math.max(1, Math.ceil(bytes / LEAF_LENGTH))));

/** A number as a word of 32 bytes; a negative one in two's complement. */
export function wordOf(number) {
  const word = new Uint8Array(32);
  const view = new DataView(word.buffer);
  if (typeof number === "number" && number >= 0) {
    view.setUint32(24, number / 2 ** 32);
    view.setUint32(28, number % 2 ** 32);
    return word;
  }
  let left = BigInt.asUintN(256, BigInt(number));
  for (let place = 24; left !== 0n; place -= 8, left >>= 64n) view.setBigUint64(place, BigInt.asUintN(64, left));
  return word;
}
