// The gas of a step: section 8. From the descriptor alone, in whole numbers.

import { elementCount } from "./dataTypes.js";
import { FUNCTIONS } from "./functions.js";
import { ceilingOfQuotient, least } from "./integers.js";

const STEP = 500000n;
const LEAF = 43000n;
const SIBLINGS = 36000n;
const OPENING = 30000n;
const OPERAND = LEAF + SIBLINGS + OPENING;
const TERM = 160n;
const RUN = 6000n;
const DIVISION = 600n;
const DEAR_PRIMITIVE = 20000n;
const CHEAP_PRIMITIVE = 500n;
const LEAF_BYTES = 1024n;

const DEAR_PRIMITIVES = ["DIV", "MOD", "SQRT", "WITHIN", ...FUNCTIONS.map(({ name }) => name)];
const SPREADABLE_FOLDS = ["DOT", "SUM", "MEAN", "MEANSQ"];

export const gasCap = ({ kind, fold }) =>
  kind === "FOLD" && SPREADABLE_FOLDS.includes(fold.name) ? 2n ** 26n : 2n ** 24n;

export function gasOfStep(node) {
  switch (node.kind) {
    case "MAP":
      return STEP + mapGas(node);
    case "FOLD":
      return STEP + foldGas(node);
    case "GATHER":
      return STEP + 2n * OPERAND;
    default:
      return STEP;
  }
}

function mapGas({ slots, primitives }) {
  const operands = slots.reduce((count, { alternatives }) => count + alternatives.length, 0);
  return primitives.reduce(
    (gas, { rule }) => gas + (DEAR_PRIMITIVES.includes(rule.name) ? DEAR_PRIMITIVE : CHEAP_PRIMITIVE),
    OPERAND * BigInt(operands),
  );
}

function foldGas({ foldSpace, operands, addend }) {
  const terms = elementCount(foldSpace);
  const ofOperands = operands.map((operand) => foldOperandGas(operand, terms, foldSpace.at(-1)));
  return ofOperands.reduce((gas, more) => gas + more, TERM * terms + (addend === undefined ? 0n : OPERAND));
}

/** A run is a walk along the innermost fold axis, of so many elements that lie side by side. */
function foldOperandGas({ type, view }, terms, runLength) {
  const width = BigInt(type.width);
  const runs = terms / runLength;
  const leavesOfRun = (LEAF_BYTES - 1n + width * (runLength - 1n)) / LEAF_BYTES + 1n;
  const leavesOfView = ceilingOfQuotient(elementCount(view.map(({ extent }) => extent)) * width, LEAF_BYTES);
  const leaves = least(runs * leavesOfRun, leavesOfView);
  const divisions = BigInt(view.filter(({ divisor }) => BigInt(divisor) !== 1n).length);
  return OPENING + LEAF * leaves + SIBLINGS * least(2n * runs, leaves) + (RUN + DIVISION * divisions) * runs;
}
