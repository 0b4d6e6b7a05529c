// Commitments and openings: sections 11 and 12. Hashes are hexadecimal strings, data bytes.

import { concat, keccak256, toBeHex } from "ethers";
import { SPEC_VERSION } from "./program.js";

const LEAF_LENGTH = 1024;
const MISSING = keccak256("0x03");

const word = (value) => toBeHex(value, 32);

/** Of so many bytes. */
export const leafCount = (length) => Math.max(1, Math.ceil(length / LEAF_LENGTH));

export const treeDepth = (leaves) => Math.ceil(Math.log2(leaves));

export const innerNode = (left, right) => keccak256(concat(["0x01", left, right]));

export const leafHashes = (data) =>
  Array.from({ length: leafCount(data.length) }, (_, place) => {
    const leaf = new Uint8Array(LEAF_LENGTH);
    leaf.set(data.subarray(place * LEAF_LENGTH, (place + 1) * LEAF_LENGTH));
    return keccak256(concat(["0x00", leaf]));
  });

/** Every level of the tree over some hashes, from the leaves up, missing places spelt out. */
export function treeLevels(hashes) {
  let places = 1;
  while (places < hashes.length) places *= 2;
  const levels = [Array.from({ length: places }, (_, place) => hashes[place] ?? MISSING)];
  while (levels.at(-1).length > 1) {
    const level = levels.at(-1);
    levels.push(level.filter((_, place) => place % 2 === 0).map((left, pair) => innerNode(left, level[2 * pair + 1])));
  }
  return levels;
}

const rootOfHashes = (hashes) => treeLevels(hashes).at(-1)[0];

export const treeRoot = (data) => rootOfHashes(leafHashes(data));

/** The root is known of a weight: what lies beyond its last element counts, too. */
export const tensorHash = ({ type, count, data, root = treeRoot(data) }) =>
  keccak256(concat(["0x04", word(type === undefined ? 0 : type.code), word(count), root]));

export const nodeHash = (descriptor) => keccak256(concat(["0x05", descriptor]));

export const programHash = ({ descriptors, outputs }) =>
  keccak256(
    concat([
      "0x06",
      word(SPEC_VERSION),
      word(descriptors.length),
      rootOfHashes(descriptors.map(nodeHash)),
      ...outputs.map(word),
    ]),
  );

export const traceHash = ({ chainId, court, job }, program, tensorHashes) =>
  keccak256(concat(["0x07", word(chainId), word(court), word(job), program, rootOfHashes(tensorHashes)]));

/** The siblings in the opening of some ascending places. */
export function siblingsOf(levels, places) {
  const siblings = [];
  let held = places;
  for (const level of levels.slice(0, -1)) {
    const partners = held.map((place) => (place % 2 === 0 ? place + 1 : place - 1));
    siblings.push(...partners.filter((place) => !held.includes(place)).map((place) => level[place]));
    held = [...new Set(held.map((place) => Math.floor(place / 2)))];
  }
  return siblings;
}

/** Whether the hashes stand at the places of the tree of this depth and root, by the siblings alone. */
export function opens({ depth, places, hashes, siblings, root }) {
  const areAscending = places.every((place, index) => index === 0 || places[index - 1] < place);
  if (places.length === 0 || !areAscending || places.some((place) => place < 0 || place >= 2 ** depth)) return false;
  const unused = [...siblings];
  let level = places.map((place, index) => ({ place, hash: hashes[index] }));
  for (let height = 0; height < depth; height++) {
    const held = new Map(level.map(({ place, hash }) => [place, hash]));
    const parents = [];
    for (const { place, hash } of level) {
      const isRight = place % 2 === 1;
      if (isRight && held.has(place - 1)) continue;
      const partner = (isRight ? undefined : held.get(place + 1)) ?? unused.shift();
      if (partner === undefined) return false;
      parents.push({
        place: Math.floor(place / 2),
        hash: isRight ? innerNode(partner, hash) : innerNode(hash, partner),
      });
    }
    level = parents;
  }
  return unused.length === 0 && level[0].hash === root;
}
