import { expect } from "chai";
import { concat, getBytes } from "ethers";

import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import {
  OUTPUTS,
  PRICE,
  State,
  claimed,
  drawnFor,
  ethers,
  loadFixture,
  marketplace,
  mine,
  offer,
  passPhase,
  requested,
  settings,
  totalOf,
  versionWith,
  wanted,
} from "../support/marketplace.js";
import { publish } from "../support/programs.js";
import { FLOAT32, UINT8, tensor, typeOf } from "../support/tensors.js";

const RECORD = 0; // HostileConsumer's first behaviour

describe("InferenceMarket: outputs by reference", () => {
  let world, market, job, worker;

  const kinds = [typeOf(FLOAT32, 1, 4420, 2), typeOf(UINT8, 70_000)];
  const roots = ["boxes", "scores"].map((name) => ethers.id(name));
  const outputs = kinds.map((kind, output) => ({ kind, data: roots[output] }));
  const cids = [`0x01551220${"aa".repeat(32)}`, `0x${"02".repeat(64)}`];
  const asTuples = (tensors) => tensors.map(({ kind, data }) => [kind, data]);

  const refused = (call, error, ...values) =>
    expect(call)
      .to.be.revertedWithCustomError(market, error)
      .withArgs(...values);

  const asked = (changes = {}) => requested(world, { version: 2, outputsByReference: true, ...changes });
  const claim = (given = outputs, where = cids) => market.connect(worker).claim(job, worker, given, where);

  async function twoLargeOutputs() {
    const world = await marketplace();
    await publish(world.models.connect(world.owner), versionWith([typeOf(FLOAT32, 1)], kinds));
    await offer(world, 0, { version: 2 });
    return world;
  }

  beforeEach(async () => {
    world = await loadFixture(twoLargeOutputs);
    ({ market } = world);
  });

  it("are the requester's choice: inline such a model can't be asked", async () => {
    await refused(asked({ outputsByReference: false }), "OutputTooLarge", 4 * 8840 + 70_000, 24_000);
    job = await asked();
    expect((await market.jobOf(job)).outputsByReference).to.equal(true);
    expect((await market.jobOf(await requested(world))).outputsByReference).to.equal(false);
  });

  describe("a claim", () => {
    beforeEach(async () => {
      job = await asked();
      worker = await drawnFor(world, job);
    });

    it("gives their tree roots, and tells where they lie right before it", async () => {
      const { logs } = await (await claim()).wait();
      const events = logs
        .filter(({ address }) => address === market.target)
        .map((log) => market.interface.parseLog(log));
      expect(events.map(({ name }) => name)).to.deep.equal(["JobOutputsReferenced", "JobClaimed"]);
      expect(events[0].args).to.deep.equal([job, cids]);
      expect(await market.resultOf(job)).to.deep.equal([State.Claimed, asTuples(outputs)]);
      expect(await market.outputRootOf(job, 0)).to.equal(roots[0]);
      expect(await market.outputRootOf(job, 1)).to.equal(roots[1]);
    });

    it("with data that are no root is refused", async () => {
      for (const data of ["0x", `${roots[1]}00`, "0x11"]) {
        const length = BigInt(ethers.dataLength(data));
        await refused(claim([outputs[0], { ...outputs[1], data }]), "WrongOutputLength", 1n, length, 32n);
      }
    });

    it("with outputs of another number or type is refused", async () => {
      await refused(claim([outputs[0]]), "WrongOutputCount", 1n, 2n);
      await refused(claim([outputs[1], outputs[0]]), "WrongOutputType", 0n, kinds[1], kinds[0]);
    });

    it("without a CID for each output is refused", async () => {
      await refused(claim(outputs, []), "WrongCidCount", 0n, 2n);
      await refused(claim(outputs, [cids[0]]), "WrongCidCount", 1n, 2n);
      await refused(claim(outputs, [...cids, cids[0]]), "WrongCidCount", 3n, 2n);
    });

    it("with a CID that can't be one is refused", async () => {
      await refused(claim(outputs, ["0x", cids[1]]), "InvalidOutputCid", 0n, 0n);
      await refused(claim(outputs, [cids[0], `${cids[1]}00`]), "InvalidOutputCid", 1n, 65n);
    });

    it("stands through a dispute and ends as any other", async () => {
      await claim();
      await market.connect(world.court).freeze(job);
      expect(await market.outputRootOf(job, 1)).to.equal(roots[1]);
      await market.connect(world.court).release(job);
      await market.finalise(job);
      expect(await market.resultOf(job)).to.deep.equal([State.Finalised, asTuples(outputs)]);
      expect(await market.outputRootOf(job, 0)).to.equal(roots[0]);
    });
  });

  it("may be small, too: their roots are what is kept", async () => {
    const { job } = await claimedByReference(world, [{ kind: OUTPUTS[0].kind, data: roots[0] }], { version: 1 });
    expect((await market.resultOf(job)).outputs).to.deep.equal([[OUTPUTS[0].kind, roots[0]]]);
    expect(await market.outputRootOf(job, 0)).to.equal(roots[0]);
  });

  it("reach a consumer as their roots", async () => {
    const consumer = await ethers.deployContract("HostileConsumer", [market, world.token, RECORD]);
    await world.token.transfer(consumer, totalOf(2n * PRICE));
    await consumer.request(wanted({ version: 2, outputsByReference: true, callbackGas: 300_000 }));
    job = await market.jobCount();
    await mine(2);
    worker = await drawnFor(world, job);
    await claim();
    await passPhase(world, job);
    await market.finalise(job);
    expect(await consumer.job()).to.equal(job);
    expect(await consumer.data()).to.equal(roots[0]);
  });

  describe("the tree root of an inline output", () => {
    for (const [what, inline] of Object.entries({
      "of four bytes": OUTPUTS,
      "of one leaf and one of more": [tensor(FLOAT32, [256]), tensor(UINT8, [1], 9), tensor(UINT8, [2049], 3)],
    })) {
      it(`is that of its data: ${what}`, async () => {
        const version = await publishedWith(inline);
        const { job } = await claimed(world, { version }, inline);
        for (const [output, { data }] of inline.entries()) {
          expect(await market.outputRootOf(job, output)).to.equal(treeRoot(getBytes(data)));
        }
      });
    }
  });

  it("have no CID where they are inline", async () => {
    job = await requested(world);
    worker = await drawnFor(world, job);
    await refused(claim(OUTPUTS, [cids[0]]), "WrongCidCount", 1n, 0n);
  });

  it("have no root before the claim, after a refutation, and beyond the last output", async () => {
    await refused(market.outputRootOf(99, 0), "UnknownJob", 99n);
    job = await asked();
    await refused(market.outputRootOf(job, 0), "WrongState", job, State.Requested);
    worker = await drawnFor(world, job);
    await claim();
    await refused(market.outputRootOf(job, 2), "UnknownOutput", job, 2n);
    await market.connect(world.court).freeze(job);
    await market.connect(world.court).refute(job, world.stranger);
    await refused(market.outputRootOf(job, 0), "WrongState", job, State.Refuted);
  });

  it("of sixteen tensors fit", async () => {
    const many = Array.from({ length: 16 }, (_, output) => ({
      kind: typeOf(UINT8, settings.market.outputLimit),
      data: ethers.id(`${output}`),
    }));
    const version = await publishedWith(many);
    const { job } = await claimedByReference(world, many, { version });
    const { outputs: kept } = await market.resultOf(job);
    expect(concat(kept.map(({ data }) => data))).to.equal(concat(many.map(({ data }) => data)));
  });

  function claimedByReference(world, given, changes) {
    const where = given.map(() => cids[0]);
    return claimed(world, { ...changes, outputsByReference: true }, given, where);
  }

  async function publishedWith(given) {
    const { models, owner } = world;
    const ofOutputs = given.map(({ kind }) => kind);
    await publish(models.connect(owner), versionWith([typeOf(FLOAT32, 1)], ofOutputs));
    const version = await models.versionCount();
    await offer(world, 0, { version });
    return version;
  }
});
