// Writes descriptors, as hexadecimal digits so that their parts are joined with +. Nothing is checked: what is not
// valid can be written too.

import { bytesOfNumber, hexOfBytes } from "./bytes.js";
import { FLOAT32 } from "./dataTypes.js";
import { writeElement } from "./elements.js";
import { FOLDS } from "./folds.js";
import { PRIMITIVES } from "./primitives.js";

const digitsOf = (bytes) => hexOfBytes(bytes).slice(2);
const codeOf = (table, name) => byte(table.find((entry) => entry.name === name).code);
const counted = (parts) => byte(parts.length) + parts.join("");

export const byte = (value) => digitsOf(bytesOfNumber(value, 1));
/** Of a value with or without a sign. */
export const fourBytes = (value) => digitsOf(bytesOfNumber(value, 4));
export const element = (type, value) => digitsOf(writeElement(type, value));

export const inputNode = (type, count, input) => "01" + byte(type.code) + fourBytes(count) + byte(input);
export const weightNode = (type, count, root) => "02" + byte(type.code) + fourBytes(count) + root.slice(2);
export const claimNode = (type, count, output) => "03" + byte(type.code) + fourBytes(count) + byte(output);

export const mapNode = (type, extents, slots, primitives) =>
  "04" + byte(type.code) + space(extents) + counted(slots) + counted(primitives);

/** For a fold other than DOT. */
export const foldNode = (type, name, extents, foldExtents, operand) =>
  "05" + byte(type.code) + codeOf(FOLDS, name) + space(extents) + space(foldExtents) + operand;

export const dotNode = (type, extents, foldExtents, a, b, addend) =>
  foldNode(type, "DOT", extents, foldExtents, a + b + (addend === undefined ? "00" : "01" + addend));

export const gatherNode = (type, extents, indices, data, axis) =>
  "06" + byte(type.code) + space(extents) + indices + data + byte(axis);

export const space = (extents) => counted(extents.map(fourBytes));

export const operand = (node, view) => fourBytes(node) + counted(view);
export const typedOperand = (type, node, view) => byte(type.code) + operand(node, view);

/** An axis of a view; its terms are pairs of an axis and a coefficient. */
export const viewAxis = (extent, terms = [], { offset = 0, divisor = 1 } = {}) =>
  fourBytes(extent) +
  fourBytes(offset) +
  fourBytes(divisor) +
  counted(terms.map(([axis, coefficient]) => byte(axis) + fourBytes(coefficient)));

export const slot = (type, pad, alternatives) => byte(type.code) + element(type, pad) + counted(alternatives);

export const constant = (type, value) => "01" + byte(type.code) + element(type, value);
export const index = (axis) => "02" + byte(axis);
export const castTo = (type, register) => "03" + byte(type.code) + byte(register);
export const within = (claimed, right, { absolute, relative }) =>
  "05" + byte(claimed) + byte(right) + element(FLOAT32, absolute) + element(FLOAT32, relative);
export const primitive = (name, ...registers) => codeOf(PRIMITIVES, name) + registers.map(byte).join("");
