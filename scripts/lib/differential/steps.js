// Steps whose operands are opened: of nodes of random programs, and of nodes that read a few leaves of great tensors.
import {
  many,
  pick,
  randomBetween,
  randomInteger,
  randomOfExponents,
  randomOfFewBits,
} from "../../../canon/vectors/cases/random.js";
import { randomModel } from "../../../canon/vectors/cases/randomPrograms.js";
import { damaged } from "../../../canon/vectors/cases/damage.js";
import {
  dotNode,
  foldNode,
  gatherNode,
  mapNode,
  operand,
  primitive,
  slot,
  typedOperand,
  viewAxis,
} from "../../../canon/vectors/reference/assembly.js";
import { BOOL, DATA_TYPES, FLOAT32, INT32, INT64, wrapped } from "../../../canon/vectors/reference/dataTypes.js";
import { nodeOf, operandsOf } from "../../../canon/vectors/reference/descriptors.js";
import { LEAF_LENGTH, bytesOf, depthOf, openingOf, randomPlaces } from "./openings.js";

const COMPUTED = ["MAP", "FOLD", "GATHER"];
const SUMS = ["DOT", "SUM", "MEAN", "MEANSQ"];
const NUMERIC = DATA_TYPES.filter((type) => type !== BOOL);
/** -0, NaNs of several payloads and signs, infinities, the least and the greatest. */
const STRANGE_FLOATS = [
  0, 0x80000000, 0x7fc00000, 0xffc00000, 0x7f800001, 0xff812345, 0x7f800000, 0xff800000, 1, 0x80000001, 0x7f7fffff,
  0xff7fffff,
];
/** Elements that a step of one of the great tensors reads side by side. */
const MOST_TERMS = 600;
const GREATEST_COUNT = 2 ** 31 - 1;
const UNOPENED = { places: [], leaves: new Uint8Array(0), siblings: [] };

/** Some bytes that differ by type in how often they are odd ones. */
function randomElement(next, type) {
  if (type === BOOL) return next() % 5 === 0 ? next() % 256 : next() % 2;
  if (type !== FLOAT32) {
    return next() % 5 < 3 ? wrapped(type, BigInt(randomBetween(next, -7, 8))) : randomInteger(next, type);
  }
  const kind = next() % 20;
  if (kind === 0) return pick(next, STRANGE_FLOATS);
  if (kind === 1) return next();
  return kind < 10 ? randomOfFewBits(next, 124, 130) : randomOfExponents(next, 118, 134);
}

const WRITERS = {
  1: (view, place, element) => view.setUint8(place, Number(element)),
  4: (view, place, element) => view.setUint32(place, Number(element)),
  8: (view, place, element) => view.setBigInt64(place, BigInt(element)),
};

/** A leaf full of elements, or of so many of them. */
function randomLeaf(next, type, count = LEAF_LENGTH / type.width) {
  const leaf = new Uint8Array(LEAF_LENGTH);
  const view = new DataView(leaf.buffer);
  for (let number = 0; number < count; number++) {
    WRITERS[type.width](view, number * type.width, randomElement(next, type));
  }
  return leaf;
}

/** An operand's tensor with some leaves opened; none for no places. */
function openedTensor(next, type, count, places) {
  const bytes = count * type.width;
  if (places.length === 0) return { dtype: type.code, count, root: new Uint8Array(32), opened: UNOPENED };
  const left = (place) => Math.max(0, Math.min(LEAF_LENGTH, bytes - place * LEAF_LENGTH)) / type.width;
  const leaves = places.map((place) => randomLeaf(next, type, left(place)));
  const { root, ...opened } = openingOf(next, depthOf(bytes), places, leaves);
  return { dtype: type.code, count, root, opened };
}

const stepOf = (descriptor, position, element, operands) => ({
  descriptor,
  position,
  element,
  operands,
  accumulator: new Uint8Array(0),
});

/** Steps of one random program after the other. */
export class ProgramSteps {
  #left = 0;

  constructor(next) {
    this.next = next;
  }

  /** {step, node}: an element of a node, most of the time one that computes. */
  draw() {
    const { next } = this;
    if (this.#left-- === 0) {
      this.#left = 40;
      this.descriptors = randomModel(next).descriptors;
      this.nodes = this.descriptors.map(nodeOf);
    }
    const places = [...this.nodes.keys()];
    const computed = places.filter((place) => COMPUTED.includes(this.nodes[place].kind));
    const position = next() % 30 === 0 ? pick(next, places) : pick(next, computed);
    const node = this.nodes[position];
    const operands = operandsOf(node).map(({ node: other }) => {
      const { type, count } = this.nodes[other];
      return openedTensor(next, type, count, allPlaces(type, count));
    });
    return { step: stepOf(this.descriptors[position], position, next() % node.count, operands), node };
  }

