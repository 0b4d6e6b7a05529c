import { hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { leafCount, leafHashes, siblingsOf, treeDepth, treeLevels } from "../../canon/vectors/reference/commitments.js";

export const LEAF_LENGTH = 1024;
/** Places that follow one another at the end go without saying, all but the first. */
const withoutFollowers = (places) => {
  let kept = places.length;
  while (kept > 1 && places[kept - 2] + 1 === places[kept - 1]) kept--;
  return places.slice(0, kept);
};

export const UNOPENED = { places: [], leaves: "0x", siblings: [] };

export const MEANING = { VOID: 0n, GIVEN: 1n, COMPUTED: 2n };

/** A fixture: the canon's contracts, and what asks them. */
export async function deployCanon({ ethers }) {
  const functions = await ethers.deployContract("CanonFunctions");
  const expressions = await ethers.deployContract("CanonExpressions", [functions]);
  const canon = await ethers.deployContract("Canon", [expressions]);
  const steps = await ethers.deployContract("StepsHarness", [canon]);
  return { functions, expressions, canon, steps };
}

/** A tensor of which leaves can be opened. `data` may go on behind its last element, as a weight's does. */
export class Openable {
  constructor({ dtype, count, data }) {
    this.dtype = dtype;
    this.count = count;
    this.data = data;
    this.levels = treeLevels(leafHashes(data));
  }

  get root() {
    return this.levels.at(-1)[0];
  }

  get leafCount() {
    return leafCount(this.data.length);
  }

  /** Depth of the tree. */
  get depth() {
    return treeDepth(this.leafCount);
  }

  leaf(place) {
    const leaf = new Uint8Array(LEAF_LENGTH);
    leaf.set(this.data.subarray(place * LEAF_LENGTH, (place + 1) * LEAF_LENGTH));
    return leaf;
  }

  /** The operand with these of its leaves opened. */
  opened(places) {
    const { dtype, count, root } = this;
    return { dtype, count, root, opened: places.length === 0 ? UNOPENED : this.openingOf(places) };
  }

  openingOf(places) {
    const leaves = new Uint8Array(places.length * LEAF_LENGTH);
    places.forEach((place, number) => leaves.set(this.leaf(place), number * LEAF_LENGTH));
    return { places: withoutFollowers(places), leaves: hexOfBytes(leaves), siblings: siblingsOf(this.levels, places) };
  }

  openedWhole() {
    return this.opened(Array.from({ length: this.leafCount }, (_, place) => place));
  }
}

export const stepOf = (descriptor, position, operands, { element = 0, accumulator = "0x" } = {}) => ({
  descriptor,
  position,
  element,
  operands,
  accumulator,
});
