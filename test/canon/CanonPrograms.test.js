import { expect } from "chai";
import { network } from "hardhat";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { NotValid, operandsOf, readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { readProgramFile } from "../../canon/vectors/reference/program.js";
import { MEANING, Openable, deployCanon, stepOf } from "../support/canon.js";
import { vectors } from "./vectors.js";

const { networkHelpers } = await network.getOrCreate();

const ELEMENTS_OF_CALL = 24;

const widthOf = (dtype) => ({ 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1 })[dtype];

describe("Canon on golden programs", () => {
  for (const program of vectors("programs.json").programs) {
    it(`computes every element of "${program.name}"`, async () => {
      const { steps } = await networkHelpers.loadFixture(deployCanon);
      const { descriptors } = readProgramFile(bytesOfHex(program.file));
      const openables = program.tensors.map((tensor, position) => openableOf(program, tensor, descriptors[position]));
      for (const [position, descriptor] of descriptors.entries()) {
        await compare(steps, program.tensors[position], descriptor, position, openables);
      }
    });
  }
});

async function compare(steps, tensor, descriptor, position, openables) {
  const node = nodeOf(descriptor, position);
  const nodes = node === undefined ? [] : operandsOf(node).map((operand) => operand.node);
  const operands = nodes.map((operand) => openables[operand].openedWhole());
  const isGiven = ["INPUT", "WEIGHT", "CLAIM"].includes(node?.kind);
  const asked = (element) => stepOf(hexOfBytes(descriptor), position, operands, { element });
  if (isGiven || tensor.dtype === 0) {
    const answer = await steps.elements(asked(0), 1);
    const [dtype, count] = isGiven ? [node.type.code, node.count] : [0, 0];
    expect(answer.slice(0, 3)).to.deep.equal([isGiven ? MEANING.GIVEN : MEANING.VOID, BigInt(dtype), BigInt(count)]);
    expect(answer.nodes).to.deep.equal(nodes.map(BigInt));
    expect(answer[4]).to.deep.equal([0n]);
    return;
  }
  const expected = elementsOf(tensor);
  for (let from = 0; from < tensor.count; from += ELEMENTS_OF_CALL) {
    const until = Math.min(from + ELEMENTS_OF_CALL, tensor.count);
    const answer = await steps.elements(asked(from), until);
    expect(answer.slice(0, 3)).to.deep.equal([MEANING.COMPUTED, BigInt(tensor.dtype), BigInt(tensor.count)]);
    expect(answer.nodes).to.deep.equal(nodes.map(BigInt));
    expect(answer[4], `node ${position}`).to.deep.equal(expected.slice(from, until));
  }
}

function nodeOf(descriptor, position) {
  try {
    return readDescriptor(descriptor, position);
  } catch (error) {
    if (error instanceof NotValid) return undefined;
    throw error;
  }
}

const elementsOf = ({ dtype, count, data }) =>
  Array.from({ length: count }, (_, number) => {
    const width = widthOf(dtype);
    return BigInt(`0x${data.slice(2 + 2 * width * number, 2 + 2 * width * (number + 1))}`);
  });

/** Of a weight, everything counts that stands behind its root. */
function openableOf({ weights }, { dtype, count, data }, descriptor) {
  const openable = new Openable({ dtype, count, data: bytesOfHex(data) });
  if (descriptor[0] !== 2 || dtype === 0) return openable;
  const root = hexOfBytes(descriptor.subarray(6, 38));
  return weights
    .map((weight) => new Openable({ dtype, count, data: bytesOfHex(weight.data) }))
    .find((weight) => weight.root === root && weight.depth === openable.depth);
}
