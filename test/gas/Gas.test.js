import { readFileSync, writeFileSync } from "node:fs";

import { expect } from "chai";

import { dotNode, inputNode, typedOperand, viewAxis, weightNode } from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { programHash } from "../../canon/vectors/reference/commitments.js";
import { FLOAT32 as FLOAT32_TYPE } from "../../canon/vectors/reference/dataTypes.js";
import {
  INPUTS,
  OUTPUTS,
  PRICE,
  STAKE,
  ZeroHash,
  claimed,
  drawnFor,
  ethers,
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
import { deployCanon } from "../support/canon.js";
import { ELEMENTS_OF_LEAF, finalMillion, shownFor } from "../examples/millionElements.js";
import { packed } from "../canon/arithmetic/elements.js";
import { vectors } from "../canon/vectors.js";
import { courtMoves, used } from "./courtMoves.js";
import { wholeDispute } from "./wholeDispute.js";
import { openingOf, publish } from "../support/programs.js";
import { FLOAT32, typeOf } from "../support/tensors.js";
import { measuredSteps } from "./canonSteps.js";

// Gas is a function of the code alone, so the numbers must be the same to the last unit. A change of them is a change to
// look at: UPDATE_GAS=1 writes the file anew, and its difference is reviewed like code.
const FILE = new URL("../../gas-snapshot.json", import.meta.url);
const UPDATE = process.env.UPDATE_GAS === "1";

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
        await publish(models.connect(world.owner), versionWith([INPUTS[0].kind], [kind]));
        await offer(world, 0, { version: 2 });
        const outputs = [{ kind, data: `0x${"3f".repeat(bytes)}` }];
        let gas;
        for (let round = 0; round < 2; round++) {
          const request = await used(market.connect(world.requester).request(wanted({ version: 2 })));
          const job = await market.jobCount();
          await mine(2);
          const worker = await drawnFor(world, job);
          const claim = await used(market.connect(worker).claim(job, worker, outputs, []));
          await passPhase(world, job);
          const finalise = await used(market.connect(world.stranger).finalise(job));
          gas = { request, claim, finalise, total: request + claim + finalise };
        }
        compare(`second job, ${bytes} B`, gas);
      });
    }
  });

  describe("ten elements of an output of a million", () => {
    for (const [what, first] of [
      ["in a leaf", 1_000],
      ["in two leaves", 2 * ELEMENTS_OF_LEAF - 5],
    ]) {
      it(`that lie ${what}`, async () => {
        const { excerpt, job, stranger } = await loadFixture(finalMillion);
        const { leaves, siblings } = shownFor(first);
        const data = excerpt.interface.encodeFunctionData("read", [job, 0, first, leaves, siblings]);
        compare(`Excerpt.read, ${what}`, await used(stranger.sendTransaction({ to: excerpt, data })));
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

    it("of the market, with an input by reference", async () => {
      const kind = typeOf(FLOAT32, 1, 3, 224, 224);
      await publish(models.connect(world.owner), versionWith([kind], [typeOf(FLOAT32)]));
      await offer(world, 0, { version: 2 });
      const references = [{ input: 0, root: ethers.id("picture"), cid: `0x01551220${"ab".repeat(32)}` }];
      const asked = wanted({ version: 2, inputs: [{ kind, data: "0x" }], references });
      await requested(world);
      compare("market.request, by reference", await used(market.connect(world.requester).request(asked)));
    });

    it("of the market, with outputs by reference", async () => {
      const kind = typeOf(FLOAT32, 1, 3, 224, 224);
      await publish(models.connect(world.owner), versionWith([INPUTS[0].kind], [kind]));
      await offer(world, 0, { version: 2 });
      const outputs = [{ kind, data: ethers.id("picture") }];
      const cids = [`0x01551220${"ab".repeat(32)}`];
      const [worker] = world.hotKeys;
      const claim = async () => {
        const job = await requested(world, { version: 2, outputsByReference: true });
        return used(market.connect(worker).claim(job, worker, outputs, cids));
      };
      await claim();
      compare("market.claim, by reference", await claim());
    });

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
      await market.connect(second).claim(job, second, OUTPUTS, []);
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
      compare("models.publish", await used(publish(owned, versionContent())));
      const undisputable = versionContent();
      undisputable.bindings = [{ ...undisputable.bindings[0], programRoot: ZeroHash }];
      compare("models.publish, no program", await used(publish(owned, undisputable)));
      const { content, opening } = imageClassifier();
      compare("models.publish, 180 nodes", await used(owned.publish(1, content, [opening])));
      compare("models.deprecate", await used(owned.deprecate(1)));
      compare("models.offerOwnership", await used(owned.offerOwnership(1, world.stranger)));
      compare("models.acceptOwnership", await used(models.connect(world.stranger).acceptOwnership(1)));
    });

    it("of the court", async () => {
      for (const [name, gas] of Object.entries(await courtMoves())) compare(`court.${name}`, gas);
    });

    it("of the court, in a dispute as large as one about a ResNet-50", async () => {
      const gas = await wholeDispute();
      compare("court.dispute, ResNet-50's dearest step", gas);
      expect(gas.total).to.be.at.most(3_000_000);
      for (const one of Object.values({ ...gas, total: 0 }).flat()) expect(one).to.be.at.most(2_000_000);
    });

    it("of the registry of workers", async () => {
      const [newcomer] = world.spare;
      const own = workers.connect(newcomer);
      const [cold] = world.coldKeys;
      compare("workers.register", await used(own.register(cold)));
      compare("workers.stake", await used(workers.connect(cold).stake(newcomer, STAKE)));
      compare("workers.setDelegate", await used(workers.connect(cold).setDelegate(newcomer, world.delegate, true)));
      compare("workers.attest", await used(own.attest(newcomer, 1, 0, await models.programRootOf(1, 0))));
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

  describe("the canon", () => {
    for (const [name, asked] of Object.entries(measuredSteps())) {
      it(`${name}: a step in a transaction of its own`, async () => {
        const { canon, steps } = await loadFixture(deployCanon);
        const [sender] = await ethers.getSigners();
        const data = canon.interface.encodeFunctionData("step", [asked]);
        compare(`canon.step, ${name}`, {
          transaction: await used(sender.sendTransaction({ to: canon, data })),
          execution: Number(await steps.gasOf(data)),
        });
      });
    }
  });

  describe("the arithmetic of the canon", () => {
    it("a DOT of 1,024 terms", async () => {
      const sums = await ethers.deployContract("ExactSumHarness");
      const terms = (first, step) => packed(Array.from({ length: 1024 }, (_, place) => first + step * place));
      const [adding, rounding] = await sums.gasOfDot(terms(0x3f800000, 7919), terms(0xbf800000, 104729));
      compare("canon.DOT, 1,024 terms", { adding: Number(adding), rounding: Number(rounding) });
    });

    it("the functions, at the dearest of the golden arguments", async () => {
      const functions = await ethers.deployContract("FunctionsHarness");
      for (const { name, code, cases } of vectors("functions.json").functions) {
        const [greatest] = await functions.gasOf(code, packed(cases.map(([x]) => x)));
        compare(`canon.${name}, at most`, Number(greatest));
      }
    });
  });
});

/** A version like that of a ResNet-50: as many nodes, an input and an output, with a last layer of 2,048 terms. */
function imageClassifier() {
  const kinds = { inputs: [typeOf(FLOAT32, 1, 3, 224, 224)], outputs: [typeOf(FLOAT32, 1, 1000)] };
  const input = inputNode(FLOAT32_TYPE, 3 * 224 * 224, 0);
  const weight = weightNode(FLOAT32_TYPE, 1000 * 2048, ethers.id("weight"));
  const bias = weightNode(FLOAT32_TYPE, 1000, ethers.id("bias"));
  const last = dotNode(
    FLOAT32_TYPE,
    [1, 1000],
    [2048],
    typedOperand(FLOAT32_TYPE, 176, [viewAxis(1, [[0, 1]]), viewAxis(2048, [[2, 1]])]),
    typedOperand(FLOAT32_TYPE, 177, [viewAxis(1000, [[1, 1]]), viewAxis(2048, [[2, 1]])]),
    typedOperand(FLOAT32_TYPE, 178, [viewAxis(1000, [[1, 1]])]),
  );
  const between = Array.from({ length: 176 }, (_, layer) => weightNode(FLOAT32_TYPE, 4096, ethers.id(`${layer}`)));
  const nodes = [input, ...between, weight, bias, last];
  const program = { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [nodes.length - 1] };
  const bindings = [{ programRoot: programHash(program), ...kinds }];
  return { content: versionContent({ bindings }), opening: openingOf(program) };
}
