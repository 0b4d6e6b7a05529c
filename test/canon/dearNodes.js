// Nodes whose steps cost on chain as much as they can.

import { many, pick } from "../../canon/vectors/cases/random.js";
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
  within,
} from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex } from "../../canon/vectors/reference/bytes.js";
import { BOOL, FLOAT32, INT32, INT64, INT8, UINT8 } from "../../canon/vectors/reference/dataTypes.js";
import { readDescriptor } from "../../canon/vectors/reference/descriptors.js";
import { writeElements } from "../../canon/vectors/reference/elements.js";
import { LEAF_LENGTH } from "../support/canon.js";
import { deepOpening } from "./deepOpening.js";

export const POSITION = 65_535;

const MOST = 2 ** 31 - 1;
const RANK = 8;
const TERMS = 65_536;
const NOT_A_NUMBER = 0x7fc00001;
const INFINITY = 0x7f800000;

const leafOf = (type, makeElement) =>
  writeElements(
    type,
    many(LEAF_LENGTH / type.width, (_, place) => makeElement(place)),
  );

/** Elements of no zero byte; of float32 sometimes NaN or infinite, or each one greater than the one before. */
function leavesOf(type, leaves, next) {
  const bytes = Uint8Array.from({ length: leaves * LEAF_LENGTH }, () => 1 + (next() % 255));
  if (type !== FLOAT32) return bytes;
  const kind = next() % 4;
  const bits = new DataView(bytes.buffer);
  for (let place = 0; kind !== 0 && place < bytes.length / 4; place++) {
    bits.setUint32(4 * place, [0, NOT_A_NUMBER, INFINITY + 2 ** 31 * (place % 2), 0x3f812345 + 7_919 * place][kind]);
  }
  return bytes;
}

const opened = (type, leaves, next) => deepOpening(type, leavesOf(type, leaves, next), next);

const KINDS = [
  ["MAX", FLOAT32, FLOAT32],
  ["MAX", INT32, INT32],
  ["MIN", INT64, INT64],
  ["ARGMAX", FLOAT32, INT64],
  ["ARGMIN", INT8, INT64],
  ["AND", BOOL, BOOL],
  ["SUM", FLOAT32, FLOAT32],
  ["SUM", UINT8, INT32],
  ["MEANSQ", FLOAT32, FLOAT32],
  ["DOT", FLOAT32, FLOAT32],
  ["DOT", INT8, INT32],
  ["DOT", INT64, INT64],
];

/**
 * The descriptor of a fold of as many runs as the cap allows.
 *
 * @param length terms of a run
 * @param leaves through which one run after another goes
 * @param divisors of a view, all on axes that stay in bounds
 * @param ones axes of extent 1 in the fold space, which begin anew with every run
 * @param absent whether every run is out of bounds, which shows late
 */
function foldOf([name, type, result], { length, leaves, divisors, ones, absent }, cap) {
  const elements = LEAF_LENGTH / type.width;
  const view = [
    ...many(divisors, () => viewAxis(1, [[0, 1]], { divisor: MOST })),
    viewAxis(
      leaves * elements,
      [
        [1, elements],
        [2 + ones, 1],
      ],
      { offset: absent ? leaves * elements : 0 },
    ),
  ];
  const operands = many(name === "DOT" ? 2 : 1, (_, node) => typedOperand(type, node, view));
  const digitsOf = (rounds) => {
    const foldSpace = [rounds, leaves, ...many(ones, () => 1), length];
    return name === "DOT"
      ? dotNode(result, [], foldSpace, ...operands)
      : foldNode(result, name, [], foldSpace, ...operands);
  };
  const gasOf = (rounds) => Number(readDescriptor(bytesOfHex(digitsOf(rounds)), POSITION).gas);
  const [first, second] = [gasOf(1), gasOf(2)];
  const affordable = Math.floor((Number(cap) - first) / (second - first)) + 1;
  const rounds = Math.min(affordable, Math.floor(TERMS / (leaves * length)));
  return digitsOf(rounds);
}

function openedFold(kind, shape, next, cap) {
  const [name, type] = kind;
  const operands = many(name === "DOT" ? 2 : 1, () => opened(type, shape.leaves, next));
  return { digits: foldOf(kind, shape, cap), operands };
}

/** A MAX of node 0, of so many elements: runs of one term, with the most to go through from each to the next. */
export function dearestFold(cap) {
  const shape = { length: 1, leaves: 1, divisors: RANK - 1, ones: 5, absent: false };
  const data = leafOf(FLOAT32, (place) => 0x3f812345 + 7_919 * place);
  return { digits: foldOf(["MAX", FLOAT32, FLOAT32], shape, cap), count: LEAF_LENGTH / FLOAT32.width, data };
}

/** A fold with its operands, of which `what` says what it is. */
export function randomFold(next, cap) {
  const kind = pick(next, KINDS);
  const shape = {
    length: pick(next, [1, 1, 1, 2, 3, 7, 9]),
    leaves: pick(next, [1, 1, 2, 5, 31, 64]),
    divisors: pick(next, [0, 0, 3, RANK - 1]),
    ones: pick(next, [0, 2, 5]),
    absent: next() % 6 === 0,
  };
  const [name, { name: type }] = kind;
  return { what: `${name} of ${type}, ${JSON.stringify(shape)}`, ...openedFold(kind, shape, next, cap) };
}

const EIGHT = many(RANK, () => 2);
const ONES = many(RANK, () => 1);
const HERE = [viewAxis(4, [[0, 1]])];

