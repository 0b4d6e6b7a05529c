import { expect } from "chai";
import { ZeroHash } from "ethers";
import { network } from "hardhat";
import { randomBetween, randomWords } from "../../canon/vectors/cases/random.js";
import { opens, siblingsOf, treeDepth, treeLevels } from "../../canon/vectors/reference/commitments.js";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

const SEED = 0x0be4;

describe("HashTree", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  const isOpening = async ({ depth, places, hashes, siblings, root }) => {
    const [is, computed] = await harness.rootOfOpening(depth, places, hashes, siblings);
    if (!is) expect(computed).to.equal(ZeroHash);
    return is && computed === root;
  };

  for (const { why, opens: expected, ...opening } of vectors("openings.json").openings) {
    it(`${expected ? "opens" : "does not open"} ${why}`, async () => {
      expect(await isOpening(opening)).to.equal(expected);
    });
  }

  it("refuses depths beyond 31 and lists that do not agree", async () => {
    const hash = ethers.id("leaf");
    const tall = Array(32).fill(hash);
    expect((await harness.rootOfOpening(31, [2 ** 31 - 1], [hash], tall.slice(1))).opens).to.equal(true);
    expect((await harness.rootOfOpening(32, [0], [hash], tall)).opens).to.equal(false);
    expect((await harness.rootOfOpening(2n ** 256n - 1n, [0], [hash], [])).opens).to.equal(false);
    expect((await harness.rootOfOpening(1, [0, 1], [hash], [])).opens).to.equal(false);
    expect((await harness.rootOfOpening(1, [0], [hash, hash], [hash])).opens).to.equal(false);
    expect((await harness.rootOfOpening(31, [2n ** 256n - 1n], [hash], tall.slice(1))).opens).to.equal(false);
  });

  it("knows the depth of every number of leaves up to 65", async () => {
    for (let leaves = 1; leaves <= 65; leaves++) {
      expect(await harness.depthOf(leaves)).to.equal(BigInt(treeDepth(leaves)), `${leaves} leaves`);
    }
    expect(await harness.depthOf(65_536)).to.equal(16n);
    expect(await harness.depthOf(65_537)).to.equal(17n);
  });

  it(`agrees with the third implementation on random openings, sound and damaged (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    const outcomes = { true: 0, false: 0 };
    for (let round = 0; round < 400; round++) {
      const opening = randomOpening(next);
      if (next() % 2 === 0) damage(next, opening);
      const expected = opens(opening);
      outcomes[expected]++;
      expect(await isOpening(opening)).to.equal(expected, JSON.stringify(opening));
    }
    expect(outcomes.true).to.be.above(100);
    expect(outcomes.false).to.be.above(100);
  });
});

function randomOpening(next) {
  const count = randomBetween(next, 1, 40);
  const levels = treeLevels(Array.from({ length: count }, (_, leaf) => ethers.id(`${leaf}`)));
  const density = randomBetween(next, 1, 8);
  const chosen = [...levels[0].keys()].filter(() => next() % density === 0);
  const places = chosen.length === 0 ? [next() % count] : chosen;
  return {
    depth: levels.length - 1,
    places,
    hashes: places.map((place) => levels[0][place]),
    siblings: siblingsOf(levels, places),
    root: levels.at(-1)[0],
  };
}

/** Changes one thing; the opening may stay sound. */
function damage(next, opening) {
  const { places, hashes, siblings } = opening;
  const which = next() % places.length;
  const changes = [
    () => (places[which] = next() % 64),
    () => (hashes[which] = ethers.id(`${next()}`)),
    () => siblings.splice(next() % (siblings.length + 1), 1),
    () => siblings.splice(next() % (siblings.length + 1), 0, ethers.id(`${next()}`)),
    () => (opening.depth += next() % 2 === 0 ? 1 : -1),
    () => places.reverse(),
  ];
  changes[next() % changes.length]();
  if (opening.depth < 0) opening.depth = 1;
}
