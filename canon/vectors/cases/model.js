// Builds a program together with the job that it runs in, and the vector of both: the tensors of all nodes and the
// hashes.

import {
  dotNode,
  foldNode,
  gatherNode,
  inputNode,
  mapNode,
  operand,
  slot,
  typedOperand,
} from "../reference/assembly.js";
import { viewAxis, weightNode } from "../reference/assembly.js";
import { bytesOfHex, hexOfBytes } from "../reference/bytes.js";
import { programHash, tensorHash, traceHash, treeRoot } from "../reference/commitments.js";
import { writeElements, zeroOf } from "../reference/elements.js";
import { evaluateDescriptors, tensorOf } from "../reference/evaluation.js";
import { isValidProgramFile, programFile } from "../reference/program.js";
import { randomWords } from "./random.js";

const CHAIN_ID = 31337n;
const COURT = "0x5fbdb2315678afecb367f032d93f642f64180aa3";

/** A view whose axes follow the first axes, one by one. */
export const followed = (extents) => extents.map((extent, axis) => viewAxis(extent, [[axis, 1]]));

/** An axis of a view that follows one axis. */
export const axisAlong = (extent, axis, more) => viewAxis(extent, [[axis, 1]], more);

export class Model {
  descriptors = [];
  types = [];
  inputs = [];
  weights = [];
  claims = [];
  outputs = [];

  /** The seed is for what is drawn at random on the way. */
  constructor(seed = 1) {
    this.next = randomWords(seed);
  }

  /** Appends a node and returns its position. */
  add(type, digits) {
    this.types.push(type);
    this.descriptors.push(bytesOfHex(digits));
    return this.descriptors.length - 1;
  }

  /** Elements may be given as bits that are not canonical. */
  input(type, elements) {
    this.inputs.push(tensorOf(type, writeElements(type, elements)));
    return this.add(type, inputNode(type, elements.length, this.inputs.length - 1));
  }

  /** Another node of an input that there is already, or is not. */
  repeatedInput(type, count, input) {
    return this.add(type, inputNode(type, count, input));
  }

  weight(type, elements) {
    const data = writeElements(type, elements);
    const root = treeRoot(data);
    if (this.weights.every((weight) => weight.root !== root)) this.weights.push({ root, data });
    return this.weightOfRoot(type, elements.length, root);
  }

  weightOfRoot(type, count, root) {
    return this.add(type, weightNode(type, count, root));
  }

  slot(node, view, pad) {
    return this.alternatives([[node, view]], pad);
  }

  /** A slot of several pairs of a node and a view. */
  alternatives(pairs, pad = zeroOf(this.types[pairs[0][0]])) {
    const operands = pairs.map(([node, view]) => operand(node, view));
    return slot(this.types[pairs[0][0]], pad, operands);
  }

  typed(node, view) {
    return typedOperand(this.types[node], node, view);
  }

  map(type, extents, slots, ...primitives) {
    return this.add(type, mapNode(type, extents, slots, primitives));
  }

  /** A MAP of nodes that have the space's shape. */
  elementwise(type, extents, nodes, ...primitives) {
    return this.map(
      type,
      extents,
      nodes.map((node) => this.slot(node, followed(extents))),
      ...primitives,
    );
  }

  fold(name, type, extents, foldExtents, node, view) {
    return this.add(type, foldNode(type, name, extents, foldExtents, this.typed(node, view)));
  }

  /** a, b and maybe c are pairs of a node and a view. */
  dot(type, extents, foldExtents, a, b, addend) {
    const operands = [a, b, addend].map((pair) => pair && this.typed(...pair));
    return this.add(type, dotNode(type, extents, foldExtents, ...operands));
  }

  gather(extents, [indices, indicesView], [data, dataView], axis) {
    const type = this.types[data];
    return this.add(type, gatherNode(type, extents, this.typed(indices, indicesView), operand(data, dataView), axis));
  }

  get program() {
    return { descriptors: this.descriptors, outputs: this.outputs };
  }
}

/** What the vectors say of a program in its job. */
export function programVector(name, program, job, number) {
  const file = programFile(program);
  const tensors = evaluateDescriptors(program.descriptors, job).map(tensorVector);
  const hash = programHash(program);
  const trace = { chainId: CHAIN_ID.toString(), court: COURT, job: number.toString() };
  return {
    name,
    file: hexOfBytes(file),
    valid: isValidProgramFile(file),
    inputs: job.inputs.map(givenVector),
    weights: job.weights.map(({ root, data }) => ({ root, data: hexOfBytes(data) })),
    claims: job.claims.map(givenVector),
    tensors,
    program: hash,
    trace: {
      ...trace,
      hash: traceHash(
        { chainId: CHAIN_ID, court: COURT, job: number },
        hash,
        tensors.map((tensor) => tensor.hash),
      ),
    },
  };
}

const givenVector = ({ type, count, data }) => ({ dtype: type?.code ?? 0, count, data: hexOfBytes(data) });
const tensorVector = (tensor) => ({ ...givenVector(tensor), hash: tensorHash(tensor) });
