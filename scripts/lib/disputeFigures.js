// What a dispute came to, from its moves (disputeMoves.js) alone.

const VERDICTS = { 2: "upheld", 3: "refuted" };
const PROOFS = { StepDisproved: "step", OutputDisproved: "output", WorkerSilent: "silence" };

/**
 * The figures of a dispute.
 *
 * @returns verdict: upheld or refuted, absent until it is settled;
 *   refutation: by step, output or silence, with node or output and element; absent if the claim did not fall;
 *   alternations: questions of the challenge that won, or of the one that asked most;
 *   transactions, failures: how many;
 *   gas: execution, calldata, total of all; steps: the same by move, with their number; largest: the transaction with most gas
 */
export function figures(moves) {
  const events = moves.flatMap((move) => move.events);
  const settled = events.find(({ name }) => name === "Settled");
  const refuting = events.find(({ name }) => name in PROOFS);
  const largest = moves.reduce((most, move) => (most && most.gas.total >= move.gas.total ? most : move), undefined);
  return {
    verdict: settled && VERDICTS[Number(settled.args.stage)],
    refutation: refuting && refutation(refuting),
    alternations: alternations(moves, refuting?.args.challenge),
    transactions: moves.length,
    failures: moves.filter(({ succeeded }) => !succeeded).length,
    gas: sum(moves),
    steps: steps(moves),
    largest: largest && { move: largest.name, gas: largest.gas.total },
  };
}

function refutation({ name, args }) {
  const by = PROOFS[name];
  if (by === "step") return { by, node: Number(args.node), element: Number(args.element) };
  if (by === "output") return { by, output: Number(args.output), element: Number(args.element) };
  return { by };
}

function alternations(moves, winner) {
  const questions = moves.filter(({ name, succeeded }) => name === "ask" && succeeded);
  const counts = Object.values(Object.groupBy(questions, ({ args }) => args.id)).map(({ length }) => length);
  return winner === undefined ? Math.max(0, ...counts) : questions.filter(({ args }) => args.id === winner).length;
}

function sum(moves) {
  const total = (part) => moves.reduce((gas, move) => gas + move.gas[part], 0);
  return { execution: total("execution"), calldata: total("calldata"), total: total("total") };
}

function steps(moves) {
  const byMove = Object.groupBy(moves, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byMove).map(([name, of]) => [name, { transactions: of.length, ...sum(of) }]),
  );
}
