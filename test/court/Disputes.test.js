import { expect } from "chai";

import { hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { leafHashes, tensorHash } from "../../canon/vectors/reference/commitments.js";
import { BOOL, FLOAT32 } from "../../canon/vectors/reference/dataTypes.js";
import { State, loadFixture } from "../support/marketplace.js";
import {
  BOND,
  NODE,
  RIGHT,
  Stage,
  asked,
  asserted,
  challenged,
  claimedWith,
  courthouse,
  passTurn,
  passWindow,
  pathOf,
  pathsToLeaf,
  pathsToNode,
  refused,
  revealed,
  settledAfterRefutation,
  toy,
  toyTrace,
  walked,
} from "../support/courthouse.js";
import { TracedTensor, VOID_TENSOR } from "../support/trace.js";

/** A tensor of the right trace with some bytes overwritten. */
const damaged = (node, offset, ...bytes) => toyTrace.tensors[node].overwritten(offset, ...bytes);

/** The tree's leaf hashes with another one at a place, or beyond the last. */
function withLeaf(node, place, hash) {
  const right = toyTrace.tensors[node];
  const leaves = leafHashes(right.data);
  while (leaves.length < place) leaves.push(`0x${"00".repeat(32)}`);
  leaves[place] = hash;
  return new TracedTensor({ type: right.type, count: right.count, data: right.data }, leaves);
}

const WRONG = hexOfBytes(damaged(NODE.OUTPUT, 0, 0x47).data);

describe("Disputes of a toy program, end to end", () => {
  let world, court, market, worker, challenger, job;

  /** A world with a claim, and a challenge of it with a trace. */
  async function begin(trace, claim = RIGHT) {
    world = await claimedWith(await loadFixture(courthouse), claim);
    ({ court, market, worker, job } = world);
    [challenger] = world.challengers;
    const id = await challenged(world, challenger);
    await asserted(world, trace);
    return id;
  }

  async function expectRefuted(id) {
    expect((await court.caseOf(job)).winner).to.equal(id);
    await settledAfterRefutation(world);
    expect((await court.caseOf(job)).stage).to.equal(Stage.Refuted);
    expect((await market.jobOf(job)).state).to.equal(State.Refuted);
    await court.reclaim(id);
    expect(await court.balanceOf(challenger)).to.equal(BOND);
    expect(await market.balanceOf(challenger)).to.be.above(0n);
  }

  /** Expects that what the trace has for a question about a node is no answer, and that it falls for want of one. */
  async function expectSilence(trace, node, path) {
    const id = await begin(trace);
    await asked(world, challenger, id, path, toy.opening(node));
    await refused(court, revealed(world, worker, trace, path), "DoesNotFit", path);
    await passTurn(world, id);
    await court.timeout(id);
    await expectRefuted(id);
  }

  async function expectUpheld(id) {
    await passTurn(world, id);
    await court.timeout(id);
    await passWindow(world);
    await court.settle(job);
    expect((await court.caseOf(job)).stage).to.equal(Stage.Upheld);
    await market.finalise(job);
    expect((await market.jobOf(job)).state).to.equal(State.Finalised);
  }

  describe("an element that is not what its rule gives", () => {
    for (const [where, node, element] of [
      ["in a middle node, in its first leaf", NODE.PRODUCT, 0],
      ["in a middle node, in its last leaf", NODE.RECTIFIED, 4_499],
      ["in a node of bools", NODE.POSITIVE, 4_321],
      ["in a fold", NODE.SUM, 3],
      ["in the last node", NODE.OUTPUT, 4],
    ]) {
      it(where, async () => {
        const { width } = toyTrace.tensors[node];
        const offset = element * width + width - 1;
        const trace = toyTrace.with(node, damaged(node, offset, toyTrace.tensors[node].data[offset] ^ 1));
        const id = await begin(trace);
        const leaf = Math.floor((element * width) / 1024);
        await walked(world, challenger, id, trace, node, leaf);
        await court.connect(challenger).proveStep(id, trace.stepProof(node, element));
        await expectRefuted(id);
      });
    }

    it("that is right but for its form: a negative zero", async () => {
      const place = toyTrace.tensors[NODE.RECTIFIED].data.findIndex(
        (_, offset, data) => offset % 4 === 0 && data.slice(offset, offset + 4).every((byte) => byte === 0),
      );
      const trace = toyTrace.with(NODE.RECTIFIED, damaged(NODE.RECTIFIED, place, 0x80));
      const id = await begin(trace);
      await court.connect(challenger).proveStep(id, trace.stepProof(NODE.RECTIFIED, place / 4));
      await expectRefuted(id);
    });
  });

  describe("a given tensor that is not the given one", () => {
    it("an input", async () => {
      const trace = toyTrace.with(NODE.INPUT, damaged(NODE.INPUT, 0, 0x12));
      const id = await begin(trace);
      const inputs = [toyTrace.tensors[NODE.INPUT].hash];
      await court.connect(challenger).proveStep(id, trace.stepProof(NODE.INPUT, 0, { inputs }));
      await expectRefuted(id);
    });

    it("a weight", async () => {
      const trace = toyTrace.with(NODE.WEIGHT, damaged(NODE.WEIGHT, 17_999, 0x99));
      const id = await begin(trace);
      await court.connect(challenger).proveStep(id, trace.stepProof(NODE.WEIGHT, 0));
      await expectRefuted(id);
    });
  });

  describe("a claim out of its band", () => {
    it("with a right trace", async () => {
      const id = await begin(toyTrace, WRONG);
      await court.connect(challenger).proveOutput(id, 0, 0, toyTrace.outputProof(0, 0, WRONG));
      await expectRefuted(id);
    });

    it("with an output of another type in the trace", async () => {
      const { count, data } = toyTrace.tensors[NODE.OUTPUT];
      const other = new TracedTensor({ type: BOOL, count, data: data.slice(0, count) });
      const trace = toyTrace.with(NODE.OUTPUT, other);
      const id = await begin(trace);
      await court.connect(challenger).proveOutput(id, 0, 0, trace.outputProof(0, 0, RIGHT));
      await expectRefuted(id);
    });
  });

  describe("void and not void", () => {
    it("the void tensor where elements are computed", async () => {
      const trace = toyTrace.with(NODE.SUM, VOID_TENSOR);
      const id = await begin(trace);
      for (const path of pathsToNode(NODE.SUM, trace.depth)) {
        await asked(world, challenger, id, path);
        await revealed(world, worker, trace, path);
      }
      const path = pathOf("Leaves", NODE.SUM, 0, 0);
      await asked(world, challenger, id, path, toy.opening(NODE.SUM));
      await expect(revealed(world, worker, trace, path))
        .to.emit(court, "VoidRevealed")
        .withArgs(job, path);
      await court.connect(challenger).proveStep(id, trace.stepProof(NODE.SUM, 0));
      await expectRefuted(id);
    });

    it("another count than the node's", async () => {
      const { type, data } = toyTrace.tensors[NODE.SUM];
      const trace = toyTrace.with(NODE.SUM, new TracedTensor({ type, count: 4, data: data.slice(0, 16) }));
      const id = await begin(trace);
      await court.connect(challenger).proveStep(id, trace.stepProof(NODE.SUM, 0));
      await expectRefuted(id);
    });
  });

  describe("a tree that is not well formed loses by silence", () => {
    it("bytes beyond the last element", async () => {
      const { type, count, data } = toyTrace.tensors[NODE.RECTIFIED];
      const tensor = new TracedTensor({ type, count, data: Uint8Array.from([...data, 1]) });
      const trace = toyTrace.with(NODE.RECTIFIED, tensor);
      const id = await begin(trace);
      const paths = [...pathsToNode(NODE.RECTIFIED, trace.depth), ...pathsToLeaf(NODE.RECTIFIED, 17, tensor.depth)];
      for (const path of paths.slice(0, -1)) {
        await asked(world, challenger, id, path, toy.opening(NODE.RECTIFIED));
        await revealed(world, worker, trace, path);
      }
      await asked(world, challenger, id, paths.at(-1));
      await refused(court, revealed(world, worker, trace, paths.at(-1)), "DoesNotFit", paths.at(-1));
      await passTurn(world, id);
      await expect(court.timeout(id)).to.emit(court, "WorkerSilent").withArgs(id);
      await expectRefuted(id);
    });

    it("a leaf beyond the last", async () => {
      const trace = toyTrace.with(NODE.RECTIFIED, withLeaf(NODE.RECTIFIED, 18, leafHashes(new Uint8Array(1))[0]));
      await expectSilence(trace, NODE.RECTIFIED, pathOf("Leaves", NODE.RECTIFIED, 0, 0));
    });

    it("a bool that is 2", async () => {
      const trace = toyTrace.with(NODE.POSITIVE, damaged(NODE.POSITIVE, 1_024, 2));
      await expectSilence(trace, NODE.POSITIVE, pathOf("Leaves", NODE.POSITIVE, 3, 1));
    });

    it("a root with nothing behind it", async () => {
      const [, ...top] = toyTrace.top;
      const trace = { top: [`0x${"ab".repeat(32)}`, ...top], shown: toyTrace.shown };
      const id = await begin(trace);
      const path = pathOf("Nodes", 0, 4, 0);
      await asked(world, challenger, id, path);
      await refused(court, revealed(world, worker, toyTrace, path), "DoesNotFit", path);
      const proof = toyTrace.stepProof(NODE.SUM, 0);
      await refused(court, court.connect(challenger).proveStep(id, proof), "TraceNotOpened");
      await passTurn(world, id);
      await court.timeout(id);
      await expectRefuted(id);
    });

    it("a hash that is no tensor's of the node's type", async () => {
      const { type, count, data } = toyTrace.tensors[NODE.SUM];
      const other = new TracedTensor({ type, count, data });
      other.hash = tensorHash({ type: FLOAT32, count: 6, root: other.root });
      const trace = toyTrace.with(NODE.SUM, other);
      await expectSilence(trace, NODE.SUM, pathOf("Leaves", NODE.SUM, 0, 0));
    });
  });

  describe("a right claim with a right trace", () => {
    it("is not refuted by any proof", async () => {
      const id = await begin(toyTrace);
      await walked(world, challenger, id, toyTrace, NODE.RECTIFIED, 7);
      const prover = court.connect(challenger);
      for (let node = 0; node <= NODE.OUTPUT; node++) {
        const inputs = [toyTrace.tensors[NODE.INPUT].hash];
        const proof = toyTrace.stepProof(node, 2, { inputs });
        await refused(court, prover.proveStep(id, proof), "NoDifference");
      }
      for (let element = 0; element < 5; element++) {
        await refused(
          court,
          prover.proveOutput(id, 0, element, toyTrace.outputProof(0, element, RIGHT)),
          "NoDifference",
        );
      }
      await expectUpheld(id);
    });
  });
});
