/**
 * Gas of moves, with calldata. Upper bounds: the tests hold what is measured on the honest path against them. The court's are what its tests measured
 * on small programs when this was written, rounded up; answers are the greatest that there are, as it has them prepaid.
 */
export const GAS = {
  request: 190_000,
  claim: 90_000,
  finalise: 80_000,
  decline: 95_000,
  challenge: 160_000,
  open: 165_000,
  assertTrace: 75_000,
  ask: 120_000,
  openNode: 70_000, // the program's node, shown with the first question about its tensor
  revealHashes: 150_000, // sixteen hashes
  revealLeaf: 200_000,
  proveOutput: 250_000,
  timeout: 165_000, // of the job's first lost challenge, which pays the worker
  laterTimeout: 95_000, // of each other one
  settle: 150_000,
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
  gas.challenge +
  gas.open +
  alternations(model) * gas.ask +
  gas.openNode +
  model.stepGas +
  gas.proveOutput +
  gas.settle;

/** A whole dispute, both sides. */
export const disputeGas = (gas, model) => challengerGas(gas, model) + gas.assertTrace + answersGas(gas, model);
