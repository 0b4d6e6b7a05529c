import { expect } from "chai";

import { innerNode, leafHashes } from "../../canon/vectors/reference/commitments.js";
import { ethers, instantOf, loadFixture, networkHelpers, time } from "../support/marketplace.js";
import {
  COURT,
  NODE,
  NODES,
  RIGHT,
  Side,
  asked,
  challenged,
  partsOf,
  passTurn,
  pathOf,
  prepaymentFor,
  refused,
  revealed,
  rightlyAsserted,
  toy,
  toyTrace,
} from "../support/courthouse.js";
import { NO_NODE, Trace } from "../support/trace.js";

const TOP = pathOf("Nodes", 0, 4, 0);
const LAST = pathOf("Nodes", 0, 8, (NODES - 1) / 2); // the last node, and what is missing beside it
const { tensors, levels } = toyTrace;

describe("Court: questions and answers", () => {
  let world, court, job, worker, challenger, other, stranger, id;

  beforeEach(async () => {
    world = await loadFixture(rightlyAsserted);
    ({ court, job, worker, challenger, id } = world);
    [, other] = world.challengers;
    stranger = world.spare.at(-1);
  });

  const ask = (path, node) => asked(world, challenger, id, path, node);
  const reveal = (path, trace = toyTrace, sender = worker) => revealed(world, sender, trace, path);
  const answered = async (path, node) => {
    await ask(path, node);
    await reveal(path);
  };

  describe("ask", () => {
    it("turns to the worker and prepays the answer", async () => {
      const value = await prepaymentFor(world, TOP);
      const sent = court.connect(challenger).ask(id, TOP, NO_NODE, { value });
      const askedAt = await instantOf(sent);
      const deadline = askedAt + BigInt(COURT.workerClock);
      await expect(sent).to.emit(court, "Asked").withArgs(id, job, TOP, deadline, value);
      expect(await court.turnOf(id)).to.deep.equal([Side.Worker, deadline]);
      expect(await court.questionOf(job, TOP)).to.deep.equal([value, askedAt, 0n]);
      expect(await ethers.provider.getBalance(court)).to.equal(value);
      const kept = await court.challengeOf(id);
      expect([kept.question, kept.walked, kept.prepaid]).to.deep.equal([TOP, TOP, value]);
    });

    it("prepays half as much again as the answer's gas costs, more for a leaf", async () => {
      expect(await court.prepaymentOf(TOP, 10n)).to.equal(150_000n * 15n);
      expect(await court.prepaymentOf(pathOf("Leaves", 2, 0, 0), 10n)).to.equal(200_000n * 15n);
      expect(await court.prepaymentOf(pathOf("Input", 0, 0, 0), 0n)).to.equal(0n);
      await networkHelpers.setNextBlockBaseFeePerGas(1_000_000_000n);
      const needed = 225_000n * 1_000_000_000n;
      const fees = { maxFeePerGas: 2_000_000_000n, gasLimit: 1_000_000 };
      await refused(
        court,
        court.connect(challenger).ask(id, TOP, NO_NODE, { value: needed - 1n, ...fees }),
        "PrepaymentTooLow",
        needed - 1n,
        needed,
      );
      await networkHelpers.setNextBlockBaseFeePerGas(1_000_000_000n);
      await court.connect(challenger).ask(id, TOP, NO_NODE, { value: needed, ...fees });
    });

    it("does not count more coin than fits", async () => {
      await networkHelpers.setBalance(challenger.address, 1n << 97n);
      const value = 1n << 96n;
      await refused(court, court.connect(challenger).ask(id, TOP, NO_NODE, { value }), "PrepaymentTooHigh", value);
    });

    it("is refused to others, out of turn and late", async () => {
      await refused(court, asked(world, stranger, id, TOP), "NotChallenger", challenger.address, stranger.address);
      await refused(court, asked(world, challenger, 99, TOP), "UnknownChallenge", 99n);
      const snapshot = await networkHelpers.takeSnapshot();
      await ask(TOP);
      await refused(court, ask(pathOf("Nodes", 0, 8, 0)), "NotYourTurn", id, Side.Worker);
      await snapshot.restore();
      const [, deadline] = await court.turnOf(id);
      const value = await prepaymentFor(world, TOP);
      await time.setNextBlockTimestamp(deadline);
      await refused(court, court.connect(challenger).ask(id, TOP, NO_NODE, { value }), "TooLate", deadline);
    });

    it("is refused once the claim has fallen", async () => {
      const second = await challenged(world, other);
      await ask(TOP);
      await passTurn(world, id);
      await court.timeout(id);
      await refused(court, asked(world, other, second, TOP), "AlreadyRefuted", job, id);
      expect((await court.turnOf(second)).side).to.equal(Side.Nobody);
    });

    it("goes down: levels of the trace, then those of one tensor", async () => {
      await answered(pathOf("Nodes", 0, 8, 1));
      for (const path of [TOP, pathOf("Nodes", 0, 8, 0)]) {
        await refused(court, ask(path), "NotBelow", path, pathOf("Nodes", 0, 8, 1));
      }
      const top = pathOf("Leaves", NODE.PRODUCT, 0, 0);
      await answered(top, toy.opening(NODE.PRODUCT));
      await refused(court, ask(TOP), "NotBelow", TOP, top);
      const another = pathOf("Leaves", NODE.SUM, 0, 0);
      await refused(court, ask(another, toy.opening(NODE.SUM)), "NotBelow", another, top);
      await answered(pathOf("Leaves", NODE.PRODUCT, 5, 17));
      const last = pathOf("Leaves", NODE.PRODUCT, 5, 16);
      await refused(court, ask(last), "NotBelow", last, pathOf("Leaves", NODE.PRODUCT, 5, 17));
    });

    it("is refused for what a worker with a right trace can't show", async () => {
      for (const path of [
        0n,
        6n << 72n,
        pathOf("Nodes", 0, 0, 0), // it came with the trace
        pathOf("Nodes", 0, 5, 0), // not a stride down
        pathOf("Nodes", 0, 9, 0), // the last level
        pathOf("Nodes", 0, 12, 0),
        pathOf("Nodes", 0, 4, 16), // not on that level
        pathOf("Nodes", 0, 8, 256),
        pathOf("Nodes", 1, 4, 0),
        pathOf("Input", 1, 0, 0), // no such input
        pathOf("Input", 0, 0, 18), // no such leaf
        pathOf("Input", 0, 1, 0),
        pathOf("Output", 1, 0, 0),
        pathOf("Output", 0, 0, 1),
      ]) {
        await refused(court, ask(path), "InvalidPath", path);
      }
      for (const [path, node] of [
        [pathOf("Leaves", NODE.PRODUCT, 1, 0), NODE.PRODUCT],
        [pathOf("Leaves", NODE.PRODUCT, 0, 1), NODE.PRODUCT],
        [pathOf("Leaves", NODE.PRODUCT, 4, 16), NODE.PRODUCT],
        [pathOf("Leaves", NODE.PRODUCT, 5, 18), NODE.PRODUCT], // a missing leaf
        [pathOf("Leaves", NODE.PRODUCT, 8, 0), NODE.PRODUCT],
        [pathOf("Leaves", NODE.INPUT, 0, 0), NODE.INPUT], // what is given is as it was given
        [pathOf("Leaves", NODE.WEIGHT, 0, 0), NODE.WEIGHT],
        [pathOf("Weight", NODE.INPUT, 0, 0), NODE.INPUT],
        [pathOf("Weight", NODE.WEIGHT, 0, 18), NODE.WEIGHT],
        [pathOf("Weight", NODE.WEIGHT, 4, 0), NODE.WEIGHT],
      ]) {
        await refused(court, ask(path, toy.opening(node)), "InvalidPath", path);
      }
    });

    it("is refused about a node that is not shown, or is another", async () => {
      const path = pathOf("Leaves", NODE.PRODUCT, 0, 0);
      await refused(court, ask(path), "WrongProgram");
      await refused(court, ask(path, toy.opening(NODE.SUM)), "NodeNotOpened", NODE.PRODUCT);
      const opening = toy.opening(NODE.PRODUCT);
      const siblings = opening.siblings.slice(1);
      await refused(court, ask(path, { ...opening, siblings }), "NodeNotOpened", NODE.PRODUCT);
      const beyond = pathOf("Leaves", NODES, 0, 0);
      await refused(court, ask(beyond, opening), "NodeNotOpened", NODES);
    });

    it("keeps a node that was shown, for all later jobs of the program", async () => {
      const path = pathOf("Leaves", NODE.POSITIVE, 0, 0);
      const { programRoot } = await court.caseOf(job);
      expect(await court.nodeOf(programRoot, NODE.POSITIVE)).to.deep.equal([0n, 0n, 0n]);
      await answered(path, toy.opening(NODE.POSITIVE));
      expect(await court.nodeOf(programRoot, NODE.POSITIVE)).to.deep.equal([4n, 9n, 4_500n]);
      await ask(pathOf("Leaves", NODE.POSITIVE, 3, 4));
    });

    it("is refused where the answer is there, and waits for one answer with others", async () => {
      const second = await challenged(world, other);
      await ask(TOP);
      const { prepaid } = await court.questionOf(job, TOP);
      await asked(world, other, second, TOP);
      const both = await court.questionOf(job, TOP);
      expect(both.prepaid).to.be.above(prepaid);
      await reveal(TOP);
      expect(await court.coinOf(worker)).to.equal(both.prepaid);
      for (const one of [id, second]) expect((await court.turnOf(one)).side).to.equal(Side.Challenger);
      const third = await challenged(world, other);
      await refused(court, asked(world, other, third, TOP), "AlreadyRevealed", TOP);
    });
  });

  describe("demands", () => {
    const demand = (leaf) => pathOf("Input", 0, 0, leaf);
    const leafOf = (node, leaf) => tensors[node].openable.openingOf([leaf]);
    const inputs = [tensors[NODE.INPUT].hash];

    it("of an input are answered by its leaf", async () => {
      const path = demand(17);
      await ask(path);
      const { leaves, siblings } = leafOf(NODE.INPUT, 17);
      const connected = court.connect(stranger);
      await refused(court, connected.revealInput(job, path, leaves, siblings, [ethers.ZeroHash]), "WrongInputs", job);
      const { leaves: another } = leafOf(NODE.INPUT, 16);
      await refused(court, connected.revealInput(job, path, another, siblings, inputs), "DoesNotFit", path);
      await refused(court, connected.revealInput(job, path, leaves, siblings.slice(1), inputs), "DoesNotFit", path);
      await refused(court, connected.revealInput(job, path, `${leaves}00`, siblings, inputs), "DoesNotFit", path);
      await expect(connected.revealInput(job, path, leaves, siblings, inputs))
        .to.emit(court, "LeafRevealed")
        .withArgs(job, path, leaves);
    });

    it("of a weight", async () => {
      const path = pathOf("Weight", NODE.WEIGHT, 0, 3);
      const opening = toy.opening(NODE.WEIGHT);
      await ask(path, opening);
      const { leaves, siblings } = leafOf(NODE.WEIGHT, 3);
      const connected = court.connect(stranger);
      await refused(court, connected.revealWeight(job, path, leaves, siblings, NO_NODE), "WrongProgram");
      await refused(
        court,
        connected.revealWeight(job, path, leaves, siblings, toy.opening(NODE.INPUT)),
        "NodeNotOpened",
        NODE.WEIGHT,
      );
      const { leaves: another } = leafOf(NODE.WEIGHT, 4);
      await refused(court, connected.revealWeight(job, path, another, siblings, opening), "DoesNotFit", path);
      await refused(court, connected.revealWeight(job, path, leaves, [], opening), "DoesNotFit", path);
      await expect(connected.revealWeight(job, path, leaves, siblings, opening))
        .to.emit(court, "LeafRevealed")
        .withArgs(job, path, leaves);
    });

    it("of an output", async () => {
      const path = pathOf("Output", 0, 0, 0);
      await ask(path);
      const { leaves, siblings } = leafOf(NODE.OUTPUT, 0);
      const connected = court.connect(stranger);
      const another = `0xff${leaves.slice(4)}`;
      await refused(court, connected.revealOutput(job, path, another, siblings), "DoesNotFit", path);
      await refused(court, connected.revealOutput(job, path, leaves, [ethers.ZeroHash]), "DoesNotFit", path);
      await expect(connected.revealOutput(job, path, leaves, siblings))
        .to.emit(court, "LeafRevealed")
        .withArgs(job, path, leaves);
      expect(leaves.startsWith(RIGHT)).to.equal(true);
    });

    it("that nobody answers are the worker's silence", async () => {
      await ask(demand(0));
      await passTurn(world, id);
      await court.timeout(id);
      expect((await court.caseOf(job)).winner).to.equal(id);
    });

    it("come between the questions of a walk", async () => {
      await answered(TOP);
      await ask(demand(1));
      await answer(demand(1));
      await answered(pathOf("Nodes", 0, 8, 0));
    });

    it("are limited for a challenge", async () => {
      for (let leaf = 0; leaf < COURT.demandLimit; leaf++) {
        await ask(demand(leaf));
        await answer(demand(leaf));
      }
      await refused(court, ask(demand(10)), "TooManyDemands", COURT.demandLimit);
      await answered(TOP);
    });

    it("of others, however many are open, keep nobody from its own", async () => {
      const { token, treasury } = world;
      await token.connect(treasury).transfer(other, ethers.parseEther("10000"));
      const shams = [];
      for (let leaf = 0; leaf < 17; leaf++) shams.push(await challenged(world, other));
      for (let leaf = 0; leaf < 17; leaf++) await asked(world, other, shams[leaf], demand(leaf));
      await ask(demand(17));
      await passTurn(world, id);
      await court.timeout(id);
      expect((await court.caseOf(job)).winner).to.equal(id);
    });

    function answer(path) {
      const { leaves, siblings } = leafOf(NODE.INPUT, partsOf(path).index);
      return court.connect(worker).revealInput(job, path, leaves, siblings, inputs);
    }
  });

  describe("answers", () => {
    it("to Nodes show sixteen hashes, or as many as there are", async () => {
      for (const [path, hashes] of [
        [TOP, levels.at(-9).slice(0, 16)],
        [LAST, levels[0].slice(NODES - 1, NODES + 1)],
      ]) {
        await ask(path);
        await expect(reveal(path, toyTrace, stranger))
          .to.emit(court, "HashesRevealed")
          .withArgs(job, path, hashes);
        expect(hashes).to.have.length(path === TOP ? 16 : 2);
      }
    });

    it("to Leaves show hashes, at the last level a leaf", async () => {
      const node = NODE.PRODUCT;
      const top = pathOf("Leaves", node, 0, 0);
      await ask(top, toy.opening(node));
      await expect(reveal(top)).to.emit(court, "HashesRevealed").withArgs(job, top, tensors[node].levels.at(-5));
      const last = pathOf("Leaves", node, 5, 17);
      await ask(last);
      const { leaves } = tensors[node].openable.openingOf([17]);
      await expect(reveal(last)).to.emit(court, "LeafRevealed").withArgs(job, last, leaves);
    });

    it("are paid once, to whoever gives them", async () => {
      await ask(TOP);
      const { prepaid } = await court.questionOf(job, TOP);
      await reveal(TOP, toyTrace, stranger);
      expect(await court.coinOf(stranger)).to.equal(prepaid);
      expect((await court.questionOf(job, TOP)).prepaid).to.equal(0n);
      await refused(court, reveal(TOP), "AlreadyRevealed", TOP);
      expect(await court.coinOf(worker)).to.equal(0n);
    });

    it("must have been asked for, and be of the path's kind", async () => {
      await refused(court, reveal(TOP), "NotAsked", TOP);
      await ask(TOP);
      const node = pathOf("Leaves", NODE.SUM, 0, 0);
      await refused(court, reveal(node), "NotAsked", node);
      const connected = court.connect(worker);
      for (const call of [
        connected.revealLeaves(job, TOP, [], [], []),
        connected.revealLeaf(job, TOP, "0x", [], []),
        connected.revealVoid(job, TOP, []),
        connected.revealInput(job, TOP, "0x", [], []),
        connected.revealWeight(job, TOP, "0x", [], NO_NODE),
        connected.revealOutput(job, TOP, "0x", []),
        connected.revealNodes(job, node, [], []),
      ]) {
        await refused(court, call, "InvalidPath");
      }
      await refused(court, connected.revealNodes(99, TOP, [], []), "WrongStage", 99n, 0n);
    });

    it("are no longer taken once the claim has fallen", async () => {
      await ask(TOP);
      await passTurn(world, id);
      await court.timeout(id);
      await refused(court, reveal(TOP), "AlreadyRefuted", job, id);
    });

    it("to Nodes must stand in the trace", async () => {
      const path = LAST;
      await ask(path);
      const { hashes, siblings } = Trace.row(levels, 8, partsOf(path).index, 1);
      const connected = court.connect(worker);
      for (const [row, beside] of [
        [[hashes[0]], siblings],
        [[], siblings],
        [[...hashes, ...hashes], siblings],
        [hashes, siblings.slice(1)],
        [hashes, [...siblings, ethers.ZeroHash]],
        [[ethers.ZeroHash, hashes[1]], siblings],
        [[hashes[1], hashes[0]], siblings], // what is missing at another place
        [hashes, [ethers.ZeroHash, ...siblings.slice(1)]],
      ]) {
        await refused(court, connected.revealNodes(job, path, row, beside), "DoesNotFit", path);
      }
      await connected.revealNodes(job, path, hashes, siblings);
    });

    it("to Leaves must stand in the tensor that the trace has", async () => {
      const node = NODE.PRODUCT;
      const path = pathOf("Leaves", node, 4, 8);
      await ask(path, toy.opening(node));
      const { hashes, siblings } = Trace.row(tensors[node].levels, 4, 8, 1);
      const inTrace = toyTrace.siblings(node);
      const connected = court.connect(worker);
      const ofAnother = Trace.row(tensors[NODE.RECTIFIED].levels, 4, 8, 1);
      for (const [row, beside, above] of [
        [[hashes[0]], siblings, inTrace],
        [hashes, siblings.slice(1), inTrace],
        [hashes, siblings, inTrace.slice(1)],
        [hashes, siblings, toyTrace.siblings(NODE.SUM)],
        [ofAnother.hashes, ofAnother.siblings, toyTrace.siblings(NODE.RECTIFIED)],
      ]) {
        await refused(court, connected.revealLeaves(job, path, row, beside, above), "DoesNotFit", path);
      }
      await refused(court, connected.revealVoid(job, path, inTrace), "DoesNotFit", path);
      await connected.revealLeaves(job, path, hashes, siblings, inTrace);
    });

    it("at the last level are a leaf and not its hash, and the other way round", async () => {
      const node = NODE.PRODUCT;
      const inTrace = toyTrace.siblings(node);
      const connected = court.connect(worker);
      const top = pathOf("Leaves", node, 0, 0);
      await ask(top, toy.opening(node));
      const { leaves, siblings } = tensors[node].openable.openingOf([17]);
      await refused(court, connected.revealLeaf(job, top, leaves, siblings, inTrace), "DoesNotFit", top);
      await reveal(top);
      const last = pathOf("Leaves", node, 5, 17);
      await ask(last);
      const hash = leafHashes(tensors[node].data)[17];
      await refused(court, connected.revealLeaves(job, last, [hash], siblings, inTrace), "DoesNotFit", last);
      // The pair above it, hashed as a leaf, has another hash: the tags tell them apart.
      const pair = innerNode(hash, hash);
      await refused(court, connected.revealLeaf(job, last, pair, siblings, inTrace), "DoesNotFit", last);
      for (const wrong of [`${leaves}00`, leaves.slice(0, -2), "0x"]) {
        await refused(court, connected.revealLeaf(job, last, wrong, siblings, inTrace), "DoesNotFit", last);
      }
      await connected.revealLeaf(job, last, leaves, siblings, inTrace);
    });
  });
});
