import { constant, inputNode, mapNode } from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { programHash, siblingsOf } from "../../canon/vectors/reference/commitments.js";
import { DATA_TYPES } from "../../canon/vectors/reference/dataTypes.js";
import { zeroOf } from "../../canon/vectors/reference/elements.js";
import { countOf, dtypeOf } from "./tensors.js";
import { Shown } from "./trace.js";

const INPUT = 1;

/** A program with a binding's inputs and outputs. It answers zeros, whatever it is asked. */
export function programOf({ inputs, outputs }) {
  const nodes = [
    ...inputs.map((kind, input) => inputNode(dataTypeOf(kind), countOf(kind), input)),
    ...outputs.map((kind) => zeros(dataTypeOf(kind), countOf(kind))),
  ];
  return {
    descriptors: nodes.map((digits) => bytesOfHex(digits)),
    outputs: outputs.map((_, output) => inputs.length + output),
  };
}

export const programRootOf = (binding) => programHash(programOf(binding));

/** What `publish` takes to show that a root is the program's: these of its nodes, else its INPUT and output nodes. */
export function openingOf(program, positions = endsOf(program)) {
  const shown = new Shown(program);
  return {
    ...shown.head,
    opened: positions.map((position) => ({ position, descriptor: shown.descriptor(position) })),
    siblings: siblingsOf(shown.levels, positions),
  };
}

/** The openings that go with a version whose programs are those of `programOf`. */
export const openingsOf = ({ bindings }) =>
  bindings.filter(({ programRoot }) => BigInt(programRoot) !== 0n).map((binding) => openingOf(programOf(binding)));

/** Publishes such a version of a model. */
export const publish = (models, content, model = 1) => models.publish(model, content, openingsOf(content));

function endsOf({ descriptors, outputs }) {
  const inputs = descriptors.keys().filter((position) => descriptors[position][0] === INPUT);
  return [...new Set([...inputs, ...outputs])].sort((first, second) => first - second);
}

const zeros = (type, count) => mapNode(type, [count], [], [constant(type, zeroOf(type))]);

const dataTypeOf = (kind) => DATA_TYPES.find(({ code }) => BigInt(code) === dtypeOf(kind));
