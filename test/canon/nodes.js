// Asks the canon for every element of a node, and compares.

import { expect } from "chai";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { DATA_TYPES } from "../../canon/vectors/reference/dataTypes.js";
import { nodeOf, operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { MEANING, stepOf } from "../support/canon.js";

const ELEMENTS_OF_CALL = 24;
const GIVEN = ["INPUT", "WEIGHT", "CLAIM"];

/**
 * Compares what a node defines with what the third implementation says, { type, count, data }. Whether INPUT and CLAIM
 * are void is not the step's matter. Returns how many elements were computed.
 */
export async function compareNode(steps, descriptor, position, tensor, openables) {
  const node = nodeOf(descriptor, position);
  const nodes = node === undefined ? [] : operandsOf(node).map((operand) => operand.node);
  const operands = nodes.map((operand) => openables[operand].openedWhole());
  const what = `${hexOfBytes(descriptor)} at ${position}`;
  const ask = async (from, until, heads) => {
    const asked = stepOf(hexOfBytes(descriptor), position, operands, { element: from });
    const answer = await steps.elements(asked, until);
    expect(answer.slice(0, 3), what).to.deep.equal(heads.map(BigInt));
    expect(answer.nodes, what).to.deep.equal(nodes.map(BigInt));
    return answer[4];
  };
  if (GIVEN.includes(node?.kind)) {
    expect(await ask(0, 1, [MEANING.GIVEN, node.type.code, node.count]), what).to.deep.equal([0n]);
    return 0;
  }
  if (tensor.type === undefined) {
    expect(await ask(0, 1, [MEANING.VOID, 0, 0]), what).to.deep.equal([0n]);
    return 0;
  }
  const expected = elementsOf(tensor);
  for (let from = 0; from < tensor.count; from += ELEMENTS_OF_CALL) {
    const until = Math.min(from + ELEMENTS_OF_CALL, tensor.count);
    const values = await ask(from, until, [MEANING.COMPUTED, tensor.type.code, tensor.count]);
    expect(values, what).to.deep.equal(expected.slice(from, until));
  }
  return tensor.count;
}

/** The bits of every element. */
export const elementsOf = ({ type, data }) =>
  Array.from({ length: data.length / type.width }, (_, number) =>
    BigInt(hexOfBytes(data.subarray(number * type.width, (number + 1) * type.width))),
  );

/** A tensor as vectors have it. */
export const tensorOfVector = ({ dtype, count, data }) => ({
  type: DATA_TYPES.find(({ code }) => code === dtype),
  count,
  data: bytesOfHex(data),
});
