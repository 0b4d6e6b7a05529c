import { expect } from "chai";

import {
  MODEL_BOND,
  OUTPUTS,
  PRICE,
  STAKE,
  State,
  ZeroAddress,
  competition,
  drawnFor,
  ethers,
  loadFixture,
  mine,
  networkHelpers,
  passLastDeadline,
  passPhase,
  requested,
  settings,
  time,
  totalOf,
  wanted,
} from "../support/marketplace.js";

const { latePenalty, leasePeriod } = settings.market;
const HISTORY = "0x0000F90827F1C53a10cb7A02335B175320002935";

describe("InferenceMarket: lease and expire", () => {
  let world, market, workers, token, job, drawn, others;

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(market, error)
      .withArgs(...values);

  const lease = (worker) => market.connect(worker).lease(job, worker);
  const decline = () => market.connect(drawn).decline(job, drawn);

  beforeEach(async () => {
    world = await loadFixture(competition);
    ({ market, workers, token } = world);
    job = await requested(world, { maxFee: totalOf(3n * PRICE) });
    drawn = await drawnFor(world, job);
    others = world.hotKeys.filter((worker) => worker !== drawn);
  });

  describe("a lease", () => {
    it("takes a declined job at once, with the bond", async () => {
      await decline();
      const transaction = lease(others[0]);
      await transaction;
      const deadline = BigInt(await time.latest()) + BigInt(leasePeriod);
      await expect(transaction).to.emit(market, "JobLeased").withArgs(job, others[0].address, deadline);
      const kept = await market.jobOf(job);
      expect(kept.state).to.equal(State.Leased);
      expect(kept.worker).to.equal(others[0].address);
      expect(kept.phaseEnd).to.equal(deadline);
      expect((await workers.workerOf(others[0])).locked).to.equal(MODEL_BOND);
    });

    it("is claimed by its holder alone, at its own price", async () => {
      await decline();
      await lease(others[0]);
      await refused(
        market.connect(others[1]).claim(job, others[1], OUTPUTS, []),
        "NotAssigned",
        job,
        others[1].address,
        others[0].address,
      );
      await market.connect(others[0]).claim(job, others[0], OUTPUTS, []);
      const price = PRICE * BigInt(world.hotKeys.indexOf(others[0]) + 1);
      const kept = await market.jobOf(job);
      expect(kept.fee).to.equal(totalOf(price));
      expect(await market.balanceOf(world.requester)).to.equal(totalOf(3n * PRICE) - totalOf(price));
      expect((await workers.workerOf(others[0])).locked).to.equal(MODEL_BOND);
    });

    it("keeps its price though the offer is closed meanwhile", async () => {
      await decline();
      await lease(others[0]);
      await workers.connect(others[0]).closeOffer(others[0], 1);
      await market.connect(others[0]).claim(job, others[0], OUTPUTS, []);
      expect((await market.jobOf(job)).state).to.equal(State.Claimed);
    });

    it("takes a late worker's job and burns its penalty", async () => {
      await passPhase(world, job);
      const supply = await token.totalSupply();
      await expect(lease(others[0])).to.emit(market, "WorkerLate").withArgs(job, drawn.address, latePenalty);
      expect(await workers.freeStakeOf(drawn)).to.equal(STAKE - latePenalty);
      expect(await token.totalSupply()).to.equal(supply - latePenalty);
    });

    it("takes a late lessee's job, frees its bond and burns its penalty", async () => {
      await decline();
      await lease(others[0]);
      await passPhase(world, job);
      await refused(
        market.connect(others[0]).claim(job, others[0], OUTPUTS, []),
        "TooLate",
        job,
        (await market.jobOf(job)).phaseEnd,
      );
      await expect(lease(others[1])).to.emit(market, "WorkerLate").withArgs(job, others[0].address, latePenalty);
      const late = await workers.workerOf(others[0]);
      expect(late.locked).to.equal(0n);
      expect(late.staked).to.equal(STAKE - latePenalty);
    });

    it("ends with the last deadline", async () => {
      await decline();
      const { lastDeadline } = await market.jobOf(job);
      await time.increaseTo(lastDeadline - 5n);
      await lease(others[0]);
      expect((await market.jobOf(job)).phaseEnd).to.equal(lastDeadline);
    });

    it("can be a delegate's", async () => {
      await decline();
      const delegated = market.connect(world.delegate);
      await refused(delegated.lease(job, others[0]), "NotWorker", others[0].address, world.delegate.address);
      const cold = world.coldKeys[world.hotKeys.indexOf(others[0])];
      await workers.connect(cold).setDelegate(others[0], world.delegate, true);
      await delegated.lease(job, others[0]);
    });

    it("is refused before the deadline", async () => {
      await refused(lease(others[0]), "TooEarly", job, (await market.jobOf(job)).phaseEnd);
      await decline();
      await lease(others[0]);
      await refused(lease(others[1]), "TooEarly", job, (await market.jobOf(job)).phaseEnd);
    });

    it("is refused after the last deadline", async () => {
      await passLastDeadline(world, job);
      await refused(lease(others[0]), "TooLate", job, (await market.jobOf(job)).lastDeadline);
    });

    it("is refused to who declined, was late, or leased before", async () => {
      await decline();
      await refused(lease(drawn), "AlreadyTried", job, drawn.address);
      await lease(others[0]);
      await passPhase(world, job);
      await refused(lease(others[0]), "AlreadyTried", job, others[0].address);

      job = await requested(world);
      drawn = await drawnFor(world, job);
      await passPhase(world, job);
      await refused(lease(drawn), "AlreadyTried", job, drawn.address);
    });

    it("is refused to an offer that asks too much or accepts too small a bond", async () => {
      job = await requested(world);
      drawn = await drawnFor(world, job);
      await decline();
      await refused(lease(world.hotKeys[1]), "OfferDoesNotFit", job, world.hotKeys[1].address);
      const [newcomer] = world.spare;
      await workers.connect(newcomer).register(newcomer);
      await workers.connect(world.stranger).stake(newcomer, STAKE);
      await workers.connect(newcomer).openOffer(newcomer, 1, PRICE, MODEL_BOND - 1n);
      await refused(lease(newcomer), "OfferDoesNotFit", job, newcomer.address);
    });

    it("is refused without an offer or free stake", async () => {
      await decline();
      await expect(market.connect(world.stranger).lease(job, world.stranger))
        .to.be.revertedWithCustomError(workers, "NoOffer")
        .withArgs(1n, world.stranger.address);
      await workers.connect(others[0]).closeOffer(others[0], 1);
      await workers.connect(others[0]).startUnbonding(others[0], STAKE);
      await expect(lease(others[0])).to.be.revertedWithCustomError(workers, "NoOffer");
    });

    it("is refused of a claimed job", async () => {
      await market.connect(drawn).claim(job, drawn, OUTPUTS, []);
      await refused(lease(others[0]), "WrongState", job, State.Claimed);
    });

    it("penalises nobody where the drawing hash is gone", async () => {
      await networkHelpers.setCode(HISTORY, "0x");
      await mine(300, { interval: 0 });
      await passPhase(world, job);
      await expect(lease(others[0])).not.to.emit(market, "WorkerLate");
      expect(await workers.freeStakeOf(drawn)).to.equal(STAKE);
    });
  });

  describe("expire", () => {
    const expire = () => market.connect(world.stranger).expire(job);

    it("refunds the whole fee and penalises the drawn worker", async () => {
      await passLastDeadline(world, job);
      const transaction = expire();
      await expect(transaction)
        .to.emit(market, "JobExpired")
        .withArgs(job, totalOf(3n * PRICE));
      await expect(transaction).to.emit(market, "WorkerLate").withArgs(job, drawn.address, latePenalty);
      expect((await market.jobOf(job)).state).to.equal(State.Expired);
      await expect(market.withdraw(world.requester)).to.changeTokenBalance(
        ethers,
        token,
        world.requester,
        totalOf(3n * PRICE),
      );
    });

    it("penalises nobody after a decline", async () => {
      await decline();
      await passLastDeadline(world, job);
      await expect(expire()).not.to.emit(market, "WorkerLate");
    });

    it("frees and penalises the last lessee", async () => {
      await decline();
      await lease(others[0]);
      await passLastDeadline(world, job);
      await expect(expire()).to.emit(market, "WorkerLate").withArgs(job, others[0].address, latePenalty);
      expect((await workers.workerOf(others[0])).locked).to.equal(0n);
    });

    it("penalises nobody once the registry may have forgotten the offers", async () => {
      const { requestedAt } = await market.jobOf(job);
      await time.increaseTo(requestedAt + BigInt(settings.workers.cooldown));
      await expect(expire()).not.to.emit(market, "WorkerLate");
      expect((await market.jobOf(job)).worker).to.equal(ZeroAddress);
    });

    it("burns what there is of a worker that has too little", async () => {
      await workers.connect(drawn).closeOffer(drawn, 1);
      await workers.connect(drawn).startUnbonding(drawn, STAKE);
      await passLastDeadline(world, job);
      await expect(expire()).to.emit(market, "WorkerLate").withArgs(job, drawn.address, latePenalty);
      expect((await workers.workerOf(drawn)).unbonding).to.equal(STAKE - latePenalty);
    });

    it("is refused early, twice, and of a claimed job", async () => {
      await refused(expire(), "TooEarly", job, (await market.jobOf(job)).lastDeadline);
      await passLastDeadline(world, job);
      await expire();
      await refused(expire(), "WrongState", job, State.Expired);
      job = await requested(world);
      drawn = await drawnFor(world, job);
      await market.connect(drawn).claim(job, drawn, OUTPUTS, []);
      await passLastDeadline(world, job);
      await refused(expire(), "WrongState", job, State.Claimed);
    });

    it("is the only end of a job nobody could take", async () => {
      await market.connect(world.requester).request(wanted({ bond: STAKE }));
      job = await market.jobCount();
      await passLastDeadline(world, job);
      await expire();
      expect(await market.balanceOf(world.requester)).to.equal(totalOf(PRICE));
    });
  });
});
