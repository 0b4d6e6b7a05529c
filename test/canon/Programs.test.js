import { expect } from "chai";
import { network } from "hardhat";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { nodeHash, treeLevels } from "../../canon/vectors/reference/commitments.js";
import { SPEC_VERSION, readProgramFile } from "../../canon/vectors/reference/program.js";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

describe("Programs", () => {
  const { programs } = vectors("programs.json");
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  it(`commits to ${programs.length} golden programs`, async () => {
    for (const { name, file, program } of programs) {
      const { descriptors, outputs } = readProgramFile(bytesOfHex(file));
      const nodesRoot = treeLevels(descriptors.map(nodeHash)).at(-1)[0];
      expect(await harness.programHash(SPEC_VERSION, descriptors.length, nodesRoot, outputs), name).to.equal(program);
    }
  });

  it("commits to every node of the first of them, and to no bytes", async () => {
    const { descriptors } = readProgramFile(bytesOfHex(programs[0].file));
    for (const descriptor of [...descriptors, new Uint8Array(0)]) {
      expect(await harness.nodeHash(descriptor)).to.equal(nodeHash(descriptor));
    }
  });
});