/** Axes of a view that add coordinates and divide, and stay in bounds. */
const long = (axes, terms, first = 0) =>
  many(axes, () =>
    viewAxis(
      2,
      many(terms, (_, place) => [first + place, 1]),
      { divisor: MOST },
    ),
  );

/** Nodes whose steps take long apart from runs, with names. */
export function longestNodes(next) {
  return [...maps(next), ...gathers(next), ...folds(next)];
}

function maps(next) {
  const map = (operands, digits, type = FLOAT32) => ({ digits, operands: many(operands, () => opened(type, 1, next)) });
  const chain = (name, arity, type = FLOAT32) =>
    map(
      1,
      mapNode(
        type,
        [4],
        [slot(type, type === FLOAT32 ? 0 : 0n, [operand(0, HERE)])],
        many(32, (_, place) => primitive(name, ...many(arity, () => place))),
      ),
      type,
    );
  const float = (...views) =>
    slot(
      FLOAT32,
      0,
      views.map((view) => operand(0, view)),
    );
  const sumOf = (slots) =>
    many(slots - 1, (_, place) => primitive("ADD", place === 0 ? 0 : slots - 1 + place, place + 1));
  const last = { element: 255 };
  return [
    [
      "a MAP of one operand by eight axes with divisors, and 32 primitives",
      {
        ...map(
          1,
          mapNode(
            FLOAT32,
            EIGHT,
            [float(long(8, 8))],
            many(32, (_, place) => primitive("SUB", place, place)),
          ),
        ),
        ...last,
      },
    ],
    [
      "a MAP of two operands by eight axes with divisors, and 32 primitives",
      {
        ...map(
          2,
          mapNode(
            FLOAT32,
            EIGHT,
            [float([...long(7, 8), viewAxis(1, [], { offset: 1 })], long(8, 8))],
            many(32, (_, place) => primitive("SUB", place, place)),
          ),
        ),
        ...last,
      },
    ],
    [
      "a MAP of sixteen alternatives, of which the last is in bounds",
      {
        ...map(
          16,
          mapNode(
            FLOAT32,
            EIGHT,
            [float(...many(15, () => [...long(2, 1), viewAxis(1, [], { offset: 1 })]), long(3, 1))],
            [],
          ),
        ),
        ...last,
      },
    ],
    [
      "a MAP of sixteen slots",
      {
        ...map(
          16,
          mapNode(
            FLOAT32,
            EIGHT,
            many(16, () => float(long(2, 1))),
            sumOf(16),
          ),
        ),
        ...last,
      },
    ],
    ...["ERF", "SOFTPLUS", "SIN", "SQRT", "RINT"].map((name) => [`a MAP of 32 times ${name}`, chain(name, 1)]),
    ...["DIV", "SUB", "MAX"].map((name) => [`a MAP of 32 times ${name}`, chain(name, 2)]),
    ...["MOD", "SHL", "SHR"].map((name) => [`a MAP of 32 times ${name} of int64`, chain(name, 2, INT64)]),
    [
      "a MAP of 16 times WITHIN, and 15 of AND",
      map(
        1,
        mapNode(
          BOOL,
          [4],
          [float(HERE)],
          [
            ...many(16, () => within(0, 0, { absolute: 0x3a83126f, relative: 0x3a83126f })),
            ...many(15, (_, place) => primitive("AND", place === 0 ? 1 : 16 + place, place + 2)),
          ],
        ),
      ),
    ],
  ];
}

function gathers(next) {
  const first = leafOf(INT64, () => 0n);
  const operands = [deepOpening(INT64, first, next), opened(FLOAT32, 1, next)];
  return [
    [
      "a GATHER by twice eight axes with divisors",
      {
        digits: gatherNode(
          FLOAT32,
          EIGHT,
          typedOperand(INT64, 0, long(8, 8)),
          operand(1, [...long(7, 8), viewAxis(2)]),
          7,
        ),
        operands,
        element: 255,
      },
    ],
  ];
}

function folds(next) {
  const view = (terms, first) => [...long(7, terms, first), viewAxis(2, [[15, 1]])];
  const ofOne = (name, foldSpace) => ({
    digits: foldNode(FLOAT32, name, ONES, foldSpace, typedOperand(FLOAT32, 0, view(15))),
    operands: [opened(FLOAT32, 1, next)],
  });
  const terms = (name, type, result) =>
    openedFold([name, type, result], { length: 256, leaves: 1, divisors: 0, ones: 0, absent: false }, next, 2 ** 24);
  return [
    ["a MAX of one term by eight axes", ofOne("MAX", ONES)],
    ["a SUM of one term by eight axes", ofOne("SUM", ONES)],
    ["a SUM of 256 terms by eight axes", ofOne("SUM", EIGHT)],
    [
      "a DOT of one term by twice eight axes and c",
      {
        digits: dotNode(
          FLOAT32,
          ONES,
          ONES,
          typedOperand(FLOAT32, 0, view(9, 6)),
          typedOperand(FLOAT32, 1, view(9, 6)),
          typedOperand(FLOAT32, 2, []),
        ),
        operands: many(3, () => opened(FLOAT32, 1, next)),
      },
    ],
    ["a MAX of 65,536 terms of one leaf", terms("MAX", FLOAT32, FLOAT32)],
    ["a DOT of 65,536 terms of one leaf", terms("DOT", FLOAT32, FLOAT32)],
    ["a MIN of 65,536 integers of one leaf", terms("MIN", INT32, INT32)],
  ];
}
