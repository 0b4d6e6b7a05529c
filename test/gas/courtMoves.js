// Moves of disputes about the toy program, each measured where it costs what it usually does.

import { dotNode, inputNode, typedOperand, viewAxis, weightNode } from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import { FLOAT32 } from "../../canon/vectors/reference/dataTypes.js";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { ethers, loadFixture, networkHelpers, time } from "../support/marketplace.js";
import {
  BOND,
  COURT,
  NODE,
  SALT,
  asked,
  asserted,
  challenged,
  claimedWith,
  committed,
  courthouse,
  passTurn,
  passWindow,
  pathOf,
  programClaimed,
  randomFloats,
  revealed,
  settledAfterRefutation,
  toy,
  toyTrace,
} from "../support/courthouse.js";
import { typeOf } from "../support/tensors.js";
import { NO_NODE, Shown, Trace } from "../support/trace.js";

const TERMS = 4_608;

/** The gas of a transaction. */
export const used = async (sent) => Number((await (await sent).wait()).gasUsed);

/** Gas by move. */
export async function courtMoves() {
  return { ...(await refuted()), ...(await upheld()), ...(await demands()), ...(await longFold()) };
}

async function refuted() {
  const world = await claimedWith(await loadFixture(courthouse));
  const { court, job, worker } = world;
  const [first, second] = world.challengers;
  const trace = toyTrace.wrongAt(NODE.PRODUCT);
  const gas = {};
  await committed(world, first);
  gas["open, the first of a job"] = await used(court.connect(first).open(1, job, SALT));
  const two = await committed(world, second);
  gas["open, a later one"] = await used(court.connect(second).open(two, job, SALT));
  gas.assertTrace = await used(asserted(world, trace));
  const paths = {
    "Nodes, 16 hashes": pathOf("Nodes", 0, 4, 0),
    "Nodes, the last 2": pathOf("Nodes", 0, 8, 1),
    "Leaves, 16 hashes": pathOf("Leaves", NODE.PRODUCT, 0, 0),
    "Leaves, the leaf": pathOf("Leaves", NODE.PRODUCT, 5, 0),
  };
  for (const [what, path] of Object.entries(paths)) {
    const node = what === "Leaves, 16 hashes" ? toy.opening(NODE.PRODUCT) : NO_NODE;
    gas[`ask, ${what}`] = await used(asked(world, first, 1, path, node));
    gas[`reveal, ${what}`] = await used(revealed(world, worker, trace, path));
  }
  gas["proveStep, MAP of 2 operands"] = await used(court.connect(first).proveStep(1, trace.stepProof(NODE.PRODUCT, 0)));
  await time.increase(COURT.extension);
  gas["settle, refuted"] = await used(court.settle(job));
  gas.reclaim = await used(court.reclaim(1));
  gas.withdraw = await used(court.withdraw(first));
  gas.withdrawCoin = await used(court.connect(worker).withdrawCoin(worker));
  return gas;
}

async function upheld() {
  const world = await claimedWith(await loadFixture(courthouse));
  const { court, market, job } = world;
  const [first, second] = world.challengers;
  const gas = {};
  // A commitment to a job depends on the court's address, which is not the same in every run: its zero bytes would show.
  gas.challenge = await used(court.connect(first).challenge(ethers.id("commitment"), BOND));
  const unopened = await court.challengeCount();
  const one = await challenged(world, first);
  const two = await challenged(world, second);
  await asserted(world, toyTrace);
  await passTurn(world, two);
  gas["timeout, the first lost"] = await used(court.timeout(one));
  gas["timeout, a later one lost"] = await used(court.timeout(two));
  await passWindow(world);
  gas["settle, upheld"] = await used(court.settle(job));
  gas["market.finalise after it"] = await used(market.finalise(job));
  gas.forfeit = await used(court.forfeit(unopened));
  return gas;
}

