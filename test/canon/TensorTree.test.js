import { expect } from "chai";
import { network } from "hardhat";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

const SEED = 0x7ee;

describe("TensorTree", () => {
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  for (const { name, type, data, treeRoot, tensorHash } of vectors("tensor-commitments.json").vectors) {
    it(`commits to ${name}`, async () => {
      expect(await harness.rootOf(data)).to.equal(treeRoot);
      expect(await harness.rootOfMemory(data)).to.equal(treeRoot);
      expect(await harness.hashOf({ kind: type, data })).to.equal(tensorHash);
    });
  }

  it("gives no data the root of one leaf of zeros", async () => {
    expect(await harness.rootOf("0x")).to.equal(treeRoot(new Uint8Array(1024)));
    expect(await harness.rootOfMemory("0x")).to.equal(treeRoot(new Uint8Array(1024)));
  });

  it(`agrees with the third implementation at every number of leaves up to 40 (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    for (let leaves = 1; leaves <= 40; leaves++) {
      const data = Uint8Array.from({ length: leaves * 1024 - (next() % 1024) }, () => next());
      expect(await harness.rootOf(data)).to.equal(treeRoot(data), `${data.length} bytes`);
    }
  });

  // Measured without the calldata's own cost; the last one is an ImageNet picture as float32.
  for (const [bytes, most] of [
    [4, 2_000],
    [1_024, 2_100],
    [8_192, 9_000],
    [602_112, 450_000],
  ]) {
    it(`hashes ${bytes} bytes for at most ${most} gas`, async () => {
      expect(await harness.gasOfRoot(new Uint8Array(bytes))).to.be.at.most(most);
    });
  }
});