  /** A descriptor at its position, now and then a damaged one. */
  descriptor() {
    const { next } = this;
    const { descriptor, position } = this.draw().step;
    return { descriptor: next() % 3 === 0 ? damaged(descriptor, next) : descriptor, position };
  }
}

const allPlaces = (type, count) =>
  many(Math.max(1, Math.ceil((count * type.width) / LEAF_LENGTH)), (_, place) => place);

/** A step that reads one run of elements, or one element, of each of one or two great tensors. */
export function greatStep(next) {
  const shape = pick(next, [greatMap, greatGather, greatFold, greatFold]);
  const { digits, tensors } = shape(next);
  const descriptor = bytesOf(`0x${digits}`);
  const operands = tensors.map(({ type, count, first, length }) =>
    openedTensor(next, type, count, placesFor(next, type, count, first, length)),
  );
  return { step: stepOf(descriptor, 9, 0, operands), node: nodeOf(descriptor, 9) };
}

const greatCount = (next) => Math.min(GREATEST_COUNT, randomBetween(next, 1, 2 ** randomBetween(next, 6, 31)));

/** A tensor and where in it the step reads. */
function greatTensor(next, type, length) {
  const count = Math.max(length, greatCount(next));
  return { type, count, length, first: next() % (count - length + 1) };
}

/** The leaves that hold a run, now and then others too, or one too few. */
function placesFor(next, type, count, first, length) {
  const begin = Math.floor((first * type.width) / LEAF_LENGTH);
  const end = Math.floor(((first + length) * type.width - 1) / LEAF_LENGTH);
  const places = new Set(many(end - begin + 1, (_, number) => begin + number));
  const depth = depthOf(count * type.width);
  if (next() % 4 === 0) randomPlaces(next, depth, 3).forEach((place) => places.add(place));
  if (next() % 16 === 0) places.delete(pick(next, [begin, end]));
  return [...places].sort((one, other) => one - other);
}

const viewFrom = ({ count, first }, axis) => [viewAxis(count, [[axis, 1]], { offset: first })];

function greatMap(next) {
  const type = pick(next, DATA_TYPES);
  const [a, b] = [greatTensor(next, type, 1), greatTensor(next, type, 1)];
  const zero = type === FLOAT32 || type === BOOL ? 0 : 0n;
  const slots = [a, b].map((tensor, node) => slot(type, zero, [operand(node, viewFrom(tensor, 0))]));
  const name =
    type === BOOL ? pick(next, ["AND", "OR", "XOR"]) : pick(next, ["ADD", "SUB", "MUL", "DIV", "MAX", "MIN"]);
  return { digits: mapNode(type, [1], slots, [primitive(name, 0, 1)]), tensors: [a, b] };
}

function greatGather(next) {
  const type = pick(next, DATA_TYPES);
  const indices = greatTensor(next, pick(next, [INT32, INT64]), 1);
  const data = { type, count: randomBetween(next, 1, 200), first: 0 };
  data.length = data.count;
  const digits = gatherNode(
    type,
    [1],
    typedOperand(indices.type, 0, viewFrom(indices, 0)),
    operand(1, [viewAxis(data.count)]),
    0,
  );
  return { digits, tensors: [indices, data] };
}

function greatFold(next) {
  const length = randomBetween(next, 1, next() % 4 === 0 ? MOST_TERMS : 40);
  const typed = (tensor, node) => typedOperand(tensor.type, node, viewFrom(tensor, 1));
  const name = pick(next, ["DOT", "DOT", "SUM", "MEAN", "MEANSQ", "MAX", "MIN", "ARGMAX", "ARGMIN", "AND"]);
  if (name === "AND") {
    const a = greatTensor(next, BOOL, length);
    return { digits: foldNode(BOOL, name, [1], [length], typed(a, 0)), tensors: [a] };
  }
  const isMean = name.startsWith("MEAN");
  const type = isMean || next() % 2 === 0 ? FLOAT32 : pick(next, NUMERIC);
  const isSum = name === "DOT" || name === "SUM";
  const wide = pick(next, [INT32, INT64]);
  const result = name.startsWith("ARG") ? INT64 : isSum && type !== FLOAT32 ? wide : type;
  const a = greatTensor(next, type, length);
  if (name !== "DOT") return { digits: foldNode(result, name, [1], [length], typed(a, 0)), tensors: [a] };
  const integers = NUMERIC.filter((other) => other !== FLOAT32);
  const b = greatTensor(next, type === FLOAT32 ? type : pick(next, integers), length);
  const c = next() % 2 === 0 ? [greatTensor(next, result, 1)] : [];
  const addend = c.map((tensor) => typedOperand(result, 2, viewFrom(tensor, 0)))[0];
  return { digits: dotNode(result, [1], [length], typed(a, 0), typed(b, 1), addend), tensors: [a, b, ...c] };
}

