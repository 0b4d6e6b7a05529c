// Openings of trees, and what only looks like one.

import { innerNode, leafHashes, opens, siblingsOf, treeLevels } from "../reference/commitments.js";
import { many } from "./random.js";

const hashesOf = (count) => leafHashes(Uint8Array.from({ length: 1024 * count }, (_, place) => (place >> 10) + 1));

/** An opening of these places of a tree over so many hashes, as it should be. */
function openingOf(count, places) {
  const levels = treeLevels(hashesOf(count));
  return {
    depth: levels.length - 1,
    places,
    hashes: places.map((place) => levels[0][place]),
    siblings: siblingsOf(levels, places),
    root: levels.at(-1)[0],
  };
}

const range = (first, last) => many(last - first + 1, (_, step) => first + step);

export function openingCases() {
  return [...trueCases(), ...falseCases()].map(([why, opening, shouldOpen]) => {
    if (opens(opening) !== shouldOpen) throw new Error(why);
    return { why, ...opening, opens: shouldOpen };
  });
}

function trueCases() {
  const sizes = [1, 2, 3, 4, 5, 8, 9, 16, 33];
  const singles = sizes.flatMap((count) =>
    [...new Set([0, Math.floor(count / 2), count - 1])].map((place) => [
      `place ${place} of ${count}`,
      openingOf(count, [place]),
    ]),
  );
  const wholes = sizes.map((count) => [`all of ${count}`, openingOf(count, range(0, count - 1))]);
  const ranges = [
    [8, 1, 2],
    [8, 2, 3],
    [8, 3, 4],
    [8, 1, 6],
    [9, 7, 8],
    [33, 5, 17],
    [33, 30, 32],
    [33, 15, 16],
  ].map(([count, first, last]) => [`places ${first} to ${last} of ${count}`, openingOf(count, range(first, last))]);
  const sets = [
    [4, [0, 3]],
    [8, [0, 2, 4, 6]],
    [8, [1, 3, 5, 7]],
    [8, [0, 1, 6, 7]],
    [8, [0, 3, 4, 7]],
    [9, [0, 8]],
    [33, [0, 1, 2, 9, 20, 21, 31, 32]],
    [33, [3, 4, 11, 12, 28]],
  ].map(([count, places]) => [`places ${places.join(", ")} of ${count}`, openingOf(count, places)]);
  const missing = [
    [3, [3]],
    [5, [5]],
    [5, [4, 5, 6, 7]],
    [5, [6, 7]],
    [9, [8, 15]],
    [5, range(0, 7)],
    [33, [32, 33, 63]],
  ].map(([count, places]) => [`missing places among ${places.join(", ")} of ${count}`, openingOf(count, places)]);
  const levels = treeLevels(hashesOf(8));
  const innerNodes = { depth: 2, places: [1], hashes: [levels[1][1]], siblings: [levels[1][0], levels[2][1]] };
  return [
    ...singles,
    ...wholes,
    ...ranges,
    ...sets,
    ...missing,
    ["an inner node, as a leaf of the tree above it", { ...innerNodes, root: levels[3][0] }],
    ...[0, 2 ** 24 - 1, 0x555555].map((place) => [`place ${place} of a tree of depth 24`, deepOpening(place)]),
  ].map(([why, opening]) => [why, opening, true]);
}

/** One place of a tree that is only known along the way. */
function deepOpening(place) {
  const siblings = hashesOf(24);
  const hash = hashesOf(25)[24];
  const root = siblings.reduce((below, sibling, level) => {
    const isRight = Math.floor(place / 2 ** level) % 2 === 1;
    return isRight ? innerNode(sibling, below) : innerNode(below, sibling);
  }, hash);
  return { depth: 24, places: [place], hashes: [hash], siblings, root };
}

function falseCases() {
  const single = openingOf(5, [2]);
  const pair = openingOf(8, [2, 3]);
  const set = openingOf(8, [1, 4, 6]);
  const one = openingOf(1, [0]);
  const other = hashesOf(40)[39];
  const swapped = ([a, b, ...rest]) => [b, a, ...rest];
  const wrongAt = (list, place) => list.with(place, other);
  return [
    ["another root", { ...single, root: other }],
    ["another root of depth 0", { ...one, root: other }],
    ["another hash", { ...single, hashes: [other] }],
    ["another hash of depth 0", { ...one, hashes: [other] }],
    ...many(3, (_, place) => [`another sibling ${place}`, { ...single, siblings: wrongAt(single.siblings, place) }]),
    ...many(3, (_, place) => [`another hash ${place} of three`, { ...set, hashes: wrongAt(set.hashes, place) }]),
    ["the siblings in another order", { ...single, siblings: swapped(single.siblings) }],
    ["the siblings of a set in another order", { ...set, siblings: swapped(set.siblings) }],
    ["the hashes in another order", { ...pair, hashes: swapped(pair.hashes) }],
    ["the last sibling missing", { ...single, siblings: single.siblings.slice(0, -1) }],
    ["the first sibling missing", { ...single, siblings: single.siblings.slice(1) }],
    ["no siblings", { ...single, siblings: [] }],
    ["a sibling too many", { ...single, siblings: [...single.siblings, other] }],
    ["a sibling too many in front", { ...single, siblings: [other, ...single.siblings] }],
    ["a sibling where both are held", { ...pair, siblings: [pair.hashes[1], ...pair.siblings] }],
    ["a sibling too many of depth 0", { ...one, siblings: [other] }],
    ["a sibling too many of the whole tree", { ...openingOf(4, range(0, 3)), siblings: [other] }],
    ["another place", { ...single, places: [3] }],
    ["another pair of places", { ...pair, places: [4, 5] }],
    ["places that are no pair", { ...pair, places: [1, 2] }],
    ["a place beyond the tree", { ...single, places: [2 + 8] }],
    ["a place beyond the tree of depth 0", { ...one, places: [1] }],
    ["the last of the places beyond the tree", { ...set, places: [1, 4, 8 + 6] }],
    ["places that descend", { ...pair, places: [3, 2], hashes: swapped(pair.hashes) }],
    ["places that do not ascend", { ...set, places: [4, 1, 6], hashes: swapped(set.hashes) }],
    ["a place twice", { ...single, places: [2, 2], hashes: [single.hashes[0], single.hashes[0]] }],
    ["a place twice in the whole tree", { ...openingOf(2, [0, 1]), places: [1, 1] }],
    ["no places", { ...single, places: [], hashes: [] }],
    ["nothing at all", { ...single, places: [], hashes: [], siblings: [] }],
    ["no places and the root as sibling", { ...single, places: [], hashes: [], siblings: [single.root] }],
    ["a smaller depth", { ...single, depth: single.depth - 1 }],
    ["a greater depth", { ...single, depth: single.depth + 1 }],
    ["depth 0 of a greater tree", { ...single, depth: 0, places: [0], siblings: [] }],
    ["the missing hash where there is a leaf", { ...single, hashes: openingOf(5, [7]).hashes }],
    ["a leaf where it is missing", { ...openingOf(5, [6]), hashes: [other] }],
    ["places 16,777,216 apart", { ...deepOpening(5), places: [5 + 2 ** 24] }],
  ].map(([why, opening]) => [why, opening, false]);
}
