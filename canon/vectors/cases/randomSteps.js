// Elements of random programs' nodes, some of them damaged: what all three hands compute and compare.

import { DATA_TYPES, FLOAT32 } from "../reference/dataTypes.js";
import { nodeOf } from "../reference/descriptors.js";
import { evaluateDescriptors } from "../reference/evaluation.js";
import { INFINITY, NOT_A_NUMBER, SIGN } from "../reference/float32.js";
import { FOLDS } from "../reference/folds.js";
import { PRIMITIVES } from "../reference/primitives.js";
import { damaged } from "./damage.js";
import { randomWords } from "./random.js";
import { randomModel } from "./randomPrograms.js";

/** What the hands draw by, so that they compare the same. */
export const SEED = 0x57e9;

export const COMPUTED = ["MAP", "FOLD", "GATHER"];

/** Beyond these, a damaged node would take this implementation too long. */
const ELEMENTS = 200;
const TERMS = 2_000;

/**
 * Jobs of random programs, until their nodes have so many computed elements: { model, descriptors, tensors }.
 * The same for a seed, whoever asks.
 */
export function* randomSteps(seed, elements) {
  const next = randomWords(seed);
  for (let computed = 0; computed < elements;) {
    const model = randomModel(next);
    const descriptors = model.descriptors.map((descriptor, position) => changed(descriptor, position, next));
    const tensors = evaluateDescriptors(descriptors, model);
    yield { model, descriptors, tensors };
    descriptors.forEach((descriptor, position) => {
      if (COMPUTED.includes(nodeOf(descriptor, position)?.kind)) computed += tensors[position].count;
    });
  }
}

/** One in twenty nodes that compute is damaged. */
function changed(descriptor, position, next) {
  if (!COMPUTED.includes(nodeOf(descriptor, position).kind) || next() % 20 !== 0) return descriptor;
  const other = damaged(descriptor, next);
  const node = nodeOf(other, position);
  if (node === undefined) return other;
  const terms = node.foldSpace?.reduce((product, extent) => product * extent, 1n) ?? 1n;
  return COMPUTED.includes(node.kind) && node.count <= ELEMENTS && terms <= TERMS ? other : descriptor;
}

/** What was met, how often: elements by kind, rule and dtype of their nodes, and by what came out; nodes that are void. */
export class Met {
  counts = new Map();

  add(what, times = 1) {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** Counts what was computed of a node. */
  addNode(descriptor, position, tensor) {
    const node = nodeOf(descriptor, position);
    if (node === undefined) return this.add("void: descriptor");
    if (!COMPUTED.includes(node.kind)) return this.add("given");
    if (tensor.type === undefined) return this.add("void: operand");
    this.add(`kind ${node.kind}`, tensor.count);
    this.add(`dtype ${tensor.type.name}`, tensor.count);
    if (node.kind === "FOLD") this.add(`fold ${node.fold.name}`, tensor.count);
    for (const { rule } of node.primitives ?? []) this.add(`primitive ${rule.name}`, tensor.count);
    for (const element of tensor.elements) this.add(`outcome ${outcomeOf(tensor.type, element)}`);
  }

  /** What was to be met and was not. */
  get missing() {
    const wanted = [
      ...["void: descriptor", "void: operand"],
      ...COMPUTED.map((kind) => `kind ${kind}`),
      ...FOLDS.map(({ name }) => `fold ${name}`),
      ...PRIMITIVES.map(({ name }) => `primitive ${name}`),
      ...DATA_TYPES.map(({ name }) => `dtype ${name}`),
      ...OUTCOMES.map((outcome) => `outcome ${outcome}`),
    ];
    return wanted.filter((what) => !this.counts.has(what));
  }

  toString() {
    return [...this.counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([what, times]) => `${what}: ${times}`)
      .join(", ");
  }
}

const OUTCOMES = ["zero", "NaN", "infinity", "subnormal", "normal", "other"];
const SMALLEST_NORMAL = 0x00800000;

function outcomeOf(type, element) {
  if (type !== FLOAT32) return "other";
  const magnitude = element % SIGN;
  if (magnitude === NOT_A_NUMBER) return "NaN";
  if (magnitude === INFINITY) return "infinity";
  if (magnitude === 0) return "zero";
  return magnitude < SMALLEST_NORMAL ? "subnormal" : "normal";
}
