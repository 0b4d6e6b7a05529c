import { expect } from "chai";
import { network } from "hardhat";
import { randomFixed, randomFloat32, randomTie, randomWords } from "../../canon/vectors/cases/random.js";
import { fixedFromFloat32, float32FromFixed } from "../../canon/vectors/reference/fixedPoint.js";
import { vectors } from "../canon/vectors.js";

const { ethers } = await network.getOrCreate();

const SEED = 0xf1f0;
const BATCH = 1_000;

describe("FixedPoint", () => {
  const { toFloat32, toFixed } = vectors("fixed-point.json");
  let harness;

  before(async () => {
    harness = await ethers.deployContract("TensorsHarness");
  });

  it(`gives the golden float32 of ${toFloat32.length} fixed-point numbers`, async () => {
    for (const { fixed, decimals, bits } of toFloat32) {
      expect(await harness.toFloat32(fixed, decimals)).to.equal(BigInt(bits), `${fixed} with ${decimals} decimals`);
    }
  });

  it(`gives the golden fixed-point number, or error, of ${toFixed.length} float32 numbers`, async () => {
    for (const { bits, decimals, fixed, error } of toFixed) {
      const call = harness.fromFloat32(bits, decimals);
      if (error === undefined) expect(await call).to.equal(BigInt(fixed), `${bits} with ${decimals} decimals`);
      else await expect(call).to.be.revertedWithCustomError(harness, error);
    }
  });

  it("refuses more than 77 decimals", async () => {
    await expect(harness.toFloat32(1, 78)).to.be.revertedWithCustomError(harness, "TooManyDecimals").withArgs(78);
    await expect(harness.fromFloat32(0x3f800000, 255))
      .to.be.revertedWithCustomError(harness, "TooManyDecimals")
      .withArgs(255);
  });

  it("names the number that it can't convert", async () => {
    await expect(harness.fromFloat32(0xffc00001, 18))
      .to.be.revertedWithCustomError(harness, "NotANumber")
      .withArgs(0xffc00001);
    await expect(harness.fromFloat32(0x7f800000, 18))
      .to.be.revertedWithCustomError(harness, "FixedPointOverflow")
      .withArgs(0x7f800000, 18);
  });

  it(`rounds 70,000 random numbers and 30,000 ties to float32 as exact integers do (seed ${SEED})`, async () => {
    const next = randomWords(SEED);
    for (let batch = 0; batch < 100; batch++) {
      const cases = Array.from({ length: BATCH }, () =>
        batch < 70 ? { fixed: randomFixed(next), decimals: next() % 78 } : randomTie(next),
      );
      const answers = await harness.toFloat32Many(
        cases.map(({ fixed }) => fixed),
        cases.map(({ decimals }) => decimals),
      );
      cases.forEach(({ fixed, decimals }, index) => {
        const expected = BigInt(float32FromFixed(fixed, decimals));
        if (answers[index] !== expected) expect.fail(`${fixed} with ${decimals}: ${answers[index]}, not ${expected}`);
      });
    }
  }).timeout(300_000);

  it(`rounds 100,000 random float32 numbers to fixed point as exact integers do (seed ${SEED + 1})`, async () => {
    const next = randomWords(SEED + 1);
    for (let batch = 0; batch < 100; batch++) {
      const cases = [];
      while (cases.length < BATCH) {
        const bits = randomFloat32(next);
        const decimals = next() % 78;
        const fixed = fixedFromFloat32(bits, decimals);
        if (typeof fixed === "bigint") cases.push({ bits, decimals, fixed });
      }
      const answers = await harness.fromFloat32Many(
        cases.map(({ bits }) => bits),
        cases.map(({ decimals }) => decimals),
      );
      cases.forEach(({ bits, decimals, fixed }, index) => {
        if (answers[index] !== fixed) expect.fail(`${bits} with ${decimals}: ${answers[index]}, not ${fixed}`);
      });
    }
  }).timeout(300_000);
});
