import { readFileSync, writeFileSync } from "node:fs";

import { expect } from "chai";

import {
  INPUTS,
  OUTPUTS,
  PRICE,
  STAKE,
  claimed,
  drawnFor,
  loadFixture,
  marketplace,
  mine,
  offer,
  passLastDeadline,
  passPhase,
  requested,
  time,
  totalOf,
  versionContent,
  versionWith,
  wanted,
} from "../support/marketplace.js";
import { FLOAT32, typeOf } from "../support/tensors.js";

// Gas is a function of the code alone, so the numbers must be the same to the last unit. A change of them is a change to
// look at: UPDATE_GAS=1 writes the file anew, and its difference is reviewed like code.
const FILE = new URL("../../gas-snapshot.json", import.meta.url);
const UPDATE = process.env.UPDATE_GAS === "1";

const used = async (sent) => Number((await (await sent).wait()).gasUsed);

describe("Gas", () => {
  const measured = {};
  const kept = UPDATE ? {} : JSON.parse(readFileSync(FILE, "utf8"));

  const compare = (name, value) => {
    measured[name] = value;
    if (!UPDATE) expect(value, `${name} (UPDATE_GAS=1 renews the snapshot)`).to.deep.equal(kept[name]);
  };

  after(() => {
    if (UPDATE) writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`);
  });

  describe("a second job between the same parties", () => {
    for (const bytes of [4, 1024, 8192]) {
      it(`with an output of ${bytes} bytes`, async () => {
        const world = await loadFixture(marketplace);
        const { market, models } = world;
        const kind = typeOf(FLOAT32, bytes / 4);
        await models.connect(world.owner).publish(1, versionWith([INPUTS[0].kind], [kind]));
        await offer(world, 0, { version: 2 });
        const outputs = [{ kind, data: `0x${"3f".repeat(bytes)}` }];
        let gas;
        for (let round = 0; round < 2; round++) {
          const request = await used(market.connect(world.requester).request(wanted({ version: 2 })));
          const job = await market.jobCount();
          await mine(2);
          const worker = await drawnFor(world, job);
          const claim = await used(market.connect(worker).claim(job, worker, outputs));
          await passPhase(world, job);
          const finalise = await used(market.connect(world.stranger).finalise(job));
          gas = { request, claim, finalise, total: request + claim + finalise };
        }
        compare(`second job, ${bytes} B`, gas);
      });
    }
  });

  describe("entry points", () => {
    let world, market, workers, models;

    beforeEach(async () => {
      world = await loadFixture(marketplace);
      ({ market, workers, models } = world);
    });

    // One offer stands at each request, so that the draw has one outcome and one price in gas.

    it("of the market, when a worker declines", async () => {
      const [first, second] = world.hotKeys;
      const job = await requested(world);
      await offer(world, 1);
      compare("market.decline", await used(market.connect(first).decline(job, first)));
      compare("market.lease, declined", await used(market.connect(second).lease(job, second)));
      await passLastDeadline(world, job);
      compare("market.expire", await used(market.expire(job)));
      compare("market.withdraw", await used(market.withdraw(world.requester)));
    });

    it("of the market, when a worker is late", async () => {
      const [, second] = world.hotKeys;
      const job = await requested(world);
      await offer(world, 1);
      await passPhase(world, job);
      compare("market.lease, late", await used(market.connect(second).lease(job, second)));
      await market.connect(second).claim(job, second, OUTPUTS);
      compare("market.freeze", await used(market.connect(world.court).freeze(job)));
      compare("market.release", await used(market.connect(world.court).release(job)));
    });

    it("of the market, when jobs end", async () => {
      const { job } = await claimed(world);
      await market.connect(world.court).freeze(job);
      compare("market.refute", await used(market.connect(world.court).refute(job, world.stranger)));
      const jobs = [];
      for (let i = 0; i < 4; i++) jobs.push((await claimed(world)).job);
      await time.increase(60);
      compare("market.finaliseMany, 4 jobs", await used(market.finaliseMany(jobs)));
    });

    it("of the registry of models", async () => {
      const owned = models.connect(world.owner);
      compare("models.createModel", await used(owned.createModel("Another model")));
      compare("models.publish", await used(owned.publish(1, versionContent())));
      compare("models.deprecate", await used(owned.deprecate(1)));
      compare("models.offerOwnership", await used(owned.offerOwnership(1, world.stranger)));
      compare("models.acceptOwnership", await used(models.connect(world.stranger).acceptOwnership(1)));
    });

    it("of the registry of workers", async () => {
      const [newcomer] = world.spare;
      const own = workers.connect(newcomer);
      const [cold] = world.coldKeys;
      compare("workers.register", await used(own.register(cold)));
      compare("workers.stake", await used(workers.connect(cold).stake(newcomer, STAKE)));
      compare("workers.setDelegate", await used(workers.connect(cold).setDelegate(newcomer, world.delegate, true)));
      compare("workers.openOffer", await used(own.openOffer(newcomer, 1, PRICE, STAKE)));
      compare("workers.reprice", await used(own.reprice(newcomer, 1, totalOf(PRICE), STAKE)));
      compare("workers.closeOffer", await used(own.closeOffer(newcomer, 1)));
      compare("workers.startUnbonding", await used(own.startUnbonding(newcomer, STAKE)));
      compare("workers.cancelUnbonding", await used(own.cancelUnbonding(newcomer)));
      await own.startUnbonding(newcomer, STAKE);
      await time.increase(await workers.UNBONDING_DELAY());
      compare("workers.withdrawStake", await used(own.withdrawStake(newcomer)));
      compare(
        "workers.setWithdrawalAddress",
        await used(workers.connect(cold).setWithdrawalAddress(newcomer, world.stranger)),
      );
    });
  });
});
