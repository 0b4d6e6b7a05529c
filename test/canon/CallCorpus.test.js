import { readFileSync } from "node:fs";

import { expect } from "chai";
import { network } from "hardhat";

import { readLine } from "../../scripts/lib/differential/corpusLines.js";
import { deployCanon } from "../support/canon.js";

const { ethers, networkHelpers } = await network.getOrCreate();

const lines = readFileSync(new URL("../../canon/vectors/calls.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const BATCH = 20;

describe("Canon in the calls of the corpus", () => {
  it(`does what is written of ${lines.length} calls`, async () => {
    const { canon } = await networkHelpers.loadFixture(deployCanon);
    const batch = await ethers.deployContract("CallBatch");
    const entries = lines.map(readLine);
    for (let from = 0; from < entries.length; from += BATCH) {
      const some = entries.slice(from, from + BATCH);
      const outcomes = await batch.ask(
        canon,
        some.map(({ bytes }) => bytes),
      );
      some.forEach(({ answer }, number) => {
        const { returned, data } = outcomes[number];
        expect({ returned, data }, lines[from + number]).to.deep.equal(answer);
      });
    }
  });
});
