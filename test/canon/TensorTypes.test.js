import { expect } from "chai";
import { network } from "hardhat";
import { vectors } from "./vectors.js";

const { ethers } = await network.getOrCreate();

describe("TensorTypes", () => {
  const { valid, invalid, unpackable } = vectors("tensor-types.json");
  let harness;

  before(async () => {
    harness = await ethers.deployContract("CanonHarness");
  });

  it(`packs and reads ${valid.length} golden types`, async () => {
    for (const { dtype, shape, type, count, byteLength } of valid) {
      expect(await harness.pack(dtype, shape)).to.equal(BigInt(type));
      expect(await harness.isValid(type)).to.equal(true, type);
      const described = await harness.describe(type);
      expect(described.dtype).to.equal(dtype);
      expect(described.shape).to.deep.equal(shape.map(BigInt));
      expect(described.count).to.equal(count);
      expect(described.byteLength).to.equal(byteLength);
    }
  });

  for (const { why, type } of invalid) {
    it(`calls a word with ${why} invalid`, async () => {
      expect(await harness.isValid(type)).to.equal(false);
    });
  }

  for (const { error, dtype, shape } of unpackable) {
    it(`refuses to pack dtype ${dtype} with shape [${shape}]: ${error}`, async () => {
      await expect(harness.pack(dtype, shape)).to.be.revertedWithCustomError(harness, error);
    });
  }

  it("names what it refuses", async () => {
    await expect(harness.pack(4, [1]))
      .to.be.revertedWithCustomError(harness, "UnknownDtype")
      .withArgs(4);
    await expect(harness.pack(1, [5, 0]))
      .to.be.revertedWithCustomError(harness, "InvalidDimension")
      .withArgs(1, 0);
    await expect(harness.pack(1, Array(9).fill(1)))
      .to.be.revertedWithCustomError(harness, "RankTooHigh")
      .withArgs(9);
  });

  it("has no dimension beyond the eighth", async () => {
    const type = await harness.pack(1, [2, 2, 2, 2, 2, 2, 2, 3]);
    expect(await harness.dimension(type, 7)).to.equal(3);
    expect(await harness.dimension(type, 8)).to.equal(0);
    expect(await harness.dimension(type, 1000)).to.equal(0);
  });

  it("tells types apart by dtype and shape", async () => {
    const type = await harness.pack(1, [2, 3]);
    expect(await harness.equals(type, await harness.pack(1, [2, 3]))).to.equal(true);
    expect(await harness.equals(type, await harness.pack(1, [3, 2]))).to.equal(false);
    expect(await harness.equals(type, await harness.pack(6, [2, 3]))).to.equal(false);
  });
});
