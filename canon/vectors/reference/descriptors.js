// Descriptors: the byte strings that give the nodes of a program, read strictly. Sections 7 and 8.
//
// Extents, offsets, divisors and coefficients are read as BigInts, all other numbers as Numbers.

import { numberOfBytes } from "./bytes.js";
import { DATA_TYPES, FLOAT32, INT32, INT64, elementCount } from "./dataTypes.js";
import { readElement, writeElement } from "./elements.js";
import { FOLDS } from "./folds.js";
import { gasOfStep, gasCap } from "./gas.js";
import { PRIMITIVES, isRelativeTolerance, isTolerance } from "./primitives.js";

const DESCRIPTOR_BYTES = 1024;
const RANK = 8;
const SLOTS = 16;
const OPERANDS = 16;
const PRIMITIVES_OF_EXPRESSION = 32;
const TERMS_OF_FOLD = 65536n;

/** Nodes of a program. */
export const NODES = 65536;
const SIZE_LIMIT = 2n ** 31n;
const INPUTS = 16;

/** Why a descriptor is not valid, or a program file not one of a valid program. */
export class NotValid extends Error {}

export function ensure(condition, reason) {
  if (!condition) throw new NotValid(reason);
}

/** Takes big-endian numbers off the front of bytes. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.offset = 0;
  }

  take(length) {
    ensure(this.offset + length <= this.bytes.length, "the bytes end too early");
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  unsigned8() {
    return this.take(1)[0];
  }

  unsigned16() {
    return Number(numberOfBytes(this.take(2)));
  }

  unsigned32() {
    return numberOfBytes(this.take(4));
  }

  signed32() {
    return BigInt.asIntN(32, this.unsigned32());
  }

  finish() {
    ensure(this.offset === this.bytes.length, "bytes follow the end");
  }
}

/** The node that a valid descriptor gives at a position; throws NotValid for any other byte string. */
export function readDescriptor(bytes, position) {
  ensure(position < NODES, "the position of no node");
  ensure(bytes.length <= DESCRIPTOR_BYTES, "more than 1,024 bytes");
  const reader = new Reader(bytes);
  const readKind = KINDS[reader.unsigned8()];
  ensure(readKind !== undefined, "no such kind of node");
  const type = readType(reader);
  const node = { ...readKind(reader, type, position), type };
  node.count ??= Number(elementCount(node.space));
  reader.finish();
  const gas = gasOfStep(node);
  ensure(gas <= gasCap(node), `${gas} gas`);
  return { ...node, gas };
}

/** The same; undefined for a byte string that is not valid. */
export function nodeOf(bytes, position) {
  try {
    return readDescriptor(bytes, position);
  } catch (error) {
    if (error instanceof NotValid) return undefined;
    throw error;
  }
}

/** Every operand of a node, with the type that the descriptor says. */
export function operandsOf(node) {
  switch (node.kind) {
    case "MAP":
      return node.slots.flatMap(({ alternatives }) => alternatives);
    case "FOLD":
      return node.addend === undefined ? node.operands : [...node.operands, node.addend];
    case "GATHER":
      return [node.indices, node.data];
    default:
      return [];
  }
}

const KINDS = {
  0x01: (reader) => {
    const count = readCount(reader);
    return { kind: "INPUT", count, input: readPlace(reader) };
  },
  0x02: (reader) => {
    const count = readCount(reader);
    return { kind: "WEIGHT", count, root: reader.take(32) };
  },
  0x03: (reader) => {
    const count = readCount(reader);
    return { kind: "CLAIM", count, output: readPlace(reader) };
  },
  0x04: readMap,
  0x05: readFold,
  0x06: readGather,
};

function readType(reader) {
  const code = reader.unsigned8();
  const type = DATA_TYPES.find((candidate) => candidate.code === code);
  ensure(type !== undefined, `no data type ${code}`);
  return type;
}

function readCount(reader) {
  const count = reader.unsigned32();
  ensure(count >= 1n && count < SIZE_LIMIT, `a count of ${count}`);
  return Number(count);
}

