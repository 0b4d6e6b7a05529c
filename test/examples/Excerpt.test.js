import { expect } from "chai";

import { State, loadFixture } from "../support/marketplace.js";
import {
  COUNT,
  ELEMENTS_OF_LEAF,
  STRANGE,
  claimedMillion,
  finalMillion,
  shown,
  shownFor,
  tenFrom,
} from "./millionElements.js";

describe("Excerpt", () => {
  let excerpt, canon, job;

  before(async () => {
    ({ excerpt, canon, job } = await loadFixture(finalMillion));
  });

  const read = (first, { leaves, siblings } = shownFor(first), output = 0) =>
    excerpt.read(job, output, first, leaves, siblings);
  const refuses = (reading, error, ...values) =>
    expect(reading)
      .to.be.revertedWithCustomError(excerpt, error)
      .withArgs(...values);
  const refusesAsOther = (reading) => expect(reading).to.be.revertedWithCustomError(excerpt, "NotTheOutput");

  for (const [what, first] of [
    ["the first ones", 0],
    ["the last of the first leaf", ELEMENTS_OF_LEAF - 10],
    ["some in the middle, -0 and NaNs among them, in canonical form", STRANGE - 3],
    ["some that go on in the next leaf", ELEMENTS_OF_LEAF - 4],
    ["some that go on in the next leaf, which is under another half of the tree", 2_048 * ELEMENTS_OF_LEAF - 1],
    ["the last ones, in a leaf that is not full", COUNT - 10],
  ]) {
    it(`reads ten of a million elements: ${what}`, async () => {
      expect(await read(first)).to.deep.equal(tenFrom(first));
    });
  }

  it("refuses a leaf that is not the output's", async () => {
    const { leaves, siblings } = shownFor(77);
    for (const place of [0, 500, 1_023]) {
      const other = Uint8Array.from(leaves);
      other[place] ^= 1;
      await refusesAsOther(read(77, { leaves: other, siblings }));
    }
  });

  it("refuses the output's leaves for another place", async () => {
    await refusesAsOther(read(77, shown(1, 1)));
    await refusesAsOther(read(77 + ELEMENTS_OF_LEAF, shown(0, 1)));
    await refusesAsOther(read(77, { leaves: shown(0, 1).leaves, siblings: shown(1, 1).siblings }));
  });

  it("refuses too few siblings, and too many", async () => {
    const { leaves, siblings } = shownFor(77);
    for (const others of [siblings.slice(1), siblings.slice(0, -1), [], [...siblings, siblings[0]]]) {
      await expect(read(77, { leaves, siblings: others })).to.be.revertedWithCustomError(canon, "NoOpening");
    }
  });

  it("refuses too few leaves, and too many", async () => {
    await refuses(read(ELEMENTS_OF_LEAF - 4, shown(0, 1)), "WrongLeaves", 1_024, 2_048);
    await refuses(read(77, shown(0, 2)), "WrongLeaves", 2_048, 1_024);
    await refuses(read(77, { leaves: shown(0, 1).leaves.subarray(1), siblings: [] }), "WrongLeaves", 1_023, 1_024);
  });

  it("refuses elements that there are not", async () => {
    await refuses(read(COUNT - 9, shownFor(COUNT - 10)), "OutOfRange", COUNT - 9, COUNT);
    await refuses(read(2n ** 256n - 1n, shown(0, 1)), "OutOfRange", 2n ** 256n - 1n, COUNT);
    await refuses(read(0, shown(0, 1), 2), "OutOfRange", 0, 9);
  });

  it("refuses outputs that there are not, and those of bytes", async () => {
    await refuses(read(0, shown(0, 1), 3), "NoFloats", job, 3);
    await refuses(read(0, shown(0, 1), 1), "NoFloats", job, 1);
  });

  it("refuses an answer that is not final", async () => {
    const world = await loadFixture(claimedMillion);
    const { leaves, siblings } = shown(0, 1);
    await expect(world.excerpt.read(world.job, 0, 0, leaves, siblings))
      .to.be.revertedWithCustomError(world.excerpt, "NotFinal")
      .withArgs(world.job, State.Claimed);
  });
});
