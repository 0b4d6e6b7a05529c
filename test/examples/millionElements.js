// A final answer of a million elements, claimed by root and CID, and the contract that reads ten of them.
import { treeLevels, leafHashes, siblingsOf } from "../../canon/vectors/reference/commitments.js";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { claimed, ethers, marketplace, offer, passPhase, versionWith } from "../support/marketplace.js";
import { LEAF_LENGTH, deployCanon } from "../support/canon.js";
import { publish } from "../support/programs.js";
import { FLOAT32, UINT8, typeOf } from "../support/tensors.js";

export const COUNT = 1_000_000;
export const ELEMENTS_OF_LEAF = LEAF_LENGTH / 4;
/** Where -0 and two NaNs stand, which are read in canonical form. */
export const STRANGE = 500_000;

const CID = `0x01551220${"ab".repeat(32)}`;

const bits = new Uint32Array(COUNT);
const next = randomWords(0x3e6);
for (let place = 0; place < COUNT; place++) bits[place] = 0x3f000000 + (next() % 2 ** 23);
bits.set([0x80000000, 0xffc12345, 0x7f800001], STRANGE);

const data = new Uint8Array(4 * COUNT);
const view = new DataView(data.buffer);
bits.forEach((element, place) => view.setUint32(4 * place, element));
const levels = treeLevels(leafHashes(data));

const canonical = (element) =>
  element === 0x80000000 ? 0 : (element & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : element;

/** Ten elements as they have to be read. */
export const tenFrom = (first) => Array.from(bits.subarray(first, first + 10), (element) => BigInt(canonical(element)));

/** What shows the leaves from one on, as many as are asked for. */
export function shown(leaf, count) {
  const places = Array.from({ length: count }, (_, place) => leaf + place);
  const leaves = new Uint8Array(count * LEAF_LENGTH);
  leaves.set(data.subarray(leaf * LEAF_LENGTH, (leaf + count) * LEAF_LENGTH));
  return { leaves, siblings: siblingsOf(levels, places) };
}

/** The leaves in which ten elements lie. */
export function shownFor(first) {
  const leaf = Math.floor(first / ELEMENTS_OF_LEAF);
  return shown(leaf, Math.floor((first + 9) / ELEMENTS_OF_LEAF) - leaf + 1);
}

/** A claimed answer; output 1 is one of bytes. */
export async function claimedMillion() {
  const world = await marketplace();
  const kinds = [typeOf(FLOAT32, 1_000, 1_000), typeOf(UINT8, 64), typeOf(FLOAT32, 9)];
  await publish(world.models.connect(world.owner), versionWith([typeOf(FLOAT32, 1)], kinds));
  await offer(world, 0, { version: 2 });
  const roots = [levels.at(-1)[0], ethers.id("bytes"), ethers.id("nine")];
  const outputs = kinds.map((kind, output) => ({ kind, data: roots[output] }));
  const { canon } = await deployCanon({ ethers });
  const excerpt = await ethers.deployContract("Excerpt", [world.market, canon]);
  const { job } = await claimed(world, { version: 2, outputsByReference: true }, outputs, [CID, CID, CID]);
  return { ...world, job, canon, excerpt };
}

/** The same, finalised. */
export async function finalMillion() {
  const world = await claimedMillion();
  await passPhase(world, world.job);
  await world.market.finalise(world.job);
  return world;
}