/** How many terms a node's sum has whose terms can be accumulated; undefined for any other node. */
export const termsOfSum = (node) =>
  node?.kind === "FOLD" && SUMS.includes(node.fold.name)
    ? Number(node.foldSpace.reduce((product, extent) => product * extent, 1n))
    : undefined;

const CHANGES = [
  ({ operands }) => operands.reverse(),
  ({ operands }) => operands.pop(),
  ({ operands }, next) => operands.length > 0 && operands.push(pick(next, operands)),
  (step, next) => (step.element = pick(next, [step.element + 1, next() % 64, 2 ** 31, 2 ** 32 - 1])),
  (step, next) => (step.position = pick(next, [0, 1, 65_535, 65_536, 2 ** 32 - 1])),
  (step, next) => (step.descriptor = damaged(step.descriptor, next)),
  (step, next) => (step.accumulator = Uint8Array.from(many(pick(next, [1, 40, 137, 138]), () => next() % 256))),
  (step, next) => (step.accumulator = damaged(step.accumulator, next)),
  (step, next) => change(step, next, (operand) => (operand.dtype = pick(next, [0, 1, 2, 3, 6, 7, 9, 255]))),
  (step, next) =>
    change(step, next, (operand) => (operand.count = pick(next, [0, 1, operand.count * 2, 2 ** 31, 2 ** 32 - 1]))),
  (step, next) => change(step, next, (operand) => (operand.count = Math.max(1, operand.count - 1))),
  (step, next) => change(step, next, (operand) => (operand.root = new Uint8Array(32))),
  (step, next) => change(step, next, (operand) => (operand.opened = UNOPENED)),
  (step, next) => change(step, next, ({ opened }) => changeOpening(opened, next)),
  (step, next) => change(step, next, ({ opened }) => changeOpening(opened, next)),
];

function change({ operands }, next, how) {
  if (operands.length > 0) how(pick(next, operands));
}

/** A step in which one thing is another. */
export function changedStep(step, next) {
  const other = { ...step, operands: step.operands.map((operand) => ({ ...operand, opened: { ...operand.opened } })) };
  pick(next, CHANGES)(other, next);
  other.operands.forEach((operand) => (operand.count = Math.min(operand.count, 2 ** 32 - 1)));
  return other;
}

const OPENING_CHANGES = [
  (opening) => (opening.siblings = opening.siblings.slice(1)),
  (opening, next) => (opening.siblings = [...opening.siblings, Uint8Array.from(many(32, () => next() % 256))]),
  (opening) => (opening.siblings = [...opening.siblings].reverse()),
  (opening) => (opening.places = [...opening.places].reverse()),
  (opening) => (opening.places = opening.places.map((place) => place + 1)),
  (opening) => (opening.places = [...opening.places, ...opening.places.slice(-1)]),
  (opening) => (opening.places = []),
  (opening, next) =>
    (opening.places = [
      ...opening.places.slice(0, -1),
      pick(next, [2n ** 255n, 2n ** 256n - 1n, 2n ** 63n, 2n ** 31n]),
    ]),
  (opening) => (opening.leaves = opening.leaves.subarray(LEAF_LENGTH)),
  (opening) => (opening.leaves = opening.leaves.subarray(1)),
  (opening) => (opening.leaves = new Uint8Array([...opening.leaves, ...new Uint8Array(LEAF_LENGTH)])),
  (opening, next) => {
    opening.leaves = Uint8Array.from(opening.leaves);
    if (opening.leaves.length > 0) opening.leaves[next() % opening.leaves.length] ^= 1 << (next() % 8);
  },
];

/** Changes one thing of an opening. */
export function changeOpening(opening, next) {
  pick(next, OPENING_CHANGES)(opening, next);
}

export { randomLeaf, STRANGE_FLOATS };
