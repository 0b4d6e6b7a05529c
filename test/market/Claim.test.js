import { expect } from "chai";
import { artifacts } from "hardhat";

import {
  OUTPUTS,
  MODEL_BOND,
  PRICE,
  ROYALTY,
  STAKE,
  State,
  claimed,
  competition,
  drawnFor,
  ethers,
  loadFixture,
  marketplace,
  mine,
  networkHelpers,
  offer,
  passPhase,
  requested,
  settings,
  time,
  totalOf,
  versionWith,
  wanted,
} from "../support/marketplace.js";
import { publish } from "../support/programs.js";
import { FLOAT32, INT64, UINT8, drawSeed, tensor, typeOf } from "../support/tensors.js";

const { declinePeriod, challengeWindow, outputLimit } = settings.market;
const HISTORY = "0x0000F90827F1C53a10cb7A02335B175320002935";

describe("InferenceMarket: draw, decline and claim", () => {
  let world, market, workers;

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(market, error)
      .withArgs(...values);

  describe("the draw", () => {
    beforeEach(async () => {
      world = await loadFixture(competition);
      ({ market, workers } = world);
    });

    const ALL = { maxFee: totalOf(3n * PRICE) };

    it("follows from the drawing block's hash, the job, the market and the chain", async () => {
      const { chainId } = await ethers.provider.getNetwork();
      const seen = new Set();
      // Block hashes are not ours to choose: 200 draws leave one of three out once in 10^34 runs.
      for (let i = 0; i < 200 && (i < 12 || seen.size < 3); i++) {
        const job = await requested(world, ALL);
        const { hash } = await ethers.provider.getBlock(Number((await market.jobOf(job)).drawBlock));
        const position = drawSeed(hash, job, market.target, chainId) % 3n;
        const expected = world.hotKeys[Number(position)];
        expect(await market.drawnWorkerOf(job)).to.equal(expected.address);
        seen.add(expected.address);
      }
      expect(seen.size).to.equal(3);
    });

    it("counts only offers within the fee", async () => {
      for (let i = 0; i < 6; i++) {
        const job = await requested(world);
        expect(await market.drawnWorkerOf(job)).to.equal(world.hotKeys[0].address);
      }
    });

    it("is not moved by anything after the request", async () => {
      const job = await requested(world, ALL);
      const drawn = await drawnFor(world, job);
      const [newcomer] = world.spare;
      await workers.connect(newcomer).register(newcomer);
      await workers.connect(world.stranger).stake(newcomer, STAKE);
      await workers.connect(newcomer).openOffer(newcomer, 1, 1n, STAKE);
      for (const worker of world.hotKeys) {
        await workers.connect(worker).reprice(worker, 1, STAKE, 0n);
        await workers.connect(worker).closeOffer(worker, 1);
      }
      expect(await market.drawnWorkerOf(job)).to.equal(drawn.address);
      await market.connect(drawn).claim(job, drawn, OUTPUTS, []);
      const price = PRICE * BigInt(world.hotKeys.indexOf(drawn) + 1);
      expect((await market.jobOf(job)).fee).to.equal(totalOf(price));
    });

    it("is not known before its block is mined", async () => {
      await market.connect(world.requester).request(wanted());
      const { drawBlock } = await market.jobOf(1);
      await refused(
        market.connect(world.hotKeys[0]).claim(1, world.hotKeys[0], OUTPUTS, []),
        "NotDrawnYet",
        1n,
        drawBlock,
      );
    });

    describe("of a block that the opcode has forgotten", () => {
      const LONG_AGO = 300;

      it("takes the hash from the history contract", async () => {
        const job = await requested(world, { ...ALL, claimPeriod: 300 });
        const drawn = await market.drawnWorkerOf(job);
        const { hash, number } = await ethers.provider.getBlock(Number((await market.jobOf(job)).drawBlock));
        const { deployedBytecode } = await artifacts.readArtifact("HistoryStandIn");
        await networkHelpers.setCode(HISTORY, deployedBytecode);
        const history = await ethers.getContractAt("HistoryStandIn", HISTORY);
        await history.remember(number, hash);
        await mine(LONG_AGO, { interval: 0 });
        expect(await market.drawnWorkerOf(job)).to.equal(drawn);
      });

      for (const [what, code] of Object.entries({
        "is not there": "0x",
        reverts: "0x5f5ffd",
        "answers too little": "0x60015f5260015ff3",
      })) {
        it(`is unavailable where the history contract ${what}`, async () => {
          const job = await requested(world, { claimPeriod: 300 });
          const { drawBlock } = await market.jobOf(job);
          await networkHelpers.setCode(HISTORY, code);
          await mine(LONG_AGO, { interval: 0 });
          const [worker] = world.hotKeys;
          await refused(market.drawnWorkerOf(job), "DrawHashUnavailable", job, drawBlock);
          await refused(market.connect(worker).claim(job, worker, OUTPUTS, []), "DrawHashUnavailable", job, drawBlock);
        });
      }

      it("is unavailable once the registry may have forgotten the offers", async () => {
        const job = await requested(world);
        const { drawBlock, requestedAt } = await market.jobOf(job);
        await time.increaseTo(requestedAt + BigInt(settings.workers.cooldown));
        await refused(market.drawnWorkerOf(job), "DrawHashUnavailable", job, drawBlock);
      });
    });
  });

  describe("decline", () => {
    let job, drawn;

    beforeEach(async () => {
      world = await loadFixture(competition);
      ({ market, workers } = world);
      job = await requested(world);
      drawn = await drawnFor(world, job);
    });

    it("opens the job to all others, free of charge", async () => {
      await expect(market.connect(drawn).decline(job, drawn))
        .to.emit(market, "JobDeclined")
        .withArgs(job, drawn.address);
      const kept = await market.jobOf(job);
      expect(kept.state).to.equal(State.Open);
      expect(await workers.freeStakeOf(drawn)).to.equal(STAKE);
      await refused(market.connect(drawn).lease(job, drawn), "AlreadyTried", job, drawn.address);
      await refused(market.connect(drawn).decline(job, drawn), "WrongState", job, State.Open);
      await refused(market.connect(drawn).claim(job, drawn, OUTPUTS, []), "WrongState", job, State.Open);
    });

    it("is the drawn worker's and its delegates'", async () => {
      const [, other] = world.hotKeys;
      await refused(market.connect(other).decline(job, drawn), "NotWorker", drawn.address, other.address);
      await refused(market.connect(other).decline(job, other), "NotAssigned", job, other.address, drawn.address);
      await workers.connect(world.coldKeys[0]).setDelegate(drawn, world.delegate, true);
      await market.connect(world.delegate).decline(job, drawn);
    });

    it("is early", async () => {
      const { requestedAt } = await market.jobOf(job);
      const deadline = requestedAt + BigInt(declinePeriod);
      await time.increaseTo(deadline);
      await refused(market.connect(drawn).decline(job, drawn), "TooLate", job, deadline);
    });
  });

  describe("claim", () => {
    let job, worker;

    beforeEach(async () => {
      world = await loadFixture(marketplace);
      ({ market, workers } = world);
      job = await requested(world, { maxFee: totalOf(PRICE) + 7n });
      worker = await drawnFor(world, job);
    });

    const claim = (outputs = OUTPUTS) => market.connect(worker).claim(job, worker, outputs, []);

    it("keeps the answer, locks the bond, returns the surplus and starts the window", async () => {
      const transaction = claim();
      await transaction;
      const windowEnd = BigInt(await time.latest()) + BigInt(challengeWindow);
      await expect(transaction).to.emit(market, "JobClaimed").withArgs(job, worker.address, totalOf(PRICE), windowEnd);
      const kept = await market.jobOf(job);
      expect(kept.state).to.equal(State.Claimed);
      expect(kept.worker).to.equal(worker.address);
      expect(kept.fee).to.equal(totalOf(PRICE));
      expect(kept.phaseEnd).to.equal(windowEnd);
      expect((await workers.workerOf(worker)).locked).to.equal(MODEL_BOND);
      expect(await market.balanceOf(world.requester)).to.equal(7n);
      const { state, outputs } = await market.resultOf(job);
      expect(state).to.equal(State.Claimed);
      expect(outputs).to.deep.equal(OUTPUTS.map(({ kind, data }) => [kind, data]));
    });

    it("has no outputs before", async () => {
      expect(await market.resultOf(job)).to.deep.equal([State.Requested, []]);
    });

    it("can be a delegate's", async () => {
      const delegated = market.connect(world.delegate);
      await refused(delegated.claim(job, worker, OUTPUTS, []), "NotWorker", worker.address, world.delegate.address);
      await workers.connect(world.coldKeys[0]).setDelegate(worker, world.delegate, true);
      await delegated.claim(job, worker, OUTPUTS, []);
      expect((await market.jobOf(job)).worker).to.equal(worker.address);
    });

    it("by another worker is refused", async () => {
      const [, other] = world.hotKeys;
      await refused(
        market.connect(other).claim(job, other, OUTPUTS, []),
        "NotAssigned",
        job,
        other.address,
        worker.address,
      );
    });

    it("after the deadline is refused", async () => {
      await passPhase(world, job);
      await refused(claim(), "TooLate", job, (await market.jobOf(job)).phaseEnd);
    });

    it("twice is refused", async () => {
      await claim();
      await refused(claim(), "WrongState", job, State.Claimed);
    });

    it("without the free stake for the bond is refused", async () => {
      await workers.connect(worker).startUnbonding(worker, STAKE - settings.workers.minimumStake);
      await market.connect(world.requester).request(wanted({ bond: STAKE }));
      const large = await market.jobCount();
      await mine(1);
      await expect(market.connect(worker).claim(large, worker, OUTPUTS, []))
        .to.be.revertedWithCustomError(workers, "InsufficientFreeStake")
        .withArgs(worker.address, settings.workers.minimumStake, STAKE);
    });

    it("with outputs of another number, type or length is refused", async () => {
      const [{ kind, data }] = OUTPUTS;
      await refused(claim([]), "WrongOutputCount", 0n, 1n);
      await refused(claim([...OUTPUTS, ...OUTPUTS]), "WrongOutputCount", 2n, 1n);
      for (const output of [
        { kind: typeOf(UINT8, 4), data },
        { kind: typeOf(FLOAT32, 1, 1), data },
        tensor(FLOAT32, [2]),
      ]) {
        await refused(claim([output]), "WrongOutputType", 0n, output.kind, kind);
      }
      await refused(claim([{ kind, data: `${data}00` }]), "WrongOutputLength", 0n, 5n, 4n);
      await refused(claim([{ kind, data: "0x" }]), "WrongOutputLength", 0n, 0n, 4n);
    });
  });

  describe("the fee of a claim", () => {
    it("is exact for every price and royalty", async () => {
      world = await loadFixture(marketplace);
      ({ market, workers } = world);
      const { models, owner, hotKeys } = world;
      const [worker] = hotKeys;
      const prices = [0n, 1n, 39n, 40n, 41n, 9_999n, 10_000n, PRICE + 39n];
      let version = 1;
      for (const price of prices) {
        await publish(models.connect(owner), versionWith([typeOf(FLOAT32, 1)], [typeOf(FLOAT32, 1)]));
        version++;
        await offer(world, 0, { version, price });
        const { job } = await claimed(world, { version, maxFee: totalOf(price) });
        expect((await market.jobOf(job)).fee).to.equal(totalOf(price));
        await passPhase(world, job);
        await expect(market.finalise(job))
          .to.emit(market, "JobFinalised")
          .withArgs(job, worker.address, price, ROYALTY, totalOf(price) - price - ROYALTY);
      }
    });
  });

  describe("answers of every length", () => {
    beforeEach(async () => {
      world = await loadFixture(marketplace);
      ({ market, workers } = world);
    });

    async function answered(outputs) {
      await publish(
        world.models.connect(world.owner),
        versionWith(
          [typeOf(FLOAT32, 1)],
          outputs.map(({ kind }) => kind),
        ),
      );
      const version = await world.models.versionCount();
      await offer(world, 0, { version });
      return claimed(world, { version }, outputs);
    }

    for (const [what, outputs] of Object.entries({
      "1 byte": [tensor(UINT8, [1])],
      "12 bytes in two tensors": [tensor(INT64, [], 0xf0), tensor(FLOAT32, [1])],
      "13 bytes in three tensors": [tensor(INT64, [1]), tensor(UINT8, []), tensor(FLOAT32, [1, 1])],
      "40 bytes": [tensor(FLOAT32, [10], 0x80)],
      "1 KiB and 1 byte": [tensor(FLOAT32, [16, 16]), tensor(UINT8, [1])],
      "the most there may be": [tensor(UINT8, [outputLimit])],
    })) {
      it(`come back: ${what}`, async () => {
        const { job } = await answered(outputs);
        const result = await market.resultOf(job);
        expect(result.outputs).to.deep.equal(outputs.map(({ kind, data }) => [kind, data]));
      });
    }

    it("over the cap are refused at the request", async () => {
      await expect(answered([tensor(UINT8, [outputLimit + 1])]))
        .to.be.revertedWithCustomError(market, "OutputTooLarge")
        .withArgs(outputLimit + 1, outputLimit);
    });
  });
});