function readPlace(reader) {
  const place = reader.unsigned8();
  ensure(place < INPUTS, `an input or output ${place}`);
  return place;
}

function readRank(reader) {
  const rank = reader.unsigned8();
  ensure(rank <= RANK, `rank ${rank}`);
  return rank;
}

const repeat = (times, read) => Array.from({ length: times }, read);

function ensureExtents(extents) {
  ensure(
    extents.every((extent) => extent >= 1n),
    "an extent of zero",
  );
  ensure(elementCount(extents) < SIZE_LIMIT, "2^31 elements or more");
}

function readSpace(reader) {
  const extents = repeat(readRank(reader), () => reader.unsigned32());
  ensureExtents(extents);
  return extents;
}

/** An operand whose map may use so many axes. */
function readOperand(reader, type, position, axes) {
  const node = Number(reader.unsigned32());
  ensure(node < position, `an operand ${node} of node ${position}`);
  const view = repeat(readRank(reader), () => readViewAxis(reader, axes));
  ensureExtents(view.map(({ extent }) => extent));
  return { type, node, view };
}

const readTypedOperand = (reader, position, axes) => readOperand(reader, readType(reader), position, axes);

function readViewAxis(reader, axes) {
  const extent = reader.unsigned32();
  const offset = reader.signed32();
  const divisor = reader.unsigned32();
  ensure(divisor >= 1n && divisor < SIZE_LIMIT, `a divisor of ${divisor}`);
  const terms = repeat(reader.unsigned8(), () => ({ axis: reader.unsigned8(), coefficient: reader.signed32() }));
  terms.forEach(({ axis, coefficient }, place) => {
    ensure(axis < axes, `a term of axis ${axis}, of ${axes}`);
    ensure(place === 0 || terms[place - 1].axis < axis, "axes that do not ascend");
    ensure(coefficient !== 0n, "a coefficient of zero");
  });
  return { extent, offset, divisor, terms };
}

/** An element which a descriptor holds has to be canonical. */
function readConstant(reader, type) {
  const bytes = reader.take(type.width);
  const element = readElement(type, bytes);
  ensure(
    writeElement(type, element).every((byte, place) => byte === bytes[place]),
    "a constant that is not canonical",
  );
  return element;
}

function readMap(reader, type, position) {
  const space = readSpace(reader);
  const slotCount = reader.unsigned8();
  ensure(slotCount <= SLOTS, `${slotCount} slots`);
  const slots = repeat(slotCount, () => readSlot(reader, position, space.length));
  const operandCount = slots.reduce((count, { alternatives }) => count + alternatives.length, 0);
  ensure(operandCount <= OPERANDS, `${operandCount} operands`);
  const primitives = readExpression(reader, type, space.length, slots);
  return { kind: "MAP", space, slots, primitives };
}

function readSlot(reader, position, axes) {
  const type = readType(reader);
  const pad = readConstant(reader, type);
  const alternativeCount = reader.unsigned8();
  ensure(alternativeCount >= 1, "a slot without alternatives");
  return { type, pad, alternatives: repeat(alternativeCount, () => readOperand(reader, type, position, axes)) };
}

function readExpression(reader, type, axes, slots) {
  const primitiveCount = reader.unsigned8();
  ensure(primitiveCount <= PRIMITIVES_OF_EXPRESSION, `${primitiveCount} primitives`);
  const registerTypes = slots.map((slot) => slot.type);
  const primitives = repeat(primitiveCount, () => {
    const primitive = readPrimitive(reader, axes, registerTypes);
    registerTypes.push(primitive.resultType);
    return primitive;
  });
  ensure(registerTypes.length > 0, "no register");
  ensure(registerTypes.at(-1) === type, "the last register has another type than the node");
  const registersRead = primitives.flatMap(({ registers }) => registers);
  registerTypes.slice(0, -1).forEach((_, register) => {
    ensure(registersRead.includes(register), `register ${register} is never read`);
  });
  return primitives;
}

