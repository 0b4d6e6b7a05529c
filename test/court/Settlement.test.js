import { expect } from "chai";

import { State, ethers, instantOf, loadFixture, networkHelpers, time } from "../support/marketplace.js";
import {
  BOND,
  COURT,
  NODE,
  REWARD,
  SALT,
  STAKES,
  Side,
  Stage,
  Status,
  asked,
  asserted,
  challenged,
  claimedWith,
  committed,
  passTurn,
  passWindow,
  pathOf,
  prepaymentFor,
  refused,
  revealed,
  rightlyClaimed,
  settledAfterRefutation,
  toyTrace,
} from "../support/courthouse.js";
import { NO_NODE, Trace } from "../support/trace.js";

const TOP = pathOf("Nodes", 0, 4, 0);
const below = (index) => pathOf("Nodes", 0, 8, index);

describe("Court: clocks and money", () => {
  let world, court, market, token, job, worker, first, second, third;

  beforeEach(async () => {
    world = await loadFixture(rightlyClaimed);
    ({ court, market, token, job, worker } = world);
    [first, second, third] = world.challengers;
  });

  const at = async (instant, send) => {
    await time.setNextBlockTimestamp(instant);
    return send();
  };

  /** Asks at an instant; the prepayment is generous, so that no base fee matters. */
  const askAt = (instant, challenger, id, path) =>
    at(instant, async () =>
      court.connect(challenger).ask(id, path, NO_NODE, { value: ethers.parseEther("0.1"), gasLimit: 1_000_000 }),
    );

  describe("clocks", () => {
    let id, assertedAt;

    beforeEach(async () => {
      id = await challenged(world, first);
      assertedAt = await instantOf(await asserted(world, toyTrace));
    });

    const clock = BigInt(COURT.challengerClock);
    const workerClock = BigInt(COURT.workerClock);
    const extension = BigInt(COURT.extension);

    it("run for the side that has to move, and only then", async () => {
      expect(await court.turnOf(id)).to.deep.equal([Side.Challenger, assertedAt + clock]);
      const askedAt = assertedAt + 1_000n;
      await askAt(askedAt, first, id, TOP);
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, askedAt + workerClock]);
      const revealedAt = askedAt + 5_000n;
      await at(revealedAt, () => revealed(world, worker, toyTrace, TOP));
      expect(await court.turnOf(id)).to.deep.equal([Side.Challenger, revealedAt + clock - 1_000n]);
      const againAt = revealedAt + 300n;
      await askAt(againAt, first, id, below(0));
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, againAt + workerClock - 5_000n]);
      const kept = await court.challengeOf(id);
      expect([kept.workerUsed, kept.challengerUsed]).to.deep.equal([5_000n, 1_300n]);
    });

    it("leave the opponent the extension at least", async () => {
      const askedAt = assertedAt + clock - 1n;
      await askAt(askedAt, first, id, TOP);
      const revealedAt = askedAt + workerClock - 1n;
      await at(revealedAt, () => revealed(world, worker, toyTrace, TOP));
      expect(await court.turnOf(id)).to.deep.equal([Side.Challenger, revealedAt + extension]);
      const againAt = revealedAt + extension - 1n;
      await askAt(againAt, first, id, below(0));
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, againAt + extension]);
    });

    it("are out at their deadline: the challenger's", async () => {
      const deadline = assertedAt + clock;
      await time.setNextBlockTimestamp(deadline - 1n);
      await refused(court, court.timeout(id), "ClockRunning", id, Side.Challenger, deadline);
      await expect(at(deadline, () => court.timeout(id))).to.emit(court, "ChallengeLost");
    });

    it("are out at their deadline: the worker's, and an answer then is late, whoever says so when", async () => {
      const askedAt = assertedAt + 10n;
      await askAt(askedAt, first, id, TOP);
      const deadline = askedAt + workerClock;
      await time.setNextBlockTimestamp(deadline - 1n);
      await refused(court, court.timeout(id), "ClockRunning", id, Side.Worker, deadline);
      await at(deadline, () => revealed(world, worker, toyTrace, TOP));
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, deadline]);
      await refused(court, asked(world, first, id, below(0)), "NotYourTurn", id, Side.Worker);
      await time.increase(100_000);
      await expect(court.timeout(id)).to.emit(court, "WorkerSilent").withArgs(id);
    });

    it("take an answer in the last second", async () => {
      const askedAt = assertedAt + 10n;
      await askAt(askedAt, first, id, TOP);
      await at(askedAt + workerClock - 1n, () => revealed(world, worker, toyTrace, TOP));
      expect((await court.turnOf(id)).side).to.equal(Side.Challenger);
      await refused(court, court.timeout(id), "ClockRunning");
    });

    it("of several challenges run apart, with one answer for all", async () => {
      const two = await challenged(world, second);
      const askedAt = assertedAt + 100n;
      await askAt(askedAt, first, id, TOP);
      await askAt(askedAt + 1_000n, second, two, TOP);
      await at(askedAt + 3_000n, () => revealed(world, worker, toyTrace, TOP));
      await askAt(askedAt + 3_100n, first, id, below(0));
      await askAt(askedAt + 3_100n + 1n, second, two, below(0));
      expect((await court.challengeOf(id)).workerUsed).to.equal(3_000n);
      expect((await court.challengeOf(two)).workerUsed).to.equal(2_000n);
    });

    it("of the worker grow by the extension for each challenge beyond eight, at most to double", async () => {
      await token.connect(world.treasury).transfer(third, ethers.parseEther("10000"));
      const ids = [];
      for (let i = 0; i < 13; i++) ids.push(await challenged(world, third));
      const allowance = async (which, path) => {
        await asked(world, third, which, path);
        const kept = await court.challengeOf(which);
        return kept.deadline - kept.since;
      };
      // Fourteen are open, the first one included: six beyond eight, but no more than double.
      expect(await allowance(ids[0], TOP)).to.equal(workerClock + workerClock);
      expect(6n * extension).to.be.above(workerClock);
    });

    it("say nothing of a challenge that is over, or not there", async () => {
      await refused(court, court.timeout(99), "UnknownChallenge", 99n);
      const unopened = await committed(world, second);
      await refused(court, court.timeout(unopened), "WrongStatus", unopened, Status.Committed);
      await passTurn(world, id);
      await court.timeout(id);
      await refused(court, court.timeout(id), "WrongStatus", id, Status.Lost);
      expect(await court.turnOf(id)).to.deep.equal([Side.Nobody, 0n]);
    });

    it("before there is a trace let nobody ask", async () => {
      const local = { ...world, ...(await claimedWith(world)) };
      const early = await challenged(local, first);
      await refused(court, asked(local, first, early, TOP), "TraceMissing", local.job);
    });
  });

  describe("a lost challenge", () => {
    it("pays the worker a trace and an answer, once for the job, and is burned for the rest", async () => {
      const one = await challenged(world, first, { bond: 3n * BOND });
      const two = await challenged(world, second);
      await asserted(world, toyTrace);
      const supply = await token.totalSupply();
      await passTurn(world, two);
      await expect(court.timeout(one))
        .to.emit(court, "ChallengeLost")
        .withArgs(one, job, STAKES, 3n * BOND - STAKES - REWARD);
      await expect(court.timeout(two))
        .to.emit(court, "ChallengeLost")
        .withArgs(two, job, 0n, BOND - REWARD);
      expect(await court.balanceOf(worker)).to.equal(STAKES);
      expect(await token.totalSupply()).to.equal(supply - 4n * BOND + STAKES + 2n * REWARD);
      expect(await token.balanceOf(court)).to.equal(STAKES + 2n * REWARD);
      for (const id of [one, two]) {
        expect((await court.challengeOf(id)).status).to.equal(Status.Lost);
        await refused(court, court.reclaim(id), "WrongStatus", id, Status.Lost);
      }
    });

    it("pays whoever sends its time-out, each time", async () => {
      const one = await challenged(world, first);
      const two = await challenged(world, second);
      await asserted(world, toyTrace);
      await passTurn(world, two);
      for (const id of [one, two]) {
        await expect(court.connect(third).timeout(id))
          .to.emit(court, "TimeoutRewarded")
          .withArgs(id, third.address, REWARD);
      }
      expect(await court.balanceOf(third)).to.equal(2n * REWARD);
    });

    it("pays nobody for ending one against the worker, whose bond does that", async () => {
      const one = await challenged(world, first);
      await asserted(world, toyTrace);
      await asked(world, first, one, TOP);
      await passTurn(world, one);
      await expect(court.connect(third).timeout(one)).not.to.emit(court, "TimeoutRewarded");
      expect(await court.balanceOf(third)).to.equal(0n);
    });

    it("costs more than it brings, whoever made it and sends the time-out", async () => {
      const allies = [first, second, worker, third];
      const held = async () => {
        let sum = 0n;
        for (const account of allies) sum += (await token.balanceOf(account)) + (await court.balanceOf(account));
        return sum;
      };
      const before = await held();
      const ids = [await challenged(world, first), await challenged(world, second)];
      await asserted(world, toyTrace);
      await passTurn(world, ids[1]);
      for (const id of ids) await court.connect(third).timeout(id);
      expect(before - (await held())).to.equal(2n * BOND - STAKES - 2n * REWARD);
      expect(BOND - STAKES - REWARD).to.be.above((STAKES * 9n) / 10n);
    });
  });

  describe("settle", () => {
    it("upholds once the window is over and every challenge lost", async () => {
      const one = await challenged(world, first);
      await asserted(world, toyTrace);
      await refused(court, court.settle(job), "ChallengesPending", job, 1n);
      await passTurn(world, one);
      await court.timeout(one);
      const { windowEnd } = await court.caseOf(job);
      await time.setNextBlockTimestamp(windowEnd - 1n);
      await refused(court, court.settle(job), "TooEarly", windowEnd);
      await expect(at(windowEnd, () => court.settle(job)))
        .to.emit(court, "Settled")
        .withArgs(job, Stage.Upheld, 0n);
      expect((await market.jobOf(job)).state).to.equal(State.Claimed);
      await refused(court, court.settle(job), "WrongStage", job, Stage.Upheld);
      await refused(court, asserted(world, toyTrace), "WrongStage", job, Stage.Upheld);
      await market.finalise(job);
      expect((await market.jobOf(job)).state).to.equal(State.Finalised);
    });

    it("lets challenges come until the window is over, however many were lost", async () => {
      const one = await challenged(world, first);
      await asserted(world, toyTrace);
      await passTurn(world, one);
      await court.timeout(one);
      const two = await challenged(world, second);
      await passWindow(world);
      await refused(court, court.settle(job), "ChallengesPending", job, 1n);
      expect((await court.turnOf(two)).side).to.equal(Side.Challenger);
    });

    it("refutes when challenges committed earlier had their time, and the earliest of them wins", async () => {
      const trace = toyTrace.wrongAt(NODE.SUM);
      const one = await challenged(world, first);
      const two = await challenged(world, second);
      const three = await challenged(world, third);
      await asserted(world, trace);
      const proof = trace.stepProof(NODE.SUM, 0);
      const refutedAt = await instantOf(await court.connect(third).proveStep(three, proof));
      const deadline = refutedAt + BigInt(COURT.extension);
      expect((await court.caseOf(job)).winner).to.equal(three);
      await expect(court.connect(second).proveStep(two, proof))
        .to.emit(court, "ClaimRefuted")
        .withArgs(job, two, deadline);
      const snapshot = await networkHelpers.takeSnapshot();
      await at(deadline - 1n, () => court.connect(first).proveStep(one, proof));
      expect((await court.caseOf(job)).winner).to.equal(one);
      await snapshot.restore();
      await time.setNextBlockTimestamp(deadline - 1n);
      await refused(court, court.settle(job), "TooEarly", deadline);
      await time.setNextBlockTimestamp(deadline);
      await refused(court, court.connect(first).proveStep(one, proof), "AlreadyRefuted", job, two);
      await expect(court.settle(job)).to.emit(court, "Settled").withArgs(job, Stage.Refuted, two);
      expect(await market.balanceOf(second)).to.be.above(0n);
      expect(await market.balanceOf(first)).to.equal(0n);
      expect(await market.balanceOf(third)).to.equal(0n);
      for (const [id, account] of [
        [one, first],
        [two, second],
        [three, third],
      ]) {
        await court.reclaim(id);
        expect(await court.balanceOf(account)).to.equal(BOND);
      }
      await refused(court, court.settle(job), "WrongStage", job, Stage.Refuted);
    });

    it("lets one that was committed earlier be opened in that time, and win", async () => {
      const one = await committed(world, first);
      const two = await challenged(world, second);
      const trace = toyTrace.wrongAt(NODE.SUM);
      await asserted(world, trace);
      await court.connect(second).proveStep(two, trace.stepProof(NODE.SUM, 0));
      await court.connect(first).open(one, job, SALT);
      await court.connect(first).proveStep(one, trace.stepProof(NODE.SUM, 0));
      await settledAfterRefutation(world);
      expect((await court.caseOf(job)).winner).to.equal(one);
    });

    it("returns the bond of one that comes to be opened after that time", async () => {
      const one = await committed(world, first);
      const two = await challenged(world, second);
      const trace = toyTrace.wrongAt(NODE.SUM);
      await asserted(world, trace);
      await court.connect(second).proveStep(two, trace.stepProof(NODE.SUM, 0));
      await time.increase(COURT.extension);
      await court.connect(first).open(one, job, SALT);
      expect((await court.challengeOf(one)).status).to.equal(Status.Returned);
      expect(await court.balanceOf(first)).to.equal(BOND);
    });

    it("ends no challenge against its challenger once the claim has fallen", async () => {
      const one = await challenged(world, first);
      const two = await challenged(world, second);
      await asserted(world, toyTrace);
      await asked(world, first, one, TOP);
      await passTurn(world, one);
      await court.timeout(one);
      await refused(court, court.timeout(two), "AlreadyRefuted", job, one);
      await settledAfterRefutation(world);
      await court.reclaim(two);
      expect(await court.balanceOf(second)).to.equal(BOND);
    });

    it("is refused of what is not disputed", async () => {
      await refused(court, court.settle(job), "WrongStage", job, Stage.None);
    });
  });

  describe("reclaim", () => {
    it("gives back the bond, and what was prepaid for an answer that never came", async () => {
      const one = await challenged(world, first);
      const two = await challenged(world, second);
      await asserted(world, toyTrace);
      await asked(world, first, one, TOP);
      await asked(world, second, two, TOP);
      const { prepaid } = await court.challengeOf(one);
      await passTurn(world, one);
      await court.timeout(one);
      await refused(court, court.reclaim(one), "WrongStage", job, Stage.Disputed);
      await settledAfterRefutation(world);
      await expect(court.reclaim(one)).to.emit(court, "BondReturned").withArgs(one, BOND, prepaid);
      expect(await court.coinOf(first)).to.equal(prepaid);
      await refused(court, court.reclaim(one), "WrongStatus", one, Status.Returned);
      await refused(court, court.reclaim(99), "UnknownChallenge", 99n);
      await court.reclaim(two);
      expect((await court.questionOf(job, TOP)).prepaid).to.equal(0n);
      const owed = (await court.coinOf(first)) + (await court.coinOf(second));
      expect(await ethers.provider.getBalance(court)).to.equal(owed);
    });

    it("does not give back what an answer was paid with", async () => {
      const trace = toyTrace.wrongAt(NODE.SUM);
      const one = await challenged(world, first);
      await asserted(world, trace);
      await asked(world, first, one, TOP);
      await revealed(world, worker, trace, TOP);
      await court.connect(first).proveStep(one, trace.stepProof(NODE.SUM, 0));
      await settledAfterRefutation(world);
      await expect(court.reclaim(one)).to.emit(court, "BondReturned").withArgs(one, BOND, 0n);
      expect(await court.coinOf(first)).to.equal(0n);
    });
  });

  describe("withdraw", () => {
    it("sends $OPG to the payee, once", async () => {
      const one = await challenged(world, first);
      await asserted(world, toyTrace);
      await passTurn(world, one);
      await court.timeout(one);
      const [cold] = world.coldKeys;
      const before = await token.balanceOf(cold);
      await expect(court.withdraw(worker)).to.emit(court, "Withdrawn").withArgs(worker.address, cold.address, STAKES);
      expect(await token.balanceOf(cold)).to.equal(before + STAKES);
      expect(await token.balanceOf(court)).to.equal(REWARD);
      await refused(court, court.withdraw(worker), "NothingToWithdraw", worker.address);
    });
  });

  describe("withdrawCoin", () => {
    let id;

    beforeEach(async () => {
      id = await challenged(world, first);
      await asserted(world, toyTrace);
      await asked(world, first, id, TOP);
    });

    it("sends the caller's coin where it says, once", async () => {
      await revealed(world, worker, toyTrace, TOP);
      const amount = await court.coinOf(worker);
      const to = ethers.Wallet.createRandom().address;
      await expect(court.connect(worker).withdrawCoin(to))
        .to.emit(court, "CoinWithdrawn")
        .withArgs(worker.address, to, amount);
      expect(await ethers.provider.getBalance(to)).to.equal(amount);
      await refused(court, court.connect(worker).withdrawCoin(to), "NothingToWithdraw", worker.address);
      expect(await ethers.provider.getBalance(court)).to.equal(0n);
    });

    it("is refused to a receiver that does not take it, which loses nothing", async () => {
      await revealed(world, worker, toyTrace, TOP);
      const amount = await court.coinOf(worker);
      await refused(court, court.connect(worker).withdrawCoin(token), "CoinRefused", token.target);
      expect(await court.coinOf(worker)).to.equal(amount);
    });

    it("pays once a receiver that asks again", async () => {
      const greedy = await ethers.deployContract("GreedyAnswerer", [court]);
      await asked(world, second, await challenged(world, second), TOP);
      const { hashes, siblings } = Trace.row(toyTrace.levels, 4, 0, 4);
      await greedy.answer(court.interface.encodeFunctionData("revealNodes", [job, TOP, hashes, siblings]));
      const amount = await court.coinOf(greedy);
      await greedy.collect();
      expect(await ethers.provider.getBalance(greedy)).to.equal(amount);
      expect(await greedy.refusal()).to.equal(court.interface.encodeErrorResult("NothingToWithdraw", [greedy.target]));
    });
  });

  describe("many false challenges of a right claim", () => {
    it("change neither the verdict nor when it comes, and the worker ends richer", async () => {
      for (const many of [1, 12]) {
        world = await loadFixture(rightlyClaimed);
        ({ court, market, token, job, worker } = world);
        [first] = world.challengers;
        await token.connect(world.treasury).transfer(first, ethers.parseEther("10000"));
        const ids = [];
        for (let i = 0; i < many; i++) ids.push(await committed(world, first));
        for (const id of ids) await court.connect(first).open(id, job, SALT);
        await asserted(world, toyTrace);
        await passTurn(world, ids.at(-1));
        for (const id of ids) await court.timeout(id);
        const { windowEnd } = await court.caseOf(job);
        await at(windowEnd, () => court.settle(job));
        await market.finalise(job);
        expect((await market.jobOf(job)).state).to.equal(State.Finalised);
        expect(await court.balanceOf(worker)).to.equal(STAKES);
      }
    });
  });
});
