// Operands whose openings are as long as they can be.

import { hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { innerNode, leafCount, leafHashes, treeDepth } from "../../canon/vectors/reference/commitments.js";
import { LEAF_LENGTH } from "../support/canon.js";

const COUNT = 2 ** 31 - 1;

/**
 * An operand of a tensor as great as there is: so many of its first leaves opened, of these data, and beside them what
 * hashes happen to be drawn.
 */
export function deepOpening(type, data, next) {
  const depth = treeDepth(leafCount(COUNT * type.width));
  const places = Array.from({ length: data.length / LEAF_LENGTH }, (_, place) => place);
  const siblings = [];
  let hashes = leafHashes(data);
  for (let level = 0; level < depth; level++) {
    if (hashes.length % 2 === 1) {
      siblings.push(drawnHash(next));
      hashes.push(siblings.at(-1));
    }
    hashes = Array.from({ length: hashes.length / 2 }, (_, pair) => innerNode(hashes[2 * pair], hashes[2 * pair + 1]));
  }
  const opened = { places, leaves: hexOfBytes(data), siblings };
  return { dtype: type.code, count: COUNT, root: hashes[0], opened };
}

/** Without a byte of zero, which would cost less in calldata. */
const drawnHash = (next) => hexOfBytes(Uint8Array.from({ length: 32 }, () => 1 + (next() % 255)));