/** A primitive with the registers it reads, their types and its result's, and what it has besides. */
function readPrimitive(reader, axes, registerTypes) {
  const code = reader.unsigned8();
  const rule = PRIMITIVES.find((candidate) => candidate.code === code);
  ensure(rule !== undefined, `no primitive ${code}`);
  const given = readGivenBeforeRegisters(reader, rule, axes);
  const registers = repeat(rule.arity, () => reader.unsigned8());
  const types = registers.map((register) => registerTypes[register]);
  ensure(!types.includes(undefined), `${rule.name} of a register that is not set`);
  const resultType = given.resultType ?? rule.resultType(types);
  ensure(resultType !== undefined, `${rule.name} of other types`);
  return { rule, registers, types, ...given, resultType, ...readGivenBehindRegisters(reader, rule) };
}

function readGivenBeforeRegisters(reader, rule, axes) {
  switch (rule.name) {
    case "CONST": {
      const resultType = readType(reader);
      return { resultType, constant: readConstant(reader, resultType) };
    }
    case "INDEX": {
      const axis = reader.unsigned8();
      ensure(axis < axes, `INDEX of axis ${axis}, of ${axes}`);
      return { axis };
    }
    case "CAST":
      return { resultType: readType(reader) };
    default:
      return {};
  }
}

function readGivenBehindRegisters(reader, rule) {
  if (rule.name !== "WITHIN") return {};
  const absolute = readConstant(reader, FLOAT32);
  const relative = readConstant(reader, FLOAT32);
  ensure(isTolerance(absolute) && isRelativeTolerance(relative), "tolerances out of range");
  return { tolerances: { absolute, relative } };
}

function readFold(reader, type, position) {
  const code = reader.unsigned8();
  const fold = FOLDS.find((candidate) => candidate.code === code);
  ensure(fold !== undefined, `no fold ${code}`);
  const space = readSpace(reader);
  const foldSpace = readSpace(reader);
  ensure(foldSpace.length >= 1, "a fold space of rank 0");
  ensure(elementCount(foldSpace) <= TERMS_OF_FOLD, "more than 65,536 terms");
  const axes = space.length + foldSpace.length;
  const operands = repeat(fold.operands, () => readTypedOperand(reader, position, axes));
  operands.forEach(({ view }) => ensureContiguous(view, axes - 1));
  const addend = fold.name === "DOT" ? readAddend(reader, type, position, space.length) : undefined;
  ensure(
    fold.fits(
      operands.map((operand) => operand.type),
      type,
    ),
    `${fold.name} of other types`,
  );
  return { kind: "FOLD", fold, space, foldSpace, operands, addend };
}

function readAddend(reader, type, position, axes) {
  const isThere = reader.unsigned8();
  ensure(isThere <= 1, `${isThere} is neither 0 nor 1`);
  if (isThere === 0) return undefined;
  const addend = readTypedOperand(reader, position, axes);
  ensure(addend.type === type, "c has another type than the result");
  return addend;
}

function ensureContiguous(view, innermost) {
  ensure(view.length >= 1, "a fold's view of rank 0");
  const usesInnermost = ({ terms }) => terms.some(({ axis }) => axis === innermost);
  ensure(!view.slice(0, -1).some(usesInnermost), "the innermost fold axis moves an outer view axis");
  const last = view.at(-1);
  ensure(last.divisor === 1n, "the last view axis has a divisor");
  ensure(
    last.terms.some(({ axis, coefficient }) => axis === innermost && coefficient === 1n),
    "the innermost fold axis is not contiguous",
  );
}

function readGather(reader, type, position) {
  const space = readSpace(reader);
  const indices = readTypedOperand(reader, position, space.length);
  ensure(indices.type === INT32 || indices.type === INT64, "indices that are neither int32 nor int64");
  const data = readOperand(reader, type, position, space.length);
  const axis = reader.unsigned8();
  ensure(axis < data.view.length, `axis ${axis} of a view of rank ${data.view.length}`);
  const entry = data.view[axis];
  ensure(entry.offset === 0n && entry.divisor === 1n && entry.terms.length === 0, "the axis has coordinates already");
  return { kind: "GATHER", space, indices, data, axis };
}
