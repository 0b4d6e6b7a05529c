// The rows of scripts/bench dispute as tables for people, in Markdown.
import { table } from "./markdown.js";

const STEPS = {
  challenge: ["challenge"],
  open: ["open"],
  assertTrace: ["assertTrace"],
  ask: ["ask"],
  reveal: ["revealNodes", "revealLeaves", "revealLeaf", "revealVoid", "revealInput", "revealWeight", "revealOutput"],
  prove: ["proveMore", "proveStep", "proveOutput"],
  timeout: ["timeout"],
  "settle, reclaim": ["settle", "reclaim"],
};

/** @param rows of disputes */
export function tables(rows) {
  return [
    table(
      [
        "model",
        "fault",
        "verdict",
        "by",
        "alternations",
        "transactions",
        "gas",
        "execution",
        "calldata",
        "largest",
        "finality",
      ],
      rows.map((row, index) => [
        titleOnce(rows, index),
        row.fault,
        row.verdict === row.expected ? row.verdict : `${row.verdict ?? "NONE"}, NOT ${row.expected}`,
        by(row.refutation),
        row.alternations,
        row.transactions,
        thousands(row.gas?.total),
        thousands(row.gas?.execution),
        thousands(row.gas?.calldata),
        row.largest && `${thousands(row.largest.gas)} ${row.largest.move}`,
        row.finality && `${row.finality.blocks} blocks, ${row.finality.seconds} s`,
      ]),
    ),
    table(
      ["gas of", "", ...Object.keys(STEPS)],
      rows.map((row, index) => [
        titleOnce(rows, index),
        row.fault,
        ...Object.values(STEPS).map(
          (moves) => row.steps && stepGas(moves.map((move) => row.steps[move]).filter(Boolean)),
        ),
      ]),
    ),
  ];
}

const titleOnce = (rows, index) => (rows[index].model === rows[index - 1]?.model ? "" : rows[index].title);

const thousands = (gas) => (gas === undefined ? undefined : `${Math.round(gas / 1000)}k`);

function by(refutation) {
  if (!refutation) return undefined;
  const { by, node, output, element } = refutation;
  if (by === "step") return `step: node ${node}, element ${element}`;
  return by === "output" ? `output ${output}, element ${element}` : by;
}

function stepGas(steps) {
  if (steps.length === 0) return undefined;
  const [transactions, total] = ["transactions", "total"].map((part) =>
    steps.reduce((sum, step) => sum + step[part], 0),
  );
  return transactions === 1 ? thousands(total) : `${transactions}: ${thousands(total)}`;
}
