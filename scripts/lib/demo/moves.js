// A move of a dispute in words. Moves are those of disputeMoves.js.
import { formatEther } from "ethers";

import { readPath } from "../disputeMoves.js";

const WORDS = {
  challenge: ({ args }) => `commits to a challenge with ${formatEther(args.bond)} OPG, without saying of what`,
  open: ({ args }, who) =>
    `opens it: it means job ${args.job}, which is frozen now; ${who.worker} has to assert a trace`,
  assertTrace: ({ args }) =>
    `asserts its trace, of ${args.program.nodes} tensors, by the first ${args.row.length} hashes below its root`,
  ask: ({ args }) => `asks ${question(readPath(args.path))}`,
  revealNodes: ({ args }) => `answers: ${args.hashes.length} hashes`,
  revealLeaves: ({ args }) => `answers: ${args.hashes.length} hashes`,
  revealLeaf: leafShown,
  revealInput: leafShown,
  revealWeight: leafShown,
  revealOutput: leafShown,
  revealVoid: () => "answers: there is no such tensor",
  proveMore: ({ args }) => `shows terms of a long sum, up to ${args.until}; the court adds them up`,
  proveStep: ({ events }) =>
    proof(events, "StepDisproved", ({ node, element }) => `element ${element} of node ${node} false`),
  proveOutput: ({ events }) =>
    proof(events, "OutputDisproved", ({ output, element }) => `element ${element} of output ${output} out of its band`),
  timeout: ({ events }, who) =>
    events.some(({ name }) => name === "WorkerSilent")
      ? `says that ${who.worker} is silent: its time is up, and the claim falls`
      : `says that ${who.challenger} is silent: its time is up, and the challenge is lost`,
  settle: () => "tells the market how it ended",
  reclaim: () => "takes its bond back",
};

/**
 * A move in words.
 *
 * @param who names of worker and challenger
 * @param sender the name of who made it
 */
export function told(move, who, sender) {
  const words = WORDS[move.name]?.(move, who) ?? move.name;
  return `${sender} ${words}${move.succeeded ? "" : ", which the court refuses"}  (${move.gas.total} gas)`;
}

/**
 * What a dispute's transactions took, by side and by move.
 *
 * @param found the dispute's figures
 * @param sides addresses by name
 */
export function gasLines({ gas, steps, transactions, alternations }, sides, moves) {
  const list = (entries) => entries.map(([name, total]) => `${name} ${total}`).join(", ");
  const bySide = Object.entries(sides).map(([name, address]) => [
    name,
    moves.filter(({ sender }) => sender === address).reduce((sum, move) => sum + move.gas.total, 0),
  ]);
  return [
    `${alternations} ${alternations === 1 ? "alternation" : "alternations"}, ${transactions} transactions, ${gas.total} gas: ${list(bySide)}`,
    `by move: ${list(Object.entries(steps).map(([name, { total }]) => [name, total]))}`,
  ];
}

function question({ kind, node, level, index }) {
  if (kind === "nodes") return `for the hashes below place ${index} of level ${level} of the tree over all tensors`;
  if (kind === "leaves") return `for place ${index} of level ${level} of the tree over node ${node}'s tensor`;
  return `for leaf ${index} of ${kind} ${node}`;
}

function proof(events, event, what) {
  const shown = events.find(({ name }) => name === event);
  return shown ? `proves it: the court itself finds ${what(shown.args)}, and the claim falls` : "shows a step";
}

function leafShown() {
  return "answers: the leaf's bytes";
}
