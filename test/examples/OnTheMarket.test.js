import { expect } from "chai";
import { FLOAT32, UINT8, packType } from "../../canon/vectors/reference/dataTypes.js";
import * as marketplace from "../support/marketplace.js";
import { bytesOfFloat32, rowOf } from "./consumer.js";

const { ethers, loadFixture, PRICE, ROYALTY, parseEther, settings, time, totalOf, versionWith } = marketplace;

// The examples need less than 60,000 and 80,000 for a first answer; the rest is margin.
const CALLBACK_GAS = 100_000;
const WINDOW = 32;
const FUNDS = parseEther("20");
const SURPLUS = parseEther("1");
const IMAGE_TYPE = packType(UINT8, [1, 1, 16, 16]);

/** The market with a volatility model (version 2) and a classifier (version 3), both undisputable, and their users. */
async function examples() {
  const world = await marketplace.marketplace();
  const { models, owner, requester, token, market } = world;
  const undisputable = (inputs, outputs) => {
    const content = versionWith(inputs, outputs);
    return { ...content, bindings: [{ ...content.bindings[0], programRoot: ethers.ZeroHash }] };
  };
  await models
    .connect(owner)
    .publish(1, undisputable([packType(FLOAT32, [1, WINDOW])], [packType(FLOAT32, [1, 1])]), []);
  await models.connect(owner).publish(1, undisputable([IMAGE_TYPE], [packType(FLOAT32, [1, 10])]), []);
  await marketplace.offer(world, 0, { version: 2 });
  await marketplace.offer(world, 0, { version: 3 });

  const subscription = {
    market: market.target,
    token: token.target,
    owner: requester.address,
    binding: 0,
    acceptUndisputable: true,
    callbackGas: CALLBACK_GAS,
    bond: 0,
  };
  const fee = await ethers.deployContract("VolatilityFee", [
    { ...subscription, version: 2 },
    WINDOW,
    { lowest: 500, highest: 10_000, perVolatility: 100_000 },
  ]);
  const labels = await ethers.deployContract("ImageLabels", [{ ...subscription, version: 3 }, IMAGE_TYPE]);
  for (const consumer of [fee, labels]) await token.connect(requester).transfer(consumer, FUNDS);
  for (let period = 1; period <= WINDOW; period++) {
    await fee.connect(requester).recordReturn((-1n) ** BigInt(period) * BigInt(period) * 10n ** 15n);
  }
  return { ...world, fee, labels };
}

/** Lets the worker answer the newest job and everyone wait for the end of its window. */
async function answer({ market, hotKeys: [worker] }, outputs) {
  const job = await market.jobCount();
  await marketplace.mine(1);
  await market.connect(worker).claim(job, worker, outputs, []);
  await time.increase(settings.market.challengeWindow);
  return market.finalise(job);
}

describe("Examples on the market", () => {
  it("let a volatility that a worker answered set the fee", async () => {
    const world = await loadFixture(examples);
    const { fee, market, requester } = world;
    await fee.connect(requester).requestVolatility(totalOf(PRICE));
    const finalised = await answer(world, [rowOf(0.0625)]);
    await expect(finalised)
      .to.emit(fee, "FeeSet")
      .withArgs(1, 625n * 10n ** 14n, 6_250);
    await expect(finalised).not.to.emit(market, "CallbackFailed");
    expect(await fee.lastOutput()).to.equal(ethers.hexlify(bytesOfFloat32(0.0625)));
  });

  it("label an image by the scores that a worker answered", async () => {
    const world = await loadFixture(examples);
    const { labels, market, requester } = world;
    const pixels = ethers.hexlify(new Uint8Array(256).fill(200));
    await labels.connect(requester).requestLabel(pixels, totalOf(PRICE));
    const scores = rowOf(0, 1, 2, 9, 4, 5, 6, 7, 8, 3);
    const finalised = await answer(world, [scores]);
    await expect(finalised)
      .to.emit(labels, "LabelSet")
      .withArgs(1, ethers.keccak256(pixels), 3, ethers.keccak256(scores.data));
    await expect(finalised).not.to.emit(market, "CallbackFailed");
  });

  it("keep the fee, while the worker is paid all the same, when the answer is no number", async () => {
    const world = await loadFixture(examples);
    const { fee, market, requester } = world;
    await fee.connect(requester).requestVolatility(totalOf(PRICE));
    const finalised = await answer(world, [rowOf(NaN)]);
    await expect(finalised).to.emit(market, "CallbackFailed");
    await expect(finalised)
      .to.emit(market, "JobFinalised")
      .withArgs(1, world.hotKeys[0], PRICE, ROYALTY, totalOf(PRICE) - PRICE - ROYALTY);
    expect(await fee.fee()).to.equal(10_000);
  });

  it("get back what they paid too much, and give it to their owner", async () => {
    const world = await loadFixture(examples);
    const { fee, market, requester, stranger, token } = world;
    await fee.connect(requester).requestVolatility(totalOf(PRICE) + SURPLUS);
    await answer(world, [rowOf(0.01)]);
    await market.connect(stranger).withdraw(fee);
    const left = FUNDS - totalOf(PRICE) - settings.market.requestFee;
    expect(await token.balanceOf(fee)).to.equal(left);
    await expect(fee.connect(requester).withdraw(requester, left)).to.changeTokenBalances(
      ethers,
      token,
      [fee, requester],
      [-left, left],
    );
  });
});
