// The verdict program of a program and its bands, which computes whether a claim is right: section 13.

import { claimNode, foldNode, mapNode, operand, primitive, slot, typedOperand, viewAxis, within } from "./assembly.js";
import { bytesOfHex } from "./bytes.js";
import { BOOL, FLOAT32 } from "./dataTypes.js";
import { ensure } from "./descriptors.js";
import { zeroOf } from "./elements.js";
import { readProgram } from "./program.js";

/** Terms of one fold AND. */
const FOLDED = 1024;

/** A band is { absolute, relative }, two float32 tolerances; there is one for each output. */
export function verdictProgram(program, bands) {
  const nodes = readProgram(program);
  ensure(
    nodes.every(({ kind }) => kind !== "CLAIM"),
    "a program that reads a claim",
  );
  const descriptors = [...program.descriptors];
  function append(digits) {
    descriptors.push(bytesOfHex(digits));
    return descriptors.length - 1;
  }

  const verdicts = program.outputs.map((output, place) => {
    const { type, count } = nodes[output];
    const claim = append(claimNode(type, count, place));
    let verdict = append(comparison(type, count, claim, output, bands[place]));
    for (let left = count; left > 1; left = Math.ceil(left / FOLDED)) verdict = append(conjunction(left, verdict));
    return verdict;
  });
  const last = verdicts.reduce((soFar, verdict) => append(bothOf(soFar, verdict)));
  return { descriptors, outputs: [last] };
}

function comparison(type, count, claim, output, band) {
  const itself = [viewAxis(count, [[0, 1]])];
  const slots = [claim, output].map((node) => slot(type, zeroOf(type), [operand(node, itself)]));
  return mapNode(BOOL, [count], slots, [type === FLOAT32 ? within(0, 1, band) : primitive("EQ", 0, 1)]);
}

function conjunction(count, node) {
  const view = [
    viewAxis(count, [
      [0, FOLDED],
      [1, 1],
    ]),
  ];
  return foldNode(BOOL, "AND", [Math.ceil(count / FOLDED)], [FOLDED], typedOperand(BOOL, node, view));
}

function bothOf(a, b) {
  const slots = [a, b].map((node) => slot(BOOL, false, [operand(node, [])]));
  return mapNode(BOOL, [], slots, [primitive("AND", 0, 1)]);
}
