// What a node defines: section 9, and the maps, slots and expressions of section 7. Element by element, the way the
// text says it.
//
// A job is { inputs, weights, claims }: lists of tensors, and of { root, data } with the bytes behind a tree root. A
// tensor is { type, count, data }; the void one has no type.

import { hexOfBytes } from "./bytes.js";
import { leafCount, treeDepth } from "./commitments.js";
import { FLOAT32, elementCount } from "./dataTypes.js";
import { nodeOf, operandsOf } from "./descriptors.js";
import { readElements, writeElements, zeroOf } from "./elements.js";
import { NOT_A_NUMBER } from "./float32.js";
import { evaluateFold } from "./folds.js";
import { floorOfQuotient } from "./integers.js";

export const VOID = { type: undefined, count: 0, data: new Uint8Array(0) };

export const tensorOf = (type, data) => ({
  type,
  count: data.length / type.width,
  data,
  elements: readElements(type, data),
});

/** The tensor of every node; any byte string at any position means something. */
export function evaluateDescriptors(descriptors, job) {
  const tensors = [];
  descriptors.forEach((descriptor, position) => tensors.push(evaluateDescriptor(descriptor, position, tensors, job)));
  return tensors;
}

function evaluateDescriptor(descriptor, position, tensors, job) {
  const node = nodeOf(descriptor, position);
  if (node === undefined) return VOID;
  if (operandsOf(node).some((operand) => tensors[operand.node].type !== operand.type)) return VOID;
  switch (node.kind) {
    case "INPUT":
      return givenTensor(job.inputs[node.input], node);
    case "CLAIM":
      return givenTensor(job.claims[node.output], node);
    case "WEIGHT":
      return { ...tensorOf(node.type, weightData(job.weights, node)), root: hexOfBytes(node.root) };
    default:
      return tensorOf(node.type, writeElements(node.type, computeElements(node, tensors)));
  }
}

const givenTensor = (tensor, { type, count }) =>
  tensor !== undefined && tensor.type === type && tensor.count === count ? tensor : VOID;

/**
 * The bytes of a weight's elements: the first of the leaves with its root, of which the last is filled with zeros. The
 * tree has the depth that the count gives.
 */
function weightData(weights, { type, count, root }) {
  const length = count * type.width;
  const { data } = weights.find(
    ({ root: other, data }) =>
      other === hexOfBytes(root) &&
      leafCount(data.length) >= leafCount(length) &&
      treeDepth(leafCount(data.length)) === treeDepth(leafCount(length)),
  );
  const elements = new Uint8Array(length);
  elements.set(data.subarray(0, length));
  return elements;
}

const computeElement = { MAP: mapElement, FOLD: foldElement, GATHER: gatherElement };

function computeElements(node, tensors) {
  return everyCoordinates(node.space).map((coordinates) => computeElement[node.kind](node, coordinates, tensors));
}

/** The coordinates of every element of a space, in row-major order. */
function everyCoordinates(extents) {
  return Array.from({ length: Number(elementCount(extents)) }, (_, number) => {
    let rest = BigInt(number);
    const innermostFirst = extents.toReversed().map((extent) => {
      const coordinate = rest % extent;
      rest /= extent;
      return coordinate;
    });
    return innermostFirst.reverse();
  });
}

const viewCoordinates = (view, coordinates) =>
  view.map(({ offset, divisor, terms }) =>
    floorOfQuotient(
      terms.reduce((total, { axis, coefficient }) => total + coefficient * coordinates[axis], offset),
      divisor,
    ),
  );

/** The element of an operand at coordinates of its view, if they are in bounds. */
function elementInView({ node, view }, place, tensors) {
  const tensor = tensors[node];
  if (place.some((coordinate, axis) => coordinate < 0n || coordinate >= view[axis].extent)) return undefined;
  const number = place.reduce((outer, coordinate, axis) => outer * view[axis].extent + coordinate, 0n);
  return number < BigInt(tensor.count) ? tensor.elements[Number(number)] : undefined;
}

const elementAt = (operand, coordinates, tensors) =>
  elementInView(operand, viewCoordinates(operand.view, coordinates), tensors);

function mapElement({ slots, primitives }, coordinates, tensors) {
  const registers = slots.map(({ pad, alternatives }) => {
    const present = alternatives.map((operand) => elementAt(operand, coordinates, tensors));
    return present.find((element) => element !== undefined) ?? pad;
  });
  for (const primitive of primitives) registers.push(primitiveElement(primitive, coordinates, registers));
  return registers.at(-1);
}

function primitiveElement(primitive, coordinates, registers) {
  switch (primitive.rule.name) {
    case "CONST":
      return primitive.constant;
    case "INDEX":
      return coordinates[primitive.axis];
    default: {
      const operands = primitive.registers.map((register) => registers[register]);
      return primitive.rule.apply(operands, primitive.types, primitive);
    }
  }
}

function foldElement({ fold, foldSpace, operands, addend, type }, coordinates, tensors) {
  const terms = everyCoordinates(foldSpace)
    .map((foldCoordinates, position) => ({
      position,
      elements: operands.map((operand) => elementAt(operand, [...coordinates, ...foldCoordinates], tensors)),
    }))
    .filter(({ elements }) => !elements.includes(undefined));
  const operandTypes = operands.map((operand) => operand.type);
  const added = addend === undefined ? undefined : (elementAt(addend, coordinates, tensors) ?? zeroOf(type));
  return evaluateFold(fold, terms, operandTypes, type, added);
}

function gatherElement({ indices, data, axis, type }, coordinates, tensors) {
  const ofNone = type === FLOAT32 ? NOT_A_NUMBER : zeroOf(type);
  const index = elementAt(indices, coordinates, tensors);
  if (index === undefined) return ofNone;
  const place = viewCoordinates(data.view, coordinates);
  place[axis] = index < 0n ? index + data.view[axis].extent : index;
  return elementInView(data, place, tensors) ?? ofNone;
}
