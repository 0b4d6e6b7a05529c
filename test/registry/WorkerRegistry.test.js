import { expect } from "chai";

import { randomWords } from "../../canon/vectors/cases/random.js";
import {
  deployed,
  enrol,
  ethers,
  loadFixture,
  marketplace,
  offer,
  parseEther,
  PRICE,
  settings,
  STAKE,
  time,
  versionContent,
  ZeroAddress,
  ZeroHash,
} from "../support/marketplace.js";
import { publish } from "../support/programs.js";

const SEED = 0xa77e;

const { minimumStake, unbondingDelay, cooldown } = settings.workers;

describe("WorkerRegistry", () => {
  let world, workers, hot, cold, stranger, delegate;

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(workers, error)
      .withArgs(...values);

  beforeEach(async () => {
    world = await loadFixture(deployed);
    ({ workers, stranger, delegate } = world);
    [hot] = world.hotKeys;
    [cold] = world.coldKeys;
  });

  describe("construction", () => {
    const construct = (changes = {}) => {
      const { target: token } = world.token;
      const { target: models } = world.models;
      const values = { token, market: stranger.address, models, minimumStake, cooldown, unbondingDelay };
      return ethers.deployContract("WorkerRegistry", Object.values({ ...values, ...changes }));
    };

    it("refuses zeros and an unbonding delay below the cooldown", async () => {
      await expect(construct({ token: ZeroAddress })).to.be.revertedWithCustomError(workers, "ZeroAddress");
      await expect(construct({ market: ZeroAddress })).to.be.revertedWithCustomError(workers, "ZeroAddress");
      await expect(construct({ models: ZeroAddress })).to.be.revertedWithCustomError(workers, "ZeroAddress");
      await expect(construct({ minimumStake: 0 })).to.be.revertedWithCustomError(workers, "ZeroAmount");
      await refused(construct({ cooldown: 0 }), "InvalidDelays", 0n, unbondingDelay);
      await refused(construct({ unbondingDelay: cooldown - 1 }), "InvalidDelays", cooldown, cooldown - 1);
    });

    it("tells what it was given", async () => {
      expect(await workers.MARKET()).to.equal(world.market.target);
      expect(await workers.MODELS()).to.equal(world.models.target);
      expect(await workers.TOKEN()).to.equal(world.token.target);
      expect(await workers.MINIMUM_STAKE()).to.equal(minimumStake);
      expect(await workers.UNBONDING_DELAY()).to.equal(unbondingDelay);
      expect(await workers.cooldown()).to.equal(cooldown);
    });
  });

  describe("register", () => {
    it("keeps the cold address", async () => {
      await expect(workers.connect(hot).register(cold))
        .to.emit(workers, "WorkerRegistered")
        .withArgs(hot.address, cold.address);
      expect(await workers.workerOf(hot)).to.deep.equal([cold.address, 0n, 0n, 0n, 0n, 0n]);
      expect(await workers.payeeOf(hot)).to.equal(cold.address);
      expect(await workers.payeeOf(stranger)).to.equal(stranger.address);
    });

    it("refuses a second time and a cold address of zero", async () => {
      await expect(workers.connect(hot).register(ZeroAddress)).to.be.revertedWithCustomError(workers, "ZeroAddress");
      await workers.connect(hot).register(cold);
      await refused(workers.connect(hot).register(cold), "AlreadyRegistered", hot.address);
    });

    it("leaves others unknown", async () => {
      await refused(workers.workerOf(hot), "UnknownWorker", hot.address);
    });
  });

  describe("the cold address", () => {
    beforeEach(() => workers.connect(hot).register(cold));

    it("alone replaces itself", async () => {
      await expect(workers.connect(cold).setWithdrawalAddress(hot, stranger))
        .to.emit(workers, "WithdrawalAddressChanged")
        .withArgs(hot.address, stranger.address);
      for (const account of [cold, hot]) {
        await refused(
          workers.connect(account).setWithdrawalAddress(hot, cold),
          "NotWithdrawalAddress",
          hot.address,
          account.address,
        );
      }
      await expect(workers.connect(stranger).setWithdrawalAddress(hot, ZeroAddress)).to.be.revertedWithCustomError(
        workers,
        "ZeroAddress",
      );
    });

    it("alone sets delegates", async () => {
      await expect(workers.connect(cold).setDelegate(hot, delegate, true))
        .to.emit(workers, "DelegateSet")
        .withArgs(hot.address, delegate.address, true);
      expect(await workers.actsFor(hot, delegate)).to.equal(true);
      expect(await workers.actsFor(hot, hot)).to.equal(true);
      expect(await workers.actsFor(hot, stranger)).to.equal(false);
      await workers.connect(cold).setDelegate(hot, delegate, false);
      expect(await workers.actsFor(hot, delegate)).to.equal(false);
      await refused(
        workers.connect(hot).setDelegate(hot, delegate, true),
        "NotWithdrawalAddress",
        hot.address,
        hot.address,
      );
      await expect(workers.connect(cold).setDelegate(hot, ZeroAddress, true)).to.be.revertedWithCustomError(
        workers,
        "ZeroAddress",
      );
    });

    it("does not exist for an unknown worker", async () => {
      await refused(workers.setWithdrawalAddress(stranger, cold), "UnknownWorker", stranger.address);
      await refused(workers.setDelegate(stranger, cold, true), "UnknownWorker", stranger.address);
    });
  });

  describe("stake", () => {
    it("comes from whoever pays", async () => {
      await workers.connect(hot).register(cold);
      await expect(workers.connect(stranger).stake(hot, 5n))
        .to.emit(workers, "Staked")
        .withArgs(hot.address, stranger.address, 5n);
      expect(await workers.freeStakeOf(hot)).to.equal(5n);
      expect(await world.token.balanceOf(workers)).to.equal(5n);
    });

    it("refuses nothing, an unknown worker, and what isn't approved", async () => {
      await refused(workers.connect(cold).stake(hot, 1n), "UnknownWorker", hot.address);
      await workers.connect(hot).register(cold);
      await expect(workers.connect(cold).stake(hot, 0n)).to.be.revertedWithCustomError(workers, "ZeroAmount");
      await expect(workers.connect(hot).stake(hot, 1n)).to.be.revertedWithCustomError(
        world.token,
        "ERC20InsufficientAllowance",
      );
    });
  });

  describe("unbonding", () => {
    beforeEach(() => enrol(world, 0));

    it("returns stake to the cold address after the delay, by anyone's call", async () => {
      await workers.connect(hot).startUnbonding(hot, STAKE);
      const { unbondedAt } = await workers.workerOf(hot);
      expect(unbondedAt).to.equal((await time.latest()) + unbondingDelay);
      await refused(workers.withdrawStake(hot), "NotUnbonded", hot.address, unbondedAt);
      await time.increaseTo(unbondedAt);
      await expect(workers.connect(stranger).withdrawStake(hot))
        .to.emit(workers, "StakeWithdrawn")
        .withArgs(hot.address, cold.address, STAKE);
      expect(await world.token.balanceOf(workers)).to.equal(0n);
      await refused(workers.withdrawStake(hot), "NotUnbonded", hot.address, 0n);
    });

    it("restarts the delay when more is added", async () => {
      await workers.connect(cold).startUnbonding(hot, 1n);
      await time.increase(unbondingDelay - 10);
      await workers.connect(cold).startUnbonding(hot, 2n);
      const { unbonding, unbondedAt } = await workers.workerOf(hot);
      expect(unbonding).to.equal(3n);
      expect(unbondedAt).to.equal((await time.latest()) + unbondingDelay);
    });

    it("can be cancelled", async () => {
      await workers.connect(hot).startUnbonding(hot, 7n);
      await expect(workers.connect(cold).cancelUnbonding(hot))
        .to.emit(workers, "UnbondingCancelled")
        .withArgs(hot.address, 7n);
      expect(await workers.freeStakeOf(hot)).to.equal(STAKE);
      await refused(workers.connect(cold).cancelUnbonding(hot), "NotUnbonded", hot.address, 0n);
    });

    it("is only the worker's and its cold address's", async () => {
      await refused(workers.connect(stranger).startUnbonding(hot, 1n), "NotWorker", hot.address, stranger.address);
      await refused(workers.connect(stranger).cancelUnbonding(hot), "NotWorker", hot.address, stranger.address);
      await refused(workers.startUnbonding(stranger, 1n), "UnknownWorker", stranger.address);
      await refused(workers.cancelUnbonding(stranger), "UnknownWorker", stranger.address);
      await refused(workers.withdrawStake(stranger), "UnknownWorker", stranger.address);
    });

    it("takes free stake only, and more than nothing", async () => {
      await refused(
        workers.connect(hot).startUnbonding(hot, STAKE + 1n),
        "InsufficientFreeStake",
        hot.address,
        STAKE,
        STAKE + 1n,
      );
      await expect(workers.connect(hot).startUnbonding(hot, 0n)).to.be.revertedWithCustomError(workers, "ZeroAmount");
    });

    it("leaves the minimum while offers are open", async () => {
      await offer(world, 0);
      await workers.connect(hot).startUnbonding(hot, STAKE - minimumStake);
      await refused(workers.connect(hot).startUnbonding(hot, 1n), "OffersOpen", hot.address, 1n);
      await workers.connect(hot).closeOffer(hot, 1);
      await workers.connect(hot).startUnbonding(hot, minimumStake);
    });
  });

  describe("openOffer", () => {
    beforeEach(() => enrol(world, 0));

    it("tells what is offered", async () => {
      await expect(workers.connect(hot).openOffer(hot, 1, PRICE, STAKE))
        .to.emit(workers, "OfferOpened")
        .withArgs(1n, hot.address, 0n, PRICE, STAKE);
      const since = BigInt(await time.latest());
      expect(await workers.offerOf(1, hot)).to.deep.equal([hot.address, PRICE, STAKE, since, 0n]);
      expect(await workers.offerAt(1, 0)).to.deep.equal([hot.address, PRICE, STAKE, since, 0n]);
      expect(await workers.positionsOf(1)).to.equal(1n);
      expect((await workers.workerOf(hot)).offers).to.equal(1n);
    });

    it("refuses too little stake", async () => {
      await enrol(world, 1, minimumStake - 1n);
      const [, poor] = world.hotKeys;
      await refused(
        workers.connect(poor).openOffer(poor, 1, PRICE, STAKE),
        "StakeTooLow",
        poor.address,
        minimumStake - 1n,
        minimumStake,
      );
    });

    it("refuses a worker whose stake unbonds", async () => {
      await workers.connect(hot).startUnbonding(hot, 1n);
      await refused(workers.connect(hot).openOffer(hot, 1, PRICE, STAKE), "StakeUnbonding", hot.address, 1n);
      await workers.connect(hot).cancelUnbonding(hot);
      await workers.connect(hot).openOffer(hot, 1, PRICE, STAKE);
    });

    it("refuses a second offer for the version", async () => {
      await offer(world, 0);
      await refused(workers.connect(hot).openOffer(hot, 1, PRICE, STAKE), "OfferExists", 1n, hot.address);
      await offer(world, 0, { version: 2 });
    });

    it("is the worker's and its delegates'", async () => {
      await refused(
        workers.connect(delegate).openOffer(hot, 1, PRICE, STAKE),
        "NotWorker",
        hot.address,
        delegate.address,
      );
      await workers.connect(cold).setDelegate(hot, delegate, true);
      await workers.connect(delegate).openOffer(hot, 1, PRICE, STAKE);
      await refused(workers.connect(stranger).openOffer(stranger, 1, 0, 0), "UnknownWorker", stranger.address);
    });
  });

  describe("reprice and closeOffer", () => {
    beforeEach(async () => {
      world = await loadFixture(marketplace);
      ({ workers } = world);
      [hot, cold, stranger, delegate] = [world.hotKeys[0], world.coldKeys[0], world.stranger, world.delegate];
    });

    it("change what is offered later", async () => {
      await expect(workers.connect(hot).reprice(hot, 1, 9n, 8n))
        .to.emit(workers, "OfferRepriced")
        .withArgs(1n, hot.address, 9n, 8n);
      expect((await workers.offerOf(1, hot)).price).to.equal(9n);
      await expect(workers.connect(hot).closeOffer(hot, 1)).to.emit(workers, "OfferClosed").withArgs(1n, hot.address);
      await refused(workers.offerOf(1, hot), "NoOffer", 1n, hot.address);
      expect((await workers.workerOf(hot)).offers).to.equal(0n);
    });

    it("need an open offer", async () => {
      await refused(workers.connect(hot).reprice(hot, 2, 9n, 8n), "NoOffer", 2n, hot.address);
      await refused(workers.connect(hot).closeOffer(hot, 2), "NoOffer", 2n, hot.address);
      await workers.connect(hot).closeOffer(hot, 1);
      await refused(workers.connect(hot).closeOffer(hot, 1), "NoOffer", 1n, hot.address);
      await refused(workers.priceOf(1, hot, 0), "NoOffer", 1n, hot.address);
    });

    it("are the worker's and its delegates'", async () => {
      const notWorker = [hot.address, delegate.address];
      await refused(workers.connect(delegate).reprice(hot, 1, 9n, 8n), "NotWorker", ...notWorker);
      await refused(workers.connect(delegate).closeOffer(hot, 1), "NotWorker", ...notWorker);
      await refused(workers.closeOffer(stranger, 1), "UnknownWorker", stranger.address);
      await refused(workers.reprice(stranger, 1, 1n, 1n), "UnknownWorker", stranger.address);
    });

    it("reprice once in the cooldown", async () => {
      await workers.connect(hot).reprice(hot, 1, 9n, STAKE);
      const allowedAt = BigInt(await time.latest()) + 1n + BigInt(cooldown);
      await refused(workers.connect(hot).reprice(hot, 1, 8n, STAKE), "RepricedTooSoon", 1n, hot.address, allowedAt);
      await time.increaseTo(allowedAt);
      await workers.connect(hot).reprice(hot, 1, 8n, STAKE);
    });

    it("open again at the same place, once in the cooldown", async () => {
      await workers.connect(hot).closeOffer(hot, 1);
      await offer(world, 0, { price: 5n });
      expect(await workers.positionsOf(1)).to.equal(1n);
      await workers.connect(hot).closeOffer(hot, 1);
      await expect(offer(world, 0)).to.be.revertedWithCustomError(workers, "RepricedTooSoon");
      await time.increase(cooldown + 1);
      await offer(world, 0);
      expect(await workers.positionsOf(1)).to.equal(1n);
    });
  });

  describe("attest", () => {
    const ROOT = versionContent().bindings[0].programRoot;
    const attest = (account, worker = account, { version = 1, binding = 0, root = ROOT } = {}) =>
      workers.connect(account).attest(worker, version, binding, root);

    beforeEach(async () => {
      await enrol(world, 0, minimumStake);
    });

    it("tells that a staked worker got the registered root", async () => {
      expect(await workers.attestationsOf(1, 0)).to.equal(0n);
      expect(await workers.hasAttested(1, 0, hot)).to.equal(false);
      await expect(attest(hot)).to.emit(workers, "ProgramAttested").withArgs(1n, hot.address, 0n, ROOT);
      expect(await workers.attestationsOf(1, 0)).to.equal(1n);
      expect(await workers.hasAttested(1, 0, hot)).to.equal(true);
    });

    it("is the worker's or a delegate's", async () => {
      await refused(attest(stranger, hot), "NotWorker", hot.address, stranger.address);
      await refused(attest(cold, hot), "NotWorker", hot.address, cold.address);
      await refused(attest(stranger), "UnknownWorker", stranger.address);
      await workers.connect(cold).setDelegate(hot, delegate, true);
      await expect(attest(delegate, hot)).to.emit(workers, "ProgramAttested").withArgs(1n, hot.address, 0n, ROOT);
    });

    it("needs the minimum stake, without what unbonds", async () => {
      await workers.connect(hot).startUnbonding(hot, 1n);
      await refused(attest(hot), "StakeTooLow", hot.address, BigInt(minimumStake) - 1n, minimumStake);
      await workers.connect(hot).cancelUnbonding(hot);
      await attest(hot);
    });

    it("is done once for each binding", async () => {
      await attest(hot);
      await refused(attest(hot), "AlreadyAttested", 1n, 0n, hot.address);
      await publish(world.models.connect(world.owner), versionContent());
      await attest(hot, hot, { version: 2 });
      expect(await workers.attestationsOf(2, 0)).to.equal(1n);
    });

    it("of another root is refused, naming both", async () => {
      const root = ethers.id("another program");
      await refused(attest(hot, hot, { root }), "AttestedRootDiffers", 1n, 0n, root, ROOT);
      await refused(attest(hot, hot, { root: ZeroHash }), "AttestedRootDiffers", 1n, 0n, ZeroHash, ROOT);
    });

    it("needs a binding with a program", async () => {
      const [binding] = versionContent().bindings;
      const bindings = [binding, { ...binding, programRoot: ZeroHash }];
      await publish(world.models.connect(world.owner), versionContent({ bindings }));
      await refused(attest(hot, hot, { version: 2, binding: 1, root: ZeroHash }), "NoProgram", 2n, 1n);
      for (const [version, binding, error, ...values] of [
        [3, 0, "UnknownVersion", 3n],
        [2, 2, "UnknownBinding", 2n, 2n],
      ]) {
        await expect(attest(hot, hot, { version, binding }))
          .to.be.revertedWithCustomError(world.models, error)
          .withArgs(...values);
      }
    });

    it("stays when the stake goes", async () => {
      await attest(hot);
      await workers.connect(hot).startUnbonding(hot, minimumStake);
      expect(await workers.attestationsOf(1, 0)).to.equal(1n);
    });

    it(`is counted, whatever workers do (seed ${SEED})`, async () => {
      await enrol(world, 1);
      await enrol(world, 2);
      const { bindings } = versionContent();
      await publish(world.models.connect(world.owner), versionContent({ bindings: [...bindings, ...bindings] }));
      const next = randomWords(SEED);
      const attested = new Set();
      for (let round = 0; round < 60; round++) {
        const worker = world.hotKeys[next() % 3];
        const [version, binding] = [
          [1, 0],
          [2, 0],
          [2, 1],
        ][next() % 3];
        const root = next() % 4 === 0 ? ethers.id("another program") : ROOT;
        const key = `${version} ${binding} ${worker.address}`;
        const call = attest(worker, worker, { version, binding, root });
        if (root === ROOT && !attested.has(key)) {
          await call;
          attested.add(key);
        } else {
          await expect(call).to.be.revert(ethers);
        }
        const count = [...attested].filter((entry) => entry.startsWith(`${version} ${binding} `)).length;
        expect(await workers.attestationsOf(version, binding)).to.equal(BigInt(count));
        expect(await workers.hasAttested(version, binding, worker)).to.equal(attested.has(key));
      }
      expect(attested.size).to.equal(9);
    });
  });

  describe("what only the market may do", () => {
    it("is refused to everybody else", async () => {
      for (const account of [hot, stranger, world.court]) {
        const connected = workers.connect(account);
        for (const call of [
          () => connected.lock(hot, 0n),
          () => connected.unlock(hot, 0n),
          () => connected.penalise(hot, 0n),
          () => connected.slash(hot, 0n),
        ]) {
          await refused(call(), "NotMarket", account.address);
        }
      }
    });
  });

  describe("bonds and penalties", () => {
    let registry, market;

    beforeEach(async () => {
      // An account in the market's place.
      market = stranger;
      registry = await ethers.deployContract("WorkerRegistry", [
        world.token.target,
        market.address,
        world.models.target,
        minimumStake,
        cooldown,
        unbondingDelay,
      ]);
      await registry.connect(hot).register(cold);
      await world.token.connect(cold).approve(registry, STAKE);
      await registry.connect(cold).stake(hot, STAKE);
      registry = registry.connect(market);
    });

    const parts = async () => {
      const { staked, locked, unbonding } = await registry.workerOf(hot);
      return { staked, locked, unbonding, free: await registry.freeStakeOf(hot) };
    };

    it("lock free stake, and give it back", async () => {
      await registry.lock(hot, STAKE);
      expect(await parts()).to.deep.equal({ staked: STAKE, locked: STAKE, unbonding: 0n, free: 0n });
      await expect(registry.lock(hot, 1n))
        .to.be.revertedWithCustomError(registry, "InsufficientFreeStake")
        .withArgs(hot.address, 0n, 1n);
      await registry.unlock(hot, STAKE);
      expect(await parts()).to.deep.equal({ staked: STAKE, locked: 0n, unbonding: 0n, free: STAKE });
    });

    it("burn free stake first, then what unbonds, never what is locked", async () => {
      await registry.lock(hot, 10n);
      await registry.connect(hot).startUnbonding(hot, 20n);
      const supply = await world.token.totalSupply();
      await expect(registry.penalise(hot, STAKE - 25n))
        .to.emit(registry, "StakePenalised")
        .withArgs(hot.address, STAKE - 25n);
      expect(await parts()).to.deep.equal({ staked: 25n, locked: 10n, unbonding: 15n, free: 0n });
      await expect(registry.penalise(hot, STAKE)).to.emit(registry, "StakePenalised").withArgs(hot.address, 15n);
      expect(await parts()).to.deep.equal({ staked: 10n, locked: 10n, unbonding: 0n, free: 0n });
      expect(await world.token.totalSupply()).to.equal(supply - STAKE + 10n);
    });

    it("hand a slashed bond to the market", async () => {
      await registry.lock(hot, 10n);
      await expect(registry.slash(hot, 10n)).to.emit(registry, "StakeSlashed").withArgs(hot.address, 10n);
      expect(await parts()).to.deep.equal({ staked: STAKE - 10n, locked: 0n, unbonding: 0n, free: STAKE - 10n });
      expect(await world.token.balanceOf(registry)).to.equal(STAKE - 10n);
    });

    it("let anyone close the offer of a worker without stake", async () => {
      await registry.connect(hot).openOffer(hot, 1, PRICE, STAKE);
      await expect(registry.connect(delegate).closeOffer(hot, 1))
        .to.be.revertedWithCustomError(registry, "NotWorker")
        .withArgs(hot.address, delegate.address);
      await registry.penalise(hot, STAKE - minimumStake + 1n);
      await registry.connect(delegate).closeOffer(hot, 1);
      expect((await registry.workerOf(hot)).offers).to.equal(0n);
    });

    it("keep penalised stake from offering", async () => {
      await registry.penalise(hot, STAKE - parseEther("1"));
      await expect(registry.connect(hot).openOffer(hot, 1, PRICE, STAKE))
        .to.be.revertedWithCustomError(registry, "StakeTooLow")
        .withArgs(hot.address, parseEther("1"), minimumStake);
    });
  });
});