async function demands() {
  const far = `0x${"47000000".repeat(5)}`;
  const world = await claimedWith(await loadFixture(courthouse), far);
  const { court, job, worker } = world;
  const [first, second] = world.challengers;
  const one = await challenged(world, first);
  const two = await challenged(world, second);
  await asserted(world, toyTrace);
  const gas = {};
  const connected = court.connect(worker);
  const leafOf = (node) => toyTrace.tensors[node].openable.openingOf([0]);
  const paths = {
    Input: pathOf("Input", 0, 0, 0),
    Weight: pathOf("Weight", NODE.WEIGHT, 0, 0),
    Output: pathOf("Output", 0, 0, 0),
  };
  for (const [kind, path] of Object.entries(paths)) {
    const shown = kind === "Weight" ? toy.opening(NODE.WEIGHT) : NO_NODE;
    gas[`ask, ${kind}`] = await used(asked(world, first, one, path, shown));
    if (kind === "Input") {
      const { leaves, siblings } = leafOf(NODE.INPUT);
      const inputs = [toyTrace.tensors[NODE.INPUT].hash];
      gas["reveal, Input"] = await used(connected.revealInput(job, path, leaves, siblings, inputs));
    } else if (kind === "Weight") {
      const { leaves, siblings } = leafOf(NODE.WEIGHT);
      const node = toy.opening(NODE.WEIGHT);
      gas["reveal, Weight"] = await used(connected.revealWeight(job, path, leaves, siblings, node));
    } else {
      const leaf = `${far}${"00".repeat(1_024 - 20)}`;
      gas["reveal, Output"] = await used(connected.revealOutput(job, path, leaf, []));
    }
  }
  await asked(world, second, two, pathOf("Nodes", 0, 4, 0));
  gas.proveOutput = await used(court.connect(first).proveOutput(one, 0, 0, toyTrace.outputProof(0, 0, far)));
  await settledAfterRefutation(world);
  gas["reclaim, with a prepayment"] = await used(court.reclaim(two));
  return gas;
}

/** A fold as long as those of a ResNet-50's widest convolution. */
async function longFold() {
  const next = randomWords(0xf01d);
  const input = randomFloats(next, TERMS, 118, 134);
  const weight = randomFloats(next, TERMS, 118, 134);
  const along = [viewAxis(TERMS, [[0, 1]])];
  const nodes = [
    inputNode(FLOAT32, TERMS, 0),
    weightNode(FLOAT32, TERMS, treeRoot(weight.data)),
    dotNode(FLOAT32, [], [TERMS], typedOperand(FLOAT32, 0, along), typedOperand(FLOAT32, 1, along)),
  ];
  const program = { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [2] };
  const weights = [{ root: treeRoot(weight.data), data: weight.data }];
  const right = Trace.of(new Shown(program), { inputs: [input], weights, claims: [] });
  const trace = right.wrongAt(2);
  const world = await programClaimed(await loadFixture(courthouse), program, {
    positions: [0, 2],
    input: { kind: typeOf(1, TERMS), data: hexOfBytes(input.data) },
    output: { kind: typeOf(1), data: hexOfBytes(trace.tensors[2].data) },
  });
  const { court } = world;
  const [first] = world.challengers;
  const id = await challenged(world, first);
  await asserted(world, trace);
  const half = trace.stepProof(2, 0, { places: () => Array.from({ length: 9 }, (_, leaf) => leaf) });
  const rest = () => Array.from({ length: 9 }, (_, leaf) => 9 + leaf);
  const gas = {};
  const sent = await court.connect(first).proveMore(id, half, TERMS / 2);
  gas[`proveMore, half of ${TERMS} terms`] = await used(sent);
  const [log] = (await sent.wait()).logs;
  const { accumulator } = court.interface.parseLog(log).args;
  const end = trace.stepProof(2, 0, { places: rest, accumulator });
  const snapshot = await networkHelpers.takeSnapshot();
  gas["proveStep, the other half"] = await used(court.connect(first).proveStep(id, end));
  await snapshot.restore();
  const whole = trace.stepProof(2, 0);
  gas[`proveStep, ${TERMS} terms`] = await used(court.connect(first).proveStep(id, whole));
  return gas;
}
