import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { siblingsOf, nodeHash, tensorHash, treeLevels } from "../../canon/vectors/reference/commitments.js";
import { operandsOf } from "../../canon/vectors/reference/descriptors.js";
import { VOID, evaluateDescriptors } from "../../canon/vectors/reference/evaluation.js";
import { SPEC_VERSION } from "../../canon/vectors/reference/program.js";
import { nodeOf } from "../../canon/vectors/reference/descriptors.js";
import { LEAF_LENGTH, Openable, UNOPENED, stepOf } from "./canon.js";

/** A program as the court is shown it. */
export class Shown {
  constructor({ descriptors, outputs }) {
    this.descriptors = descriptors;
    this.outputs = outputs;
    this.levels = treeLevels(descriptors.map(nodeHash));
  }

  get head() {
    return {
      specVersion: SPEC_VERSION,
      nodes: this.descriptors.length,
      nodesRoot: this.levels.at(-1)[0],
      outputs: this.outputs,
    };
  }

  descriptor(node) {
    return hexOfBytes(this.descriptors[node]);
  }

  siblings(node) {
    return siblingsOf(this.levels, [node]);
  }

  opening(node) {
    return { program: this.head, descriptor: this.descriptor(node), siblings: this.siblings(node) };
  }

  /** Nodes of the operands; none if the descriptor is not valid. */
  operands(node) {
    const read = nodeOf(this.descriptors[node], node);
    return read === undefined ? [] : operandsOf(read).map((operand) => operand.node);
  }
}

/** What opens no node. */
export const NO_NODE = {
  program: { specVersion: 0, nodes: 0, nodesRoot: `0x${"00".repeat(32)}`, outputs: [] },
  descriptor: "0x",
  siblings: [],
};

/** A tensor with its tree; the leaf hashes may be other ones than those of its data. */
export class TracedTensor {
  constructor({ type, count, data, root }, leaves) {
    this.type = type;
    this.count = count;
    this.data = data;
    this.dtype = type?.code ?? 0;
    this.openable = new Openable({ dtype: this.dtype, count, data });
    if (leaves !== undefined) this.openable.levels = treeLevels(leaves);
    this.root = root ?? this.openable.root;
    this.hash = tensorHash({ type, count, root: this.root });
  }

  get width() {
    return this.type?.width ?? 0;
  }

  get levels() {
    return this.openable.levels;
  }

  get depth() {
    return this.levels.length - 1;
  }

  leafOf(element) {
    return Math.floor((element * this.width) / LEAF_LENGTH);
  }

  opened(places) {
    const { dtype, count, root } = this;
    return { dtype, count, root, opened: places.length === 0 ? UNOPENED : this.openable.openingOf(places) };
  }

  /** The same with these bytes from an offset on. */
  overwritten(offset, ...bytes) {
    const { type, count } = this;
    const data = Uint8Array.from(this.data);
    data.set(bytes, offset);
    return new TracedTensor({ type, count, data });
  }

  /** The same with another first byte. */
  wrong() {
    return this.overwritten(0, this.data[0] ^ 1);
  }

  all() {
    return Array.from({ length: Math.max(1, Math.ceil((this.count * this.width) / LEAF_LENGTH)) }, (_, leaf) => leaf);
  }
}

/** What a worker asserts: the tensor of every node of a program. */
export class Trace {
  constructor(shown, tensors) {
    this.shown = shown;
    this.tensors = tensors;
    this.levels = treeLevels(tensors.map(({ hash }) => hash));
  }

  /** The right one. */
  static of(shown, job) {
    const tensors = evaluateDescriptors(shown.descriptors, job);
    return new Trace(
      shown,
      tensors.map((tensor) => new TracedTensor(tensor)),
    );
  }

  get root() {
    return this.levels.at(-1)[0];
  }

  get depth() {
    return this.levels.length - 1;
  }

  /** What is asserted: the first row below the root. */
  get top() {
    return Trace.row(this.levels, 0, 0, Math.min(4, this.depth)).hashes;
  }

  /** The same with another tensor at a node. */
  with(node, tensor) {
    return new Trace(
      this.shown,
      this.tensors.map((kept, place) => (place === node ? tensor : kept)),
    );
  }

  /** The same with a wrong tensor at a node. */
  wrongAt(node) {
    return this.with(node, this.tensors[node].wrong());
  }

  opening(nodes) {
    const places = [...new Set(nodes)].sort((first, second) => first - second);
    return {
      nodes: places,
      tensors: places.map((place) => this.tensors[place].hash),
      siblings: siblingsOf(this.levels, places),
    };
  }

  siblings(node) {
    return siblingsOf(this.levels, [node]);
  }

  /** Hashes of a tree's level below a place, and the siblings of that place. */
  static row(levels, level, index, stride) {
    const depth = levels.length - 1;
    const below = levels[depth - level - stride];
    return {
      hashes: below.slice(index * 2 ** stride, (index + 1) * 2 ** stride),
      siblings: siblingsOf(levels.slice(depth - level), [index]),
    };
  }

  /** What shows an element of a node to be false: operands from this trace, opened where the step reads them. */
  stepProof(node, element, { inputs = [], accumulator = "0x", places = undefined } = {}) {
    const { shown } = this;
    const result = this.tensors[node];
    const operands = shown.operands(node);
    const opened = operands.map((operand) => {
      const tensor = this.tensors[operand];
      if (places !== undefined) return tensor.opened(places(tensor, operand));
      return tensor.opened(tensor.count === result.count ? [tensor.leafOf(element)] : tensor.all());
    });
    return {
      program: shown.head,
      siblings: shown.siblings(node),
      trace: this.opening([...operands, node]),
      inputs,
      step: stepOf(shown.descriptor(node), node, opened, { element, accumulator }),
      result: result.opened(result.width === 0 ? [] : [result.leafOf(element)]),
    };
  }

  /** What shows an element of a claim to be out of its band. */
  outputProof(output, element, claimed) {
    const node = this.shown.outputs[output];
    const result = this.tensors[node];
    const tensor = new TracedTensor({ type: result.type, count: result.count, data: bytesOfHex(claimed) });
    return {
      program: this.shown.head,
      trace: this.opening([node]),
      result: result.opened([result.leafOf(element)]),
      claimed: tensor.openable.openingOf([tensor.leafOf(element)]),
    };
  }
}

export const VOID_TENSOR = new TracedTensor(VOID);
