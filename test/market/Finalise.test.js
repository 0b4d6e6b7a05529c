import { expect } from "chai";

import {
  OUTPUTS,
  PRICE,
  ROYALTY,
  STAKE,
  State,
  claimed,
  drawnFor,
  ethers,
  finalisable,
  loadFixture,
  marketplace,
  mine,
  offer,
  parseEther,
  passPhase,
  provider,
  settings,
  time,
  totalOf,
  versionWith,
  wanted,
} from "../support/marketplace.js";
import { publish } from "../support/programs.js";
import { FLOAT32, tensor, typeOf } from "../support/tensors.js";

const PROTOCOL_FEE = totalOf(PRICE) - PRICE - ROYALTY;

/** In HostileConsumer's order. */
const Behaviour = Object.freeze({
  Record: 0,
  Revert: 1,
  BurnAllGas: 2,
  ReturnMegabyte: 3,
  RevertWithMegabyte: 4,
  FinaliseAgain: 5,
  FinaliseMany: 6,
  RequestNext: 7,
});

describe("InferenceMarket: finalise, withdraw and callback", () => {
  let world, market, workers, token;

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(market, error)
      .withArgs(...values);

  beforeEach(async () => {
    world = await loadFixture(marketplace);
    ({ market, workers, token } = world);
  });

  describe("finalise", () => {
    it("pays worker, owner and protocol, and frees the bond", async () => {
      const { job, worker } = await finalisable(world);
      await expect(market.connect(world.stranger).finalise(job))
        .to.emit(market, "JobFinalised")
        .withArgs(job, worker.address, PRICE, ROYALTY, PROTOCOL_FEE);
      expect(await market.balanceOf(worker)).to.equal(PRICE);
      expect(await market.balanceOf(world.owner)).to.equal(ROYALTY);
      expect(await market.balanceOf(world.treasury)).to.equal(PROTOCOL_FEE);
      expect(await workers.freeStakeOf(worker)).to.equal(STAKE);
      const { state, outputs } = await market.resultOf(job);
      expect(state).to.equal(State.Finalised);
      expect(outputs).to.deep.equal(OUTPUTS.map(({ kind, data }) => [kind, data]));
    });

    it("is refused before the window's end", async () => {
      const { job } = await claimed(world);
      await refused(market.finalise(job), "TooEarly", job, (await market.jobOf(job)).phaseEnd);
    });

    it("is refused twice, and of an unclaimed job", async () => {
      const { job } = await finalisable(world);
      await market.finalise(job);
      await refused(market.finalise(job), "WrongState", job, State.Finalised);
      await market.connect(world.requester).request(wanted());
      await refused(market.finalise(job + 1n), "WrongState", job + 1n, State.Requested);
    });

    it("pays the royalty to the owner of the day", async () => {
      const { job } = await finalisable(world);
      await world.models.connect(world.owner).offerOwnership(1, world.stranger);
      await world.models.connect(world.stranger).acceptOwnership(1);
      await market.finalise(job);
      expect(await market.balanceOf(world.stranger)).to.equal(ROYALTY);
    });

    it("keeps to the parameters of the request", async () => {
      const { job } = await claimed(world);
      await passPhase(world, job);
      await asGovernor(world, { ...settings.market, protocolFeeBasisPoints: 0 });
      await market.finalise(job);
      expect(await market.balanceOf(world.treasury)).to.equal(PROTOCOL_FEE);
    });
  });

  describe("finaliseMany", () => {
    it("finalises what can be and skips the rest", async () => {
      const first = await claimed(world);
      const second = await finalisable(world);
      const early = await claimed(world);
      const jobs = [first.job, 0n, second.job, first.job, early.job, 77n];
      expect(await market.finaliseMany.staticCall(jobs)).to.equal(2n);
      await market.finaliseMany(jobs);
      expect((await market.jobOf(first.job)).state).to.equal(State.Finalised);
      expect((await market.jobOf(second.job)).state).to.equal(State.Finalised);
      expect((await market.jobOf(early.job)).state).to.equal(State.Claimed);
      expect(await market.balanceOf(first.worker)).to.equal(2n * PRICE);
      expect(await market.finaliseMany.staticCall([])).to.equal(0n);
    });
  });

  describe("withdraw", () => {
    it("sends a worker's balance to its cold address, by anyone's call", async () => {
      const { job, worker } = await finalisable(world);
      await market.finalise(job);
      const cold = world.coldKeys[world.hotKeys.indexOf(worker)];
      const transaction = market.connect(world.stranger).withdraw(worker);
      await expect(transaction).to.changeTokenBalances(ethers, token, [cold, market], [PRICE, -PRICE]);
      await expect(transaction).to.emit(market, "Withdrawn").withArgs(worker.address, cold.address, PRICE);
      await refused(market.withdraw(worker), "NothingToWithdraw", worker.address);
    });

    it("sends other balances to their accounts", async () => {
      const { job, worker } = await finalisable(world);
      await market.finalise(job);
      await market.withdraw(worker);
      await expect(market.withdraw(world.owner)).to.changeTokenBalance(ethers, token, world.owner, ROYALTY);
      await expect(market.withdraw(world.treasury)).to.changeTokenBalance(ethers, token, world.treasury, PROTOCOL_FEE);
      expect(await token.balanceOf(market)).to.equal(await market.requestFees());
    });
  });

  describe("callback", () => {
    async function consumerThat(behaviour) {
      const consumer = await ethers.deployContract("HostileConsumer", [market.target, token.target, behaviour]);
      await token.transfer(consumer, parseEther("100"));
      return consumer;
    }

    async function answeredTo(consumer, callbackGas, outputs = OUTPUTS, version = 1) {
      await consumer.request(wanted({ callbackGas, version }));
      const job = await market.jobCount();
      await mine(2);
      const worker = await drawnFor(world, job);
      await market.connect(worker).claim(job, worker, outputs, []);
      await passPhase(world, job);
      return { job, worker };
    }

    it("brings the answer, with exactly the gas that was named", async () => {
      const consumer = await consumerThat(Behaviour.Record);
      const { job } = await answeredTo(consumer, 200_000);
      await expect(market.finalise(job)).not.to.emit(market, "CallbackFailed");
      expect(await consumer.job()).to.equal(job);
      expect(await consumer.data()).to.equal(OUTPUTS[0].data);
      // Between the call and the consumer's first look at its gas lie the dispatch and the decoding.
      expect(await consumer.gasGiven()).to.be.within(196_000n, 200_000n);
      expect(await consumer.answers()).to.equal(1n);
    });

    it("brings a long answer whole", async () => {
      const outputs = [tensor(FLOAT32, [256], 3)];
      await publish(world.models.connect(world.owner), versionWith([typeOf(FLOAT32, 1)], [outputs[0].kind]));
      await offer(world, 0, { version: 2 });
      const consumer = await consumerThat(Behaviour.Record);
      const { job } = await answeredTo(consumer, 1_500_000, outputs, 2);
      await market.finalise(job);
      expect(await consumer.data()).to.equal(outputs[0].data);
    });

    const failing = {
      "that reverts": [Behaviour.Revert, 100_000],
      "that burns all its gas": [Behaviour.BurnAllGas, 100_000],
      "that reverts with a megabyte": [Behaviour.RevertWithMegabyte, 3_000_000],
      "that has too little gas": [Behaviour.Record, 1_000],
      "that finalises again": [Behaviour.FinaliseAgain, 200_000],
      "that finalises many": [Behaviour.FinaliseMany, 200_000],
    };
    for (const [what, [behaviour, gas]] of Object.entries(failing)) {
      it(`${what} costs nobody the payment`, async () => {
        const { job, worker } = await answeredTo(await consumerThat(behaviour), gas);
        await expect(market.finalise(job)).to.emit(market, "CallbackFailed");
        expect((await market.jobOf(job)).state).to.equal(State.Finalised);
        expect(await market.balanceOf(worker)).to.equal(PRICE);
        expect((await workers.workerOf(worker)).locked).to.equal(0n);
      });
    }

    async function reasonOf(behaviour, gas) {
      const { job } = await answeredTo(await consumerThat(behaviour), gas);
      const receipt = await (await market.finalise(job)).wait();
      const { args } = receipt.logs
        .map((log) => market.interface.parseLog(log))
        .find((event) => event?.name === "CallbackFailed");
      return { job, reason: args.reason };
    }

    it("tells why it failed, in at most 256 bytes", async () => {
      const consumer = await consumerThat(Behaviour.Record);
      const refusal = await reasonOf(Behaviour.Revert, 100_000);
      expect(refusal.reason).to.equal(consumer.interface.encodeErrorResult("Refused", [refusal.job]));
      const flood = await reasonOf(Behaviour.RevertWithMegabyte, 3_000_000);
      expect(ethers.dataLength(flood.reason)).to.equal(256);
      const again = await reasonOf(Behaviour.FinaliseAgain, 200_000);
      expect(again.reason).to.equal(market.interface.encodeErrorResult("FinalisationRunning"));
    });

    it("that returns a megabyte is not paid for by who finalises", async () => {
      const { job } = await answeredTo(await consumerThat(Behaviour.ReturnMegabyte), 3_000_000);
      const receipt = await (await market.finalise(job)).wait();
      expect(receipt.gasUsed).to.be.lessThan(3_000_000n + 200_000n);
      expect((await market.jobOf(job)).state).to.equal(State.Finalised);
    });

    it("may request its next job", async () => {
      const consumer = await consumerThat(Behaviour.RequestNext);
      await consumer.prepareNext(wanted());
      const { job } = await answeredTo(consumer, 1_000_000);
      await expect(market.finalise(job)).not.to.emit(market, "CallbackFailed");
      expect((await market.jobOf(job + 1n)).requester).to.equal(consumer.target);
    });

    it("of an account without code fails and harms nothing", async () => {
      const { job } = await finalisable(world, { callbackGas: 50_000 });
      await expect(market.finalise(job)).to.emit(market, "CallbackFailed").withArgs(job, "0x");
    });

    it("gets the most that can be asked for within the greatest transaction there is", async () => {
      const { job } = await answeredTo(await consumerThat(Behaviour.Record), 10_000_000);
      await expect(market.finalise(job, { gasLimit: 2n ** 24n })).not.to.emit(market, "CallbackFailed");
      expect((await market.jobOf(job)).state).to.equal(State.Finalised);
    });

    it("must get its gas: less reverts the whole, and enough is always enough", async () => {
      const consumer = await consumerThat(Behaviour.Record);
      const { job } = await answeredTo(consumer, 1_000_000);
      const snapshot = await provider.request({ method: "evm_snapshot", params: [] });
      await refusedForGas(market.finalise(job, { gasLimit: 800_000n }), job);
      // Whatever the limit, the consumer gets all its gas or the job is not finalised.
      for (let gasLimit = 1_080_000n; gasLimit < 1_200_000n; gasLimit += 7_001n) {
        const done = await market.finalise(job, { gasLimit }).then(
          () => true,
          () => false,
        );
        expect((await market.jobOf(job)).state).to.equal(done ? State.Finalised : State.Claimed);
        expect(await consumer.answers()).to.equal(done ? 1n : 0n);
        if (done) break;
      }
      expect(await consumer.gasGiven()).to.be.greaterThan(995_000n);
      await provider.request({ method: "evm_revert", params: [snapshot] });
      await refusedForGas(market.finaliseMany([job], { gasLimit: 800_000n }), job);
    });

    async function refusedForGas(call, job) {
      await expect(call)
        .to.be.revertedWithCustomError(market, "NotEnoughGasForCallback")
        .withArgs(job, (available) => available < 1_000_000n, 1_000_000n);
    }
  });

  /** Adds a set from the governor's own address, as if what it says had waited its time. */
  async function asGovernor({ governor, parameterSets }, set) {
    await provider.request({ method: "hardhat_impersonateAccount", params: [governor.target] });
    await provider.request({ method: "hardhat_setBalance", params: [governor.target, "0xde0b6b3a7640000"] });
    const signer = await ethers.getSigner(governor.target);
    await parameterSets.connect(signer).add(set, settings.court);
    await time.increase(1);
  }
});
