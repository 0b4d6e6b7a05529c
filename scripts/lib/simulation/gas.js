import { readFileSync } from "node:fs";

const MEASURED = JSON.parse(readFileSync(new URL("../../../gas-snapshot.json", import.meta.url), "utf8"));
const ROUNDING = 5_000;

const roundedUp = (gas) => Math.ceil(gas / ROUNDING) * ROUNDING;
const dearest = (...moves) => roundedUp(Math.max(...moves.map((move) => MEASURED[`court.${move}`])));
const secondJob = MEASURED["second job, 4 B"];

/**
 * Gas of moves, with calldata: what the gas snapshot says of them, rounded up. Answers are the greatest that there are, as the court has them prepaid.
 */
export const GAS = {
  request: roundedUp(secondJob.request),
  claim: roundedUp(secondJob.claim),
  finalise: roundedUp(secondJob.finalise),
  decline: roundedUp(MEASURED["market.decline"]),
  challenge: dearest("challenge"),
  open: dearest("open, the first of a job"),
  assertTrace: dearest("assertTrace"),
  ask: dearest("ask, Nodes, 16 hashes", "ask, Nodes, the last 2", "ask, Leaves, the leaf"),
  // The program's node, shown with the first question about its tensor.
  openNode: roundedUp(MEASURED["court.ask, Leaves, 16 hashes"] - MEASURED["court.ask, Leaves, the leaf"]),
  revealHashes: 150_000, // sixteen hashes
  revealLeaf: 200_000,
  proveOutput: dearest("proveOutput"),
  timeout: dearest("timeout, the first lost"), // which pays the worker
  laterTimeout: dearest("timeout, a later one lost"),
  settle: dearest("settle, refuted", "settle, upheld"),
};

const levels = (count) => Math.ceil(Math.log2(Math.max(count, 1)) / 4);

/**
 * How many times a challenger moves and the worker after it, at the most: sixteen children at a time, through the nodes, whose first row comes with the trace,
 * then through one tensor's leaves.
 */
export const alternations = ({ nodes, leaves }) => Math.max(levels(nodes) - 1, 0) + levels(leaves) + 2;

/** Gas of the answers to all of a challenge's questions; the last one is a leaf. */
export const answersGas = (gas, model) => (alternations(model) - 1) * gas.revealHashes + gas.revealLeaf;

/** All that a worker may have to send in one dispute, prepaid or not. */
export const workerGas = (gas, model, demands) =>
  gas.assertTrace + answersGas(gas, model) + demands * gas.revealLeaf + gas.timeout + gas.settle;

/** What the winner of a dispute sends. */
export const challengerGas = (gas, model) =>
  gas.challenge +
  gas.open +
  alternations(model) * gas.ask +
  gas.openNode +
  model.stepGas +
  gas.proveOutput +
  gas.settle;

/** A whole dispute, both sides. */
export const disputeGas = (gas, model) => challengerGas(gas, model) + gas.assertTrace + answersGas(gas, model);
