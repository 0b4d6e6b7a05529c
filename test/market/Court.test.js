import { expect } from "chai";

import {
  MODEL_BOND,
  OUTPUTS,
  PRICE,
  STAKE,
  State,
  claimed,
  ethers,
  finalisable,
  loadFixture,
  marketplace,
  passPhase,
  requested,
  settings,
  time,
  totalOf,
} from "../support/marketplace.js";
import { deploy } from "../../scripts/lib/deployment.js";

describe("InferenceMarket: the court", () => {
  describe("while there is none", () => {
    it("no account reaches freeze, release or refute", async () => {
      const signers = await ethers.getSigners();
      const { market } = await deploy(signers[0], settings, { court: ethers.ZeroAddress });
      expect(await market.COURT()).to.equal(ethers.ZeroAddress);
      for (const account of signers) {
        const connected = market.connect(account);
        for (const call of [
          () => connected.freeze(1),
          () => connected.release(1),
          () => connected.refute(1, account),
        ]) {
          await expect(call()).to.be.revertedWithCustomError(market, "NotCourt").withArgs(account.address);
        }
      }
    });
  });

  describe("once there is one", () => {
    let world, market, workers, token, job, worker, court, winner;

    const refused = (call, error, ...values) =>
      expect(call)
        .to.be.revertedWithCustomError(market, error)
        .withArgs(...values);

    beforeEach(async () => {
      world = await loadFixture(marketplace);
      ({ workers, token } = world);
      winner = world.stranger;
      court = world.market.connect(world.court);
      ({ market } = world);
      ({ job, worker } = await claimed(world));
    });

    it("is the only one", async () => {
      for (const account of [world.treasury, world.requester, world.hotKeys[0]]) {
        const connected = market.connect(account);
        await refused(connected.freeze(job), "NotCourt", account.address);
        await refused(connected.release(job), "NotCourt", account.address);
        await refused(connected.refute(job, winner), "NotCourt", account.address);
      }
    });

    describe("freeze", () => {
      it("stops the clock; the answer stays provisional", async () => {
        await expect(court.freeze(job)).to.emit(market, "JobFrozen").withArgs(job);
        await passPhase(world, job);
        await refused(market.finalise(job), "WrongState", job, State.Frozen);
        expect(await market.finaliseMany.staticCall([job])).to.equal(0n);
        const { state, outputs } = await market.resultOf(job);
        expect(state).to.equal(State.Frozen);
        expect(outputs).to.deep.equal(OUTPUTS.map(({ kind, data }) => [kind, data]));
      });

      it("is refused after the window, twice, and of an unclaimed job", async () => {
        await court.freeze(job);
        await refused(court.freeze(job), "WrongState", job, State.Frozen);
        const late = await finalisable(world);
        await refused(court.freeze(late.job), "TooLate", late.job, (await market.jobOf(late.job)).phaseEnd);
        const open = await requested(world);
        await refused(court.freeze(open), "WrongState", open, State.Requested);
        await refused(court.freeze(99), "UnknownJob", 99n);
      });
    });

    describe("release", () => {
      it("lets the job be finalised at once", async () => {
        await court.freeze(job);
        await expect(court.release(job)).to.emit(market, "JobReleased").withArgs(job);
        expect((await market.jobOf(job)).phaseEnd).to.equal(await time.latest());
        await market.finalise(job);
        expect(await market.balanceOf(worker)).to.equal(PRICE);
      });

      it("leaves a window that is over where it ended", async () => {
        await court.freeze(job);
        const { phaseEnd } = await market.jobOf(job);
        await time.increase(settings.market.lastDeadlinePeriod);
        await court.release(job);
        expect((await market.jobOf(job)).phaseEnd).to.equal(phaseEnd);
      });

      it("is refused of a job that isn't frozen", async () => {
        await refused(court.release(job), "WrongState", job, State.Claimed);
        await refused(court.release(99), "UnknownJob", 99n);
      });
    });

    describe("refute", () => {
      it("refunds the fee and shares the bond out: half burned, a tenth to the requester, the rest to the winner", async () => {
        await court.freeze(job);
        const supply = await token.totalSupply();
        await expect(court.refute(job, winner))
          .to.emit(market, "JobRefuted")
          .withArgs(job, winner.address, totalOf(PRICE), MODEL_BOND);
        expect(await token.totalSupply()).to.equal(supply - MODEL_BOND / 2n);
        expect(await market.balanceOf(world.requester)).to.equal(totalOf(PRICE) + MODEL_BOND / 10n);
        expect(await market.balanceOf(winner)).to.equal((MODEL_BOND * 4n) / 10n);
        expect(await market.balanceOf(worker)).to.equal(0n);
        const { staked, locked } = await workers.workerOf(worker);
        expect([staked, locked]).to.deep.equal([STAKE - MODEL_BOND, 0n]);
        expect(await token.balanceOf(market)).to.equal(totalOf(PRICE) + MODEL_BOND / 2n + (await market.requestFees()));
      });

      it("takes the outputs away and ends the job", async () => {
        await court.freeze(job);
        await court.refute(job, winner);
        expect(await market.resultOf(job)).to.deep.equal([State.Refuted, []]);
        for (const call of [
          () => court.freeze(job),
          () => court.release(job),
          () => court.refute(job, winner),
          () => market.finalise(job),
          () => market.expire(job),
        ]) {
          await refused(call(), "WrongState", job, State.Refuted);
        }
      });

      it("is refused of a job that isn't frozen", async () => {
        await refused(court.refute(job, winner), "WrongState", job, State.Claimed);
        await refused(court.refute(99, winner), "UnknownJob", 99n);
      });
    });
  });
});
