import { expect } from "chai";
import { FLOAT32, INT32, packType } from "../../canon/vectors/reference/dataTypes.js";
import {
  FUNDS,
  MAX_FEE,
  bytesOfFloat32,
  deployMarket,
  ethers,
  networkHelpers,
  requestIn,
  rowOf,
  subscriptionTo,
} from "./consumer.js";
import { behavesLikeInferenceClient } from "./clientBehaviour.js";

const WINDOW = 4;
const RULE = { lowest: 500, highest: 10_000, perVolatility: 100_000 };
const percent = (number) => BigInt(number) * 10n ** 16n;

async function filledFee() {
  const { owner, stranger, market } = await deployMarket();
  const consumer = await ethers.deployContract("VolatilityFee", [await subscriptionTo(market, owner), WINDOW, RULE]);
  await market.transfer(consumer, FUNDS);
  for (const value of [1, -2, 3, -4]) await consumer.recordReturn(percent(value));
  return { owner, stranger, market, consumer };
}

async function askedFee() {
  const deployed = await filledFee();
  await deployed.consumer.requestVolatility(MAX_FEE);
  return deployed;
}

describe("VolatilityFee", () => {
  behavesLikeInferenceClient(filledFee, "VolatilityFee", [WINDOW, RULE], (consumer) =>
    consumer.requestVolatility(MAX_FEE),
  );

  describe("returns", () => {
    it("keeps the last ones, oldest first", async () => {
      const { consumer } = await networkHelpers.loadFixture(filledFee);
      expect(await consumer.recordedReturns()).to.deep.equal([1, -2, 3, -4].map(percent));
      await expect(consumer.recordReturn(percent(5)))
        .to.emit(consumer, "ReturnRecorded")
        .withArgs(percent(5));
      expect(await consumer.recordedReturns()).to.deep.equal([-2, 3, -4, 5].map(percent));
      for (const value of [6, 7, 8, 9]) await consumer.recordReturn(percent(value));
      expect(await consumer.recordedReturns()).to.deep.equal([6, 7, 8, 9].map(percent));
    });

    it("takes them from its owner alone", async () => {
      const { consumer, stranger } = await networkHelpers.loadFixture(filledFee);
      await expect(consumer.connect(stranger).recordReturn(1))
        .to.be.revertedWithCustomError(consumer, "NotOwner")
        .withArgs(stranger);
    });

    it("does not ask before the window is full", async () => {
      const { owner, market } = await networkHelpers.loadFixture(deployMarket);
      const consumer = await ethers.deployContract("VolatilityFee", [
        await subscriptionTo(market, owner),
        WINDOW,
        RULE,
      ]);
      await consumer.recordReturn(1);
      await expect(consumer.requestVolatility(MAX_FEE))
        .to.be.revertedWithCustomError(consumer, "WindowNotFull")
        .withArgs(1, WINDOW);
      await expect(consumer.recordedReturns()).to.be.revertedWithCustomError(consumer, "WindowNotFull");
    });

    it("sends them as float32 [1, window]", async () => {
      const { consumer, market } = await networkHelpers.loadFixture(filledFee);
      const transaction = await consumer.requestVolatility(MAX_FEE);
      await expect(transaction).to.emit(consumer, "VolatilityRequested").withArgs(1);
      const { wanted } = await requestIn(transaction, market);
      expect(wanted.inputs.length).to.equal(1);
      expect(wanted.inputs[0].kind).to.equal(packType(FLOAT32, [1, WINDOW]));
      expect(wanted.inputs[0].data).to.equal(rowOf(0.01, -0.02, 0.03, -0.04).data);
      expect(await consumer.pendingJob()).to.equal(1);
    });
  });

  describe("answers", () => {
    const answers = [
      ["a fee within the bounds", 0.0625, 6_250],
      ["the lowest fee for a calm market", 0.001, 500],
      ["the highest fee for a wild market", 0.5, 10_000],
      ["the lowest fee for a volatility of zero", 0, 500],
      ["the lowest fee for a negative volatility", -1, 500],
      ["the highest fee for the greatest float32", 3.4028234663852886e38, 10_000],
      ["the lowest fee for the least float32", -3.4028234663852886e38, 500],
    ];
    for (const [what, volatility, fee] of answers) {
      it(`sets ${what}`, async () => {
        const { consumer, market } = await networkHelpers.loadFixture(askedFee);
        await expect(market.answer(consumer, 1, [rowOf(volatility)])).to.emit(consumer, "FeeSet");
        expect(await consumer.fee()).to.equal(fee);
        expect(await consumer.pendingJob()).to.equal(0);
        expect(await consumer.lastOutput()).to.equal(ethers.hexlify(bytesOfFloat32(volatility)));
      });
    }

    it("starts with the highest fee and no output", async () => {
      const { consumer } = await networkHelpers.loadFixture(filledFee);
      expect(await consumer.fee()).to.equal(RULE.highest);
      expect(await consumer.lastOutput()).to.equal("0x");
    });

    it("tells the volatility with 18 decimals", async () => {
      const { consumer, market } = await networkHelpers.loadFixture(askedFee);
      await expect(market.answer(consumer, 1, [rowOf(0.0625)]))
        .to.emit(consumer, "FeeSet")
        .withArgs(1, 625n * 10n ** 14n, 6_250);
    });

    for (const [what, error, volatility] of [
      ["a NaN", "NotANumber", NaN],
      ["an infinity", "FixedPointOverflow", Infinity],
    ]) {
      it(`keeps the fee when the answer is ${what}`, async () => {
        const { consumer, market } = await networkHelpers.loadFixture(askedFee);
        await expect(market.answer(consumer, 1, [rowOf(volatility)])).to.be.revertedWithCustomError(consumer, error);
        expect(await consumer.fee()).to.equal(RULE.highest);
        expect(await consumer.lastOutput()).to.equal("0x");
      });
    }

    it("ignores the answer to a request that a newer one superseded", async () => {
      const { consumer, market } = await networkHelpers.loadFixture(askedFee);
      await consumer.requestVolatility(MAX_FEE);
      await expect(market.answer(consumer, 1, [rowOf(0.0625)]))
        .to.emit(consumer, "StaleAnswerIgnored")
        .withArgs(1);
      expect(await consumer.fee()).to.equal(RULE.highest);
      await market.answer(consumer, 2, [rowOf(0.03125)]);
      expect(await consumer.fee()).to.equal(3_125);
    });

    it("ignores a second answer and one to a job that it never asked for", async () => {
      const { consumer, market } = await networkHelpers.loadFixture(askedFee);
      await market.answer(consumer, 1, [rowOf(0.0625)]);
      await expect(market.answer(consumer, 1, [rowOf(0.03)])).to.emit(consumer, "StaleAnswerIgnored");
      await expect(market.answer(consumer, 99, [rowOf(0.03)])).to.emit(consumer, "StaleAnswerIgnored");
      expect(await consumer.fee()).to.equal(6_250);
    });

    it("refuses an answer of another type", async () => {
      const { consumer, market } = await networkHelpers.loadFixture(askedFee);
      const integers = { kind: packType(INT32, [1, 1]), data: "0x00000001" };
      await expect(market.answer(consumer, 1, [integers]))
        .to.be.revertedWithCustomError(consumer, "WrongDtype")
        .withArgs(6, 1);
    });
  });

  describe("rule", () => {
    for (const [what, window, rule] of [
      ["an empty window", 0, RULE],
      ["a lowest fee above the highest", WINDOW, { ...RULE, lowest: RULE.highest + 1 }],
      ["a fee above the whole amount", WINDOW, { ...RULE, highest: 1_000_001 }],
    ]) {
      it(`can't have ${what}`, async () => {
        const { owner, market } = await networkHelpers.loadFixture(deployMarket);
        const factory = await ethers.getContractFactory("VolatilityFee");
        await expect(factory.deploy(await subscriptionTo(market, owner), window, rule)).to.be.revertedWithCustomError(
          factory,
          "InvalidRule",
        );
      });
    }
  });
});
