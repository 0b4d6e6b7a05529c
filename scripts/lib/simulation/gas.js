/**
 * Gas of moves, with calldata. Upper bounds: the tests hold what is measured on the honest path against them. Answers are the greatest that there
 * are, as the court has them prepaid; its other moves are the orders that its design asks for.
 */
export const GAS = {
  request: 190_000,
  claim: 90_000,
  finalise: 80_000,
  decline: 95_000,
  challenge: 75_000,
  open: 90_000,
  assertTrace: 70_000,
  ask: 60_000,
  revealHashes: 150_000, // sixteen hashes
  revealLeaf: 200_000,
  proveOutput: 250_000,
  timeout: 100_000,
  settle: 100_000,
};

const levels = (count) => Math.ceil(Math.log2(Math.max(count, 1)) / 4);

/** How many questions a challenger asks at the most: sixteen children at a time, through the nodes, then through one tensor's leaves. */
export const alternations = ({ nodes, leaves }) => levels(nodes) + levels(leaves) + 2;

/** Gas of the answers to all of a challenge's questions; the last one is a leaf. */
export const answersGas = (gas, model) => (alternations(model) - 1) * gas.revealHashes + gas.revealLeaf;

/** All that a worker may have to send in one dispute, prepaid or not. */
export const workerGas = (gas, model, demands) =>
  gas.assertTrace + answersGas(gas, model) + demands * gas.revealLeaf + gas.timeout + gas.settle;

/** What the winner of a dispute sends. */
export const challengerGas = (gas, model) =>
  gas.challenge + gas.open + alternations(model) * gas.ask + model.stepGas + gas.proveOutput + gas.settle;

/** A whole dispute, both sides. */
export const disputeGas = (gas, model) => challengerGas(gas, model) + gas.assertTrace + answersGas(gas, model);
