import { expect } from "chai";

import {
  State,
  claimed,
  ethers,
  instantOf,
  loadFixture,
  networkHelpers,
  offer,
  parseEther,
  passPhase,
  provider,
  time,
  versionContent,
} from "../support/marketplace.js";
import {
  BOND,
  COURT,
  NODES,
  SALT,
  STAKES,
  Side,
  Stage,
  Status,
  asserted,
  challenged,
  claimedWith,
  commitmentTo,
  committed,
  passTurn,
  passWindow,
  pathOf,
  refused,
  rightlyClaimed,
  settledAfterRefutation,
  toyTrace,
} from "../support/courthouse.js";
import { Trace } from "../support/trace.js";

describe("Court: challenges", () => {
  let world, court, market, token, job, challenger, other, stranger;

  beforeEach(async () => {
    world = await loadFixture(rightlyClaimed);
    ({ court, market, token, job } = world);
    [challenger, other] = world.challengers;
    stranger = world.spare.at(-1);
  });

  describe("challenge", () => {
    it("takes the bond and says nothing of the job", async () => {
      const commitment = await commitmentTo(world, challenger, job);
      const before = await token.balanceOf(challenger);
      const sent = court.connect(challenger).challenge(commitment, BOND);
      const deadline = (await instantOf(sent)) + BigInt(COURT.openPeriod);
      await expect(sent)
        .to.emit(court, "ChallengeCommitted")
        .withArgs(1n, challenger.address, commitment, BOND, deadline);
      expect(await token.balanceOf(challenger)).to.equal(before - BOND);
      expect(await token.balanceOf(court)).to.equal(BOND);
      const kept = await court.challengeOf(1);
      expect([kept.challenger, kept.bond, kept.status, kept.job]).to.deep.equal([
        challenger.address,
        BOND,
        Status.Committed,
        0n,
      ]);
      expect(kept.deadline).to.equal(deadline);
      expect((await court.turnOf(1)).side).to.equal(Side.Nobody);
      expect((await market.jobOf(job)).state).to.equal(State.Claimed);
    });

    it("is refused without a commitment, a bond, or the token's consent", async () => {
      const commitment = await commitmentTo(world, challenger, job);
      await refused(court, court.connect(challenger).challenge(ethers.ZeroHash, BOND), "EmptyChallenge");
      await refused(court, court.connect(challenger).challenge(commitment, 0), "EmptyChallenge");
      await expect(court.connect(stranger).challenge(commitment, BOND)).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientAllowance",
      );
    });
  });

  describe("open", () => {
    it("freezes the job and begins the dispute", async () => {
      const id = await committed(world, challenger);
      const { phaseEnd } = await market.jobOf(job);
      const sent = court.connect(challenger).open(id, job, SALT);
      const openedAt = await instantOf(sent);
      await expect(sent).to.emit(court, "ChallengeOpened").withArgs(id, job, challenger.address);
      await expect(sent)
        .to.emit(court, "TraceDue")
        .withArgs(job, world.worker.address, openedAt + BigInt(COURT.assertPeriod));
      await expect(sent).to.emit(market, "JobFrozen").withArgs(job);
      const dispute = await court.caseOf(job);
      expect(dispute.worker).to.equal(world.worker.address);
      expect(dispute.windowEnd).to.equal(phaseEnd);
      expect([dispute.openedAt, dispute.opened, dispute.pending]).to.deep.equal([openedAt, 1n, 1n]);
      expect([dispute.stage, dispute.winner]).to.deep.equal([Stage.Disputed, 0n]);
      const kept = await court.challengeOf(id);
      expect([kept.status, kept.job, kept.commitment]).to.deep.equal([Status.Open, job, ethers.ZeroHash]);
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, openedAt + BigInt(COURT.assertPeriod)]);
    });

    it("may be done by a delegate", async () => {
      const [hot, , second] = world.hotKeys;
      await token.connect(world.requester).transfer(second, BOND);
      await token.connect(second).approve(court, BOND);
      const id = await committed(world, second);
      await refused(court, court.connect(hot).open(id, job, SALT), "NotChallenger", second.address, hot.address);
      await world.workers.connect(world.coldKeys[2]).setDelegate(second, hot, true);
      await court.connect(hot).open(id, job, SALT);
      expect((await court.challengeOf(id)).status).to.equal(Status.Open);
    });

    it("needs the job, the salt, the challenger, the court and the chain of the commitment", async () => {
      const id = await committed(world, challenger);
      const given = await commitmentTo(world, challenger, job, ethers.ZeroHash);
      const { commitment } = await court.challengeOf(id);
      await refused(
        court,
        court.connect(challenger).open(id, job, ethers.ZeroHash),
        "WrongCommitment",
        id,
        given,
        commitment,
      );
      await refused(court, court.connect(challenger).open(id, job + 1n, SALT), "WrongCommitment");
      // Copied by another account, at another court and on another chain a commitment is one to nothing.
      await court.connect(other).challenge(commitment, BOND);
      await refused(court, court.connect(other).open(id + 1n, job, SALT), "WrongCommitment");
      for (const [chainId, address] of [
        [1n, court.target],
        [(await ethers.provider.getNetwork()).chainId, market.target],
      ]) {
        const elsewhere = ethers.keccak256(
          ethers.AbiCoder.defaultAbiCoder().encode(
            ["uint256", "address", "address", "uint64", "bytes32"],
            [chainId, address, challenger.address, job, SALT],
          ),
        );
        await court.connect(challenger).challenge(elsewhere, BOND);
        const foreign = await court.challengeCount();
        await refused(court, court.connect(challenger).open(foreign, job, SALT), "WrongCommitment");
      }
    });

    it("is refused to others, twice, and of what is not there", async () => {
      await refused(court, court.connect(challenger).open(1, job, SALT), "UnknownChallenge", 1n);
      await refused(court, court.challengeOf(1), "UnknownChallenge", 1n);
      const id = await committed(world, challenger);
      await refused(
        court,
        court.connect(stranger).open(id, job, SALT),
        "NotChallenger",
        challenger.address,
        stranger.address,
      );
      await court.connect(challenger).open(id, job, SALT);
      await refused(court, court.connect(challenger).open(id, job, SALT), "WrongStatus", id, Status.Open);
    });

    it("is refused at the instant of the commitment", async () => {
      const commitment = await commitmentTo(world, challenger, job);
      await provider.request({ method: "evm_setAutomine", params: [false] });
      try {
        await court.connect(challenger).challenge(commitment, BOND, { gasLimit: 1_000_000 });
        const open = await court.connect(challenger).open(1, job, SALT, { gasLimit: 1_000_000 });
        await networkHelpers.mine();
        const receipt = await ethers.provider.getTransactionReceipt(open.hash);
        expect(receipt.status).to.equal(0);
      } finally {
        await provider.request({ method: "evm_setAutomine", params: [true] });
      }
      await court.connect(challenger).open(1, job, SALT);
    });

    it("is refused after the open period, and at its end", async () => {
      const id = await committed(world, challenger);
      const { deadline } = await court.challengeOf(id);
      await time.setNextBlockTimestamp(deadline);
      await refused(court, court.connect(challenger).open(id, job, SALT), "TooLate", deadline);
    });

    it("is refused after the job's window: the first by the market, later ones by the court", async () => {
      const id = await committed(world, challenger);
      const second = await committed(world, other);
      await court.connect(other).open(second, job, SALT);
      const { windowEnd } = await court.caseOf(job);
      await time.setNextBlockTimestamp(windowEnd);
      await refused(court, court.connect(challenger).open(id, job, SALT), "TooLate", windowEnd);

      const { job: unchallenged } = await claimedWith(world);
      const third = await committed(world, challenger, { job: unchallenged });
      const { phaseEnd } = await market.jobOf(unchallenged);
      await time.setNextBlockTimestamp(phaseEnd);
      await refused(
        market,
        court.connect(challenger).open(third, unchallenged, SALT),
        "TooLate",
        unchallenged,
        phaseEnd,
      );
    });

    it("is refused of a job that is not claimed, or not there", async () => {
      const id = await committed(world, challenger, { job: 99n });
      await refused(market, court.connect(challenger).open(id, 99n, SALT), "UnknownJob", 99n);
      await passPhase(world, job);
      await market.finalise(job);
      const second = await committed(world, challenger);
      await refused(market, court.connect(challenger).open(second, job, SALT), "WrongState", job, State.Finalised);
    });

    it("is refused of a job whose binding has no program", async () => {
      const { models, owner } = world;
      const plain = versionContent();
      plain.bindings = [{ ...plain.bindings[0], programRoot: ethers.ZeroHash }];
      await models.connect(owner).publish(1, plain, []);
      const version = await models.versionCount();
      await offer(world, 0, { version });
      const input = { kind: plain.bindings[0].inputs[0], data: "0x3f800000" };
      const output = { kind: plain.bindings[0].outputs[0], data: "0x3f800000" };
      const { job: undisputable } = await claimed(
        world,
        { version, acceptUndisputable: true, maxFee: parseEther("10"), inputs: [input] },
        [output],
      );
      const id = await committed(world, challenger, { job: undisputable });
      await refused(court, court.connect(challenger).open(id, undisputable, SALT), "Undisputable", undisputable);
    });

    it("is refused with too small a bond", async () => {
      expect(await court.minimumBondOf(job)).to.equal(BOND);
      const id = await committed(world, challenger, { bond: BOND - 1n });
      await refused(court, court.connect(challenger).open(id, job, SALT), "BondTooLow", BOND - 1n, BOND);
    });

    it("returns the bond if the claim has fallen already", async () => {
      const first = await challenged(world, challenger);
      const late = await committed(world, other);
      await passTurn(world, first);
      const third = await committed(world, other);
      await court.timeout(first);
      await expect(court.connect(other).open(late, job, SALT))
        .to.emit(court, "BondReturned")
        .withArgs(late, BOND, 0n);
      expect(await court.balanceOf(other)).to.equal(BOND);
      expect((await court.challengeOf(late)).status).to.equal(Status.Returned);
      await settledAfterRefutation(world);
      await court.connect(other).open(third, job, SALT);
      expect(await court.balanceOf(other)).to.equal(2n * BOND);
      expect((await court.caseOf(job)).opened).to.equal(1n);
    });
  });

  describe("forfeit", () => {
    it("burns the bond of what was not opened in time", async () => {
      const id = await committed(world, challenger);
      const { deadline } = await court.challengeOf(id);
      const supply = await token.totalSupply();
      await time.setNextBlockTimestamp(deadline);
      await expect(court.connect(stranger).forfeit(id)).to.emit(court, "ChallengeForfeited").withArgs(id, BOND);
      expect(await token.totalSupply()).to.equal(supply - BOND);
      expect(await token.balanceOf(court)).to.equal(0n);
      expect((await court.challengeOf(id)).status).to.equal(Status.Forfeited);
    });

    it("is refused before, twice, and of what is open or not there", async () => {
      await refused(court, court.forfeit(1), "UnknownChallenge", 1n);
      const id = await committed(world, challenger);
      const { deadline } = await court.challengeOf(id);
      await time.setNextBlockTimestamp(deadline - 1n);
      await refused(court, court.forfeit(id), "TooEarly", deadline);
      await time.increaseTo(deadline);
      await court.forfeit(id);
      await refused(court, court.forfeit(id), "WrongStatus", id, Status.Forfeited);
      const { job: later } = await claimedWith(world);
      const open = await challenged(world, challenger, { job: later });
      await refused(court, court.forfeit(open), "WrongStatus", open, Status.Open);
    });
  });

  describe("assertTrace", () => {
    let id;

    beforeEach(async () => {
      id = await challenged(world, challenger);
    });

    it("keeps the root, shows the first row and turns to the challenger", async () => {
      const sent = asserted(world, toyTrace);
      const assertedAt = await instantOf(sent);
      const { chainId } = await ethers.provider.getNetwork();
      const { programRoot } = await court.caseOf(job);
      const trace = ethers.solidityPackedKeccak256(
        ["uint8", "uint256", "uint256", "uint256", "bytes32", "bytes32"],
        [7, chainId, court.target, job, programRoot, toyTrace.root],
      );
      await expect(sent).to.emit(court, "TraceAsserted").withArgs(job, world.worker.address, toyTrace.root, trace);
      await expect(sent)
        .to.emit(court, "HashesRevealed")
        .withArgs(job, pathOf("Nodes", 0, 0, 0), toyTrace.top);
      const dispute = await court.caseOf(job);
      expect([dispute.traceRoot, dispute.nodes, dispute.assertedAt]).to.deep.equal([
        toyTrace.root,
        BigInt(NODES),
        assertedAt,
      ]);
      expect(await court.turnOf(id)).to.deep.equal([Side.Challenger, assertedAt + BigInt(COURT.challengerClock)]);
    });

    it("may be done by a delegate", async () => {
      const { delegate, coldKeys, worker, workers } = world;
      await workers.connect(coldKeys[0]).setDelegate(worker, delegate, true);
      await court.connect(delegate).assertTrace(job, toyTrace.top, toyTrace.shown.head);
      expect((await court.caseOf(job)).traceRoot).to.equal(toyTrace.root);
    });

    it("is refused to others, twice, late, of another program, and of what is not disputed", async () => {
      const { head } = toyTrace.shown;
      const { worker } = world;
      await refused(
        court,
        court.connect(challenger).assertTrace(job, toyTrace.top, head),
        "NotWorker",
        worker.address,
        challenger.address,
      );
      for (const change of [{ nodes: 20 }, { outputs: [17] }, { specVersion: 2 }, { nodesRoot: ethers.ZeroHash }]) {
        await refused(
          court,
          court.connect(worker).assertTrace(job, toyTrace.top, { ...head, ...change }),
          "WrongProgram",
        );
      }
      const [, deadline] = await court.turnOf(id);
      await refused(court, court.connect(worker).assertTrace(99, toyTrace.top, head), "WrongStage", 99n, Stage.None);
      const snapshot = await networkHelpers.takeSnapshot();
      await asserted(world, toyTrace);
      await refused(court, asserted(world, toyTrace), "TraceExists", job);
      await snapshot.restore();
      await time.setNextBlockTimestamp(deadline);
      await refused(court, asserted(world, toyTrace), "TooLate", deadline);
    });

    it("needs a whole row, and what is missing must look so", async () => {
      const path = pathOf("Nodes", 0, 0, 0);
      const { top } = toyTrace;
      for (const row of [
        [],
        [toyTrace.root],
        top.slice(1),
        [...top, ethers.ZeroHash],
        [...top.slice(0, -1), ethers.ZeroHash], // no node lies below the last one
        Trace.row(toyTrace.levels, 0, 0, 3).hashes,
        Trace.row(toyTrace.levels, 0, 0, 5).hashes,
      ]) {
        await refused(court, asserted(world, { top: row, shown: toyTrace.shown }), "DoesNotFit", path);
      }
      await asserted(world, toyTrace);
    });

    it("is silence if it does not come", async () => {
      await passTurn(world, id);
      await expect(court.timeout(id)).to.emit(court, "WorkerSilent").withArgs(id);
      await settledAfterRefutation(world);
      expect((await market.jobOf(job)).state).to.equal(State.Refuted);
    });
  });

  describe("minimumBondOf", () => {
    it("is twice the trace price and the answer allowance", async () => {
      expect(await court.minimumBondOf(job)).to.equal(2n * STAKES);
      await refused(market, court.minimumBondOf(99), "UnknownJob", 99n);
    });
  });
});
