import { expect } from "chai";

import {
  claimNode,
  constant,
  inputNode,
  mapNode,
  operand,
  primitive,
  slot,
  weightNode,
} from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { BOOL, FLOAT32, INT64 } from "../../canon/vectors/reference/dataTypes.js";
import { tensorOf } from "../../canon/vectors/reference/evaluation.js";
import { ethers, loadFixture, networkHelpers, time } from "../support/marketplace.js";
import {
  NODE,
  RIGHT,
  asked,
  asserted,
  challenged,
  claimedWith,
  courthouse,
  pathOf,
  refused,
  revealed,
  rightlyAsserted,
  rightlyClaimed,
  scalarClaimed,
  settledAfterRefutation,
  toy,
  toyTrace,
  unreliablyAsserted,
} from "../support/courthouse.js";
import { Shown, Trace, TracedTensor, VOID_TENSOR } from "../support/trace.js";

const ONE = "0x3f800000";
const TOP = pathOf("Nodes", 0, 4, 0);

describe("Court: proofs", () => {
  describe("of a right trace", () => {
    let world, court, job, challenger, stranger, id, prover;

    beforeEach(async () => {
      world = await loadFixture(rightlyAsserted);
      ({ court, job, challenger, id } = world);
      stranger = world.spare.at(-1);
      prover = court.connect(challenger);
    });

    const step = (changes = {}) => ({ ...toyTrace.stepProof(NODE.PRODUCT, 7), ...changes });

    it("are refused to others, before there is a trace, and of what is not open", async () => {
      const output = toyTrace.outputProof(0, 0, RIGHT);
      const local = { ...world, ...(await claimedWith(world)) };
      const second = await challenged(local, challenger);
      for (const call of [
        (to, which) => to.proveStep(which, step()),
        (to, which) => to.proveMore(which, step(), 1),
        (to, which) => to.proveOutput(which, 0, 0, output),
      ]) {
        await refused(court, call(court.connect(stranger), id), "NotChallenger", challenger.address, stranger.address);
        await refused(court, call(prover, second), "TraceMissing", local.job);
        await refused(court, call(prover, 99), "UnknownChallenge", 99n);
      }
    });

    it("are refused once the challenger's time is over, not while the worker has to move", async () => {
      await asked(world, challenger, id, TOP);
      await refused(court, prover.proveStep(id, step()), "NoDifference");
      await revealed(world, world.worker, toyTrace, TOP);
      const [, deadline] = await court.turnOf(id);
      await time.setNextBlockTimestamp(deadline);
      await refused(court, prover.proveStep(id, step()), "TooLate", deadline);
      await court.timeout(id);
      await refused(court, prover.proveStep(id, step()), "WrongStatus", id, 4n);
    });

    it("must show the program's node", async () => {
      const right = step();
      await refused(court, prover.proveStep(id, { ...right, program: { ...toy.head, nodes: 18 } }), "WrongProgram");
      const siblings = toy.siblings(NODE.SUM);
      await refused(court, prover.proveStep(id, { ...right, siblings }), "NodeNotOpened", NODE.PRODUCT);
      const moved = { ...right, step: { ...right.step, position: NODE.SUM } };
      await refused(court, prover.proveStep(id, moved), "NodeNotOpened", NODE.SUM);
      const other = { ...right, step: { ...right.step, descriptor: toy.descriptor(NODE.SUM) } };
      await refused(court, prover.proveStep(id, other), "NodeNotOpened", NODE.PRODUCT);
    });

    it("must show the trace's tensors", async () => {
      const { trace, ...rest } = step();
      for (const change of [
        { tensors: [...trace.tensors.slice(1), trace.tensors[0]] },
        { siblings: trace.siblings.slice(1) },
        { nodes: [...trace.nodes].reverse() },
        { nodes: [], tensors: [] },
      ]) {
        await refused(court, prover.proveStep(id, { ...rest, trace: { ...trace, ...change } }), "TraceNotOpened");
      }
      // The tensors of another trace, even a whole one, are not this one's.
      const other = toyTrace.wrongAt(NODE.PRODUCT);
      await refused(court, prover.proveStep(id, other.stepProof(NODE.PRODUCT, 0)), "TraceNotOpened");
    });

    it("must bring the operands and the result that the trace has", async () => {
      const right = step();
      const [first, second] = right.step.operands;
      const swapped = { ...right, step: { ...right.step, operands: [second, first] } };
      await refused(court, prover.proveStep(id, swapped), "WrongTensor", NODE.INPUT);
      const withoutNode = { ...right, trace: toyTrace.opening([NODE.INPUT, NODE.WEIGHT]) };
      await refused(court, prover.proveStep(id, withoutNode), "WrongTensor", NODE.PRODUCT);
      const withoutOperand = { ...right, trace: toyTrace.opening([NODE.INPUT, NODE.PRODUCT]) };
      await refused(court, prover.proveStep(id, withoutOperand), "WrongTensor", NODE.WEIGHT);
      const result = toyTrace.tensors[NODE.PRODUCT].wrong().opened([0]);
      await refused(court, prover.proveStep(id, { ...right, result }), "WrongTensor", NODE.PRODUCT);
      const fewer = { ...right, step: { ...right.step, operands: [first] } };
      await refused(court, prover.proveStep(id, fewer), "CanonFailed");
      const beyond = { ...right, step: { ...right.step, element: 4_500 } };
      await refused(court, prover.proveStep(id, beyond), "CanonFailed");
    });

    it("must open the element's leaf, and it alone", async () => {
      const right = step();
      const tensor = toyTrace.tensors[NODE.PRODUCT];
      const { opened } = right.result;
      for (const changed of [
        tensor.opened([1]).opened,
        tensor.opened([0, 1]).opened,
        { ...opened, siblings: opened.siblings.slice(1) },
        { ...opened, leaves: `${opened.leaves}00` },
        { ...opened, leaves: `0xff${opened.leaves.slice(4)}` },
        { ...opened, places: [] },
      ]) {
        const result = { ...right.result, opened: changed };
        await refused(court, prover.proveStep(id, { ...right, result }), "ElementNotOpened", 7);
      }
    });

    it("of an input must name the job's inputs", async () => {
      const proof = toyTrace.stepProof(NODE.INPUT, 0, { inputs: [toyTrace.tensors[NODE.WEIGHT].hash] });
      await refused(court, prover.proveStep(id, proof), "WrongInputs", job);
    });

    it("of an output must open the claim and the trace, and name what there is", async () => {
      const right = toyTrace.outputProof(0, 2, RIGHT);
      await refused(
        court,
        prover.proveOutput(id, 0, 2, { ...right, program: { ...toy.head, nodes: 7 } }),
        "WrongProgram",
      );
      await refused(court, prover.proveOutput(id, 1, 2, right), "UnknownElement", 1, 2);
      await refused(court, prover.proveOutput(id, 0, 5, right), "UnknownElement", 0, 5);
      const trace = { ...right.trace, siblings: [] };
      await refused(court, prover.proveOutput(id, 0, 2, { ...right, trace }), "TraceNotOpened");
      const elsewhere = { ...right, trace: toyTrace.opening([NODE.SUM]) };
      await refused(court, prover.proveOutput(id, 0, 2, elsewhere), "WrongTensor", NODE.OUTPUT);
      const result = toyTrace.tensors[NODE.SUM].opened([0]);
      await refused(court, prover.proveOutput(id, 0, 2, { ...right, result }), "WrongTensor", NODE.OUTPUT);
      const claimed = { ...right.claimed, leaves: `0xff${right.claimed.leaves.slice(4)}` };
      await refused(court, prover.proveOutput(id, 0, 2, { ...right, claimed }), "ElementNotOpened", 2);
    });
  });

  describe("of an answer within its band", () => {
    it("refute nothing; one step beyond it they do", async () => {
      const world = await loadFixture(courthouse);
      const { court } = world;
      const [challenger] = world.challengers;
      // The first output's last place is worth less than the band of 0.001, its third byte more.
      const near = Uint8Array.from(bytesOfHex(RIGHT));
      near[3] ^= 1;
      const far = Uint8Array.from(bytesOfHex(RIGHT));
      far[1] ^= 0x40;
      for (const [bytes, refutes] of [
        [near, false],
        [far, true],
      ]) {
        const claim = ethers.hexlify(bytes);
        const local = await claimedWith(world, claim);
        const id = await challenged(local, challenger);
        await asserted(local, toyTrace);
        const call = court.connect(challenger).proveOutput(id, 0, 0, toyTrace.outputProof(0, 0, claim));
        if (refutes) await expect(call).to.emit(court, "OutputDisproved").withArgs(id, 0, 0);
        else await refused(court, call, "NoDifference");
      }
    });
  });

  describe("of programs that are not well formed, or read what is not there", () => {
    let world, court, challenger;

    beforeEach(async () => {
      world = await loadFixture(rightlyClaimed);
      ({ court } = world);
      [challenger] = world.challengers;
    });

    const float = (node) => slot(FLOAT32, 0, [operand(node, [])]);
    const given = tensorOf(FLOAT32, bytesOfHex(ONE));
    const zeros = mapNode(FLOAT32, [], [], [constant(FLOAT32, 0)]);

    /** A job of a program with one more node, its claim zero, and the challenge of it. */
    async function begin(node) {
      const nodes = [inputNode(FLOAT32, 1, 0), zeros, node];
      const program = { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [1] };
      const options = { positions: [0, 1], types: [FLOAT32, FLOAT32], data: [ONE, "0x00000000"] };
      const local = await scalarClaimed(world, program, options);
      const claims = [tensorOf(FLOAT32, bytesOfHex("0x00000000"))];
      const trace = Trace.of(new Shown(program), { inputs: [given], weights: [], claims });
      const id = await challenged(local, challenger);
      return { local, trace, id, prover: court.connect(challenger) };
    }

    for (const [what, node] of [
      ["a descriptor that goes on", `${weightNode(FLOAT32, 1, ethers.ZeroHash)}00`],
      ["an input that the job hasn't", inputNode(FLOAT32, 1, 1)],
      ["an input of another dtype", inputNode(INT64, 1, 0)],
      ["an input of another count", inputNode(FLOAT32, 2, 0)],
      ["a claim's output of another count", claimNode(FLOAT32, 2, 0)],
      ["an operand of another dtype", mapNode(INT64, [], [slot(INT64, 0n, [operand(0, [])])], [primitive("NEG", 0)])],
    ]) {
      it(`${what} makes the void tensor: any other is refuted`, async () => {
        const { local, trace, id, prover } = await begin(node);
        expect(trace.tensors[2].type).to.equal(undefined);
        const wrong = trace.with(2, new TracedTensor(given));
        await asserted(local, wrong);
        const inputs = [trace.tensors[0].hash];
        await expect(prover.proveStep(id, wrong.stepProof(2, 0, { inputs })))
          .to.emit(court, "StepDisproved")
          .withArgs(id, 2, 0);
      });

      it(`${what} makes the void tensor: which is right`, async () => {
        const { local, trace, id, prover } = await begin(node);
        await asserted(local, trace);
        const inputs = [trace.tensors[0].hash];
        await refused(court, prover.proveStep(id, trace.stepProof(2, 0, { inputs })), "NoDifference");
      });
    }

    it("the claim's output is a given tensor", async () => {
      const { local, trace, id, prover } = await begin(claimNode(FLOAT32, 1, 0));
      const snapshot = await networkHelpers.takeSnapshot();
      await asserted(local, trace);
      await refused(court, prover.proveStep(id, trace.stepProof(2, 0)), "NoDifference");
      await snapshot.restore();
      const wrong = trace.with(2, new TracedTensor(given));
      await asserted(local, wrong);
      await prover.proveStep(id, wrong.stepProof(2, 0));
      expect((await court.caseOf(local.job)).winner).to.equal(id);
    });

    it("a node without a valid descriptor can't be asked about", async () => {
      const { local, trace, id } = await begin(`${weightNode(FLOAT32, 1, ethers.ZeroHash)}00`);
      await asserted(local, trace);
      const path = pathOf("Leaves", 2, 0, 0);
      await refused(court, asked(local, challenger, id, path, trace.shown.opening(2)), "InvalidPath", path);
    });

    it("void where elements are computed is refuted", async () => {
      const { local, trace, id, prover } = await begin(mapNode(FLOAT32, [], [float(0)], [primitive("NEG", 0)]));
      const wrong = trace.with(2, VOID_TENSOR);
      await asserted(local, wrong);
      await prover.proveStep(id, wrong.stepProof(2, 0));
      expect((await court.caseOf(local.job)).winner).to.equal(id);
    });
  });

  describe("of outputs that are exact", () => {
    for (const [what, type, claim, right, same] of [
      ["a NaN for a NaN, whatever its payload", FLOAT32, "0xff800001", 0x7fc00000, true],
      ["a NaN for a number", FLOAT32, "0x7fc00000", 0x3f800000, false],
      ["a negative zero for zero", FLOAT32, "0x80000000", 0, true],
      ["the least subnormal for zero", FLOAT32, "0x00000001", 0, false],
      ["an integer that is the same", INT64, "0x0000000000000007", 7n, true],
      ["an integer that differs", INT64, "0x0000000000000008", 7n, false],
      ["a true bool", BOOL, "0x01", true, true],
      ["a true bool of another byte", BOOL, "0x02", true, true],
      ["a bool that differs", BOOL, "0x00", true, false],
    ]) {
      it(what, async () => {
        const world = await loadFixture(rightlyClaimed);
        const { court } = world;
        const [challenger] = world.challengers;
        const nodes = [inputNode(FLOAT32, 1, 0), mapNode(type, [], [], [constant(type, right)])];
        const program = { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [1] };
        const options = { positions: [0, 1], types: [FLOAT32, type], data: [ONE, claim] };
        const local = await scalarClaimed(world, program, options);
        const inputs = [tensorOf(FLOAT32, bytesOfHex(ONE))];
        const trace = Trace.of(new Shown(program), { inputs, weights: [], claims: [] });
        const id = await challenged(local, challenger);
        await asserted(local, trace);
        const call = court.connect(challenger).proveOutput(id, 0, 0, trace.outputProof(0, 0, claim));
        if (same) await refused(court, call, "NoDifference");
        else await expect(call).to.emit(court, "OutputDisproved").withArgs(id, 0, 0);
      });
    }
  });

  describe("of a fold in several transactions", () => {
    let world, court, id, prover, trace;
    const element = 2;
    const terms = 900;

    beforeEach(async () => {
      trace = toyTrace.wrongAt(NODE.SUM);
      world = await loadFixture(rightlyClaimed);
      ({ court } = world);
      const [challenger] = world.challengers;
      prover = court.connect(challenger);
      id = await challenged(world, challenger);
      await asserted(world, trace);
    });

    /** The leaves in which the terms from `first` to before `until` lie. */
    const places = (of, first, until) => () => {
      const start = Math.floor((4 * (of * terms + first)) / 1024);
      const end = Math.floor((4 * (of * terms + until) - 1) / 1024);
      return Array.from({ length: end - start + 1 }, (_, leaf) => start + leaf);
    };
    const proof = (of, first, until, accumulator = "0x") =>
      trace.stepProof(NODE.SUM, of, { accumulator, places: places(of, first, until) });

    async function more(of, first, until, accumulator) {
      const receipt = await (await prover.proveMore(id, proof(of, first, until, accumulator), until)).wait();
      return court.interface.parseLog(receipt.logs[0]).args;
    }

    it("ends with the step", async () => {
      const first = await more(0, 0, 400);
      expect([first.challenge, first.node, first.element, first.until]).to.deep.equal([id, 5n, 0n, 400n]);
      const kept = ethers.AbiCoder.defaultAbiCoder().encode(
        ["uint32", "uint32", "bytes"],
        [NODE.SUM, 0, first.accumulator],
      );
      expect(await court.accumulatorOf(id)).to.equal(ethers.keccak256(kept));
      const second = await more(0, 400, 800, first.accumulator);
      await expect(prover.proveStep(id, proof(0, 800, 900, second.accumulator)))
        .to.emit(court, "StepDisproved")
        .withArgs(id, NODE.SUM, 0);
    });

    it("says of a right element that there is no difference", async () => {
      const { accumulator } = await more(element, 0, 500);
      await refused(court, prover.proveStep(id, proof(element, 500, 900, accumulator)), "NoDifference");
    });

    it("takes no other accumulator than the challenge's last, for this element of this node", async () => {
      const first = await more(0, 0, 400);
      const second = await more(0, 400, 800, first.accumulator);
      const third = second.accumulator;
      await refused(court, prover.proveStep(id, proof(0, 400, 900, first.accumulator)), "WrongAccumulator", id);
      await refused(court, prover.proveMore(id, proof(0, 400, 500, first.accumulator), 500), "WrongAccumulator", id);
      await refused(court, prover.proveStep(id, proof(1, 800, 900, third)), "WrongAccumulator", id);
      const forged = `${third.slice(0, -2)}${third.endsWith("00") ? "01" : "00"}`;
      await refused(court, prover.proveStep(id, proof(0, 800, 900, forged)), "WrongAccumulator", id);
    });

    it("begins anew with an empty one", async () => {
      await more(0, 0, 400);
      const again = await more(1, 0, 100);
      expect(again.element).to.equal(1n);
    });

    it("must show the program's node and the trace's operands, and is not for other folds", async () => {
      const right = proof(0, 0, 400);
      await refused(court, prover.proveMore(id, { ...right, siblings: [] }, 400), "NodeNotOpened", NODE.SUM);
      const elsewhere = { ...right, trace: trace.opening([NODE.POSITIVE]) };
      await refused(court, prover.proveMore(id, elsewhere, 400), "WrongTensor", NODE.RECTIFIED);
      await refused(court, prover.proveMore(id, right, 901), "CanonFailed");
      await refused(court, prover.proveMore(id, toyTrace.stepProof(NODE.SUM, 0), 1), "TraceNotOpened");
      await refused(court, prover.proveMore(id, trace.stepProof(NODE.PRODUCT, 0), 1), "CanonFailed");
    });
  });

  describe("by a canon that is out of order decide nothing", () => {
    let world, court, prover, standIn, id, challenger;
    const faults = { reverts: 1, "is not there": 2, "answers too short": 3, "answers too long": 4, "is starved": 5 };
    // Enough for the whole, little enough to starve soon.
    const gasLimit = 1_000_000;

    beforeEach(async () => {
      world = await loadFixture(unreliablyAsserted);
      ({ court, standIn, id, challenger } = world);
      prover = court.connect(challenger);
    });

    for (const [what, fault] of Object.entries(faults)) {
      it(`when it ${what}`, async () => {
        await standIn.become(fault);
        const output = toyTrace.outputProof(0, 0, RIGHT);
        await refused(court, prover.proveStep(id, toyTrace.stepProof(NODE.PRODUCT, 0), { gasLimit }), "CanonFailed");
        const sum = toyTrace.stepProof(NODE.SUM, 0);
        await refused(court, prover.proveMore(id, sum, 300, { gasLimit }), "CanonFailed");
        await refused(court, prover.proveOutput(id, 0, 0, output, { gasLimit }), "CanonFailed");
        const path = pathOf("Leaves", NODE.SUM, 0, 0);
        const value = ethers.parseEther("1");
        await refused(court, prover.ask(id, path, toy.opening(NODE.SUM), { value, gasLimit }), "CanonFailed");
        expect((await court.caseOf(world.job)).winner).to.equal(0n);
        await standIn.become(0);
        await refused(court, prover.proveStep(id, toyTrace.stepProof(NODE.PRODUCT, 0)), "NoDifference");
        await refused(court, prover.proveOutput(id, 0, 0, output), "NoDifference");
        await prover.proveMore(id, sum, 300);
        await prover.ask(id, path, toy.opening(NODE.SUM), { value });
      });
    }
  });

  describe("after the claim has fallen", () => {
    it("are refused to challenges committed later, and to the winner", async () => {
      const trace = toyTrace.wrongAt(NODE.SUM);
      const world = await loadFixture(rightlyClaimed);
      const { court, job } = world;
      const [first, second] = world.challengers;
      const one = await challenged(world, first);
      const two = await challenged(world, second);
      await asserted(world, trace);
      const proof = trace.stepProof(NODE.SUM, 0);
      await court.connect(first).proveStep(one, proof);
      await refused(court, court.connect(second).proveStep(two, proof), "AlreadyRefuted", job, one);
      await refused(court, court.connect(first).proveStep(one, proof), "AlreadyRefuted", job, one);
      await settledAfterRefutation(world);
      await refused(court, court.connect(second).proveStep(two, proof), "WrongStage", job, 3n);
    });
  });
});
