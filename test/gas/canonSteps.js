// Steps whose gas is measured: typical nodes of models, with tensors drawn at random and only the needed leaves opened.

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
} from "../../canon/vectors/reference/assembly.js";
import { randomOfExponents, randomWords } from "../../canon/vectors/cases/random.js";
import { BOOL, FLOAT32, INT32, INT64, INT8 } from "../../canon/vectors/reference/dataTypes.js";
import { writeElements } from "../../canon/vectors/reference/elements.js";
import { LEAF_LENGTH, Openable, stepOf } from "../support/canon.js";

const SEED = 0x9a5;
const POSITION = 9;

const along = (extent, axis, coefficient = 1) => viewAxis(extent, [[axis, coefficient]]);

/** Draws tensors, each a new one. */
export function measuredSteps() {
  const next = randomWords(SEED);
  const tensor = (type, count) => {
    const elements = Array.from({ length: count }, () =>
      type === FLOAT32 ? randomOfExponents(next, 118, 134) : type === BOOL ? 1 : BigInt.asIntN(7, BigInt(next())),
    );
    return new Openable({ dtype: type.code, count, data: writeElements(type, elements) });
  };
  /** The operand with the leaves in which its elements from `first` on lie. */
  const opened = (openable, width, first, count) => {
    const leaf = Math.floor((first * width) / LEAF_LENGTH);
    const last = Math.floor(((first + count) * width - 1) / LEAF_LENGTH);
    return openable.opened(Array.from({ length: last - leaf + 1 }, (_, number) => leaf + number));
  };
  const step = (digits, operands, element) => stepOf(`0x${digits}`, POSITION, operands, { element });

  const floats = tensor(FLOAT32, 40_000);
  const others = tensor(FLOAT32, 40_000);
  const indices = new Openable({ dtype: INT64.code, count: 1_000, data: writeElements(INT64, Array(1_000).fill(3n)) });
  const bytes = tensor(INT8, 40_000);
  const bools = tensor(BOOL, 4_096);

  const vector = (type, node, extent) => typedOperand(type, node, [along(extent, 1)]);
  const dotOf = (terms, element = 0) =>
    step(
      dotNode(FLOAT32, [4], [terms], vector(FLOAT32, 0, terms), vector(FLOAT32, 1, terms)),
      [opened(floats, 4, 0, terms), opened(others, 4, 0, terms)],
      element,
    );

  const elementwise = (operands, ...primitives) =>
    step(
      mapNode(
        FLOAT32,
        [40_000],
        Array.from({ length: operands }, (_, node) => slot(FLOAT32, 0, [operand(node, [along(40_000, 0)])])),
        primitives,
      ),
      [opened(floats, 4, 1_000, 1), opened(others, 4, 1_000, 1)].slice(0, operands),
      1_000,
    );

  // A convolution with a 3 x 3 window over 512 channels of a 7 x 7 picture, at its middle.
  const convolution = step(
    dotNode(
      FLOAT32,
      [7, 7, 8],
      [3, 3 * 512],
      typedOperand(FLOAT32, 0, [
        viewAxis(
          7,
          [
            [0, 1],
            [3, 1],
          ],
          { offset: -1 },
        ),
        viewAxis(
          7 * 512,
          [
            [1, 512],
            [4, 1],
          ],
          { offset: -512 },
        ),
      ]),
      typedOperand(FLOAT32, 1, [along(8, 2), along(3, 3), along(1536, 4)]),
      typedOperand(FLOAT32, 2, [along(8, 2)]),
    ),
    [
      floats.opened([
        ...range(2 * 14 + 4, 2 * 14 + 10),
        ...range(3 * 14 + 4, 3 * 14 + 10),
        ...range(4 * 14 + 4, 4 * 14 + 10),
      ]),
      opened(others, 4, 0, 4_608),
      opened(floats, 4, 0, 1),
    ],
    (3 * 7 + 3) * 8,
  );

  const folded = (type, name, result, terms, openable, width) =>
    step(foldNode(result, name, [4], [terms], vector(type, 0, terms)), [opened(openable, width, 0, terms)], 0);

  /** 256 elements, each of which is a run by itself where the innermost of two fold axes has extent 1. */
  const scattered = typedOperand(FLOAT32, 0, [
    viewAxis(256, [
      [1, 1],
      [2, 1],
    ]),
  ]);

  return {
    "MAP, 1 operand, NEG": elementwise(1, primitive("NEG", 0)),
    "MAP, 2 operands, ADD": elementwise(2, primitive("ADD", 0, 1)),
    GATHER: step(
      gatherNode(
        FLOAT32,
        [10, 100],
        typedOperand(INT64, 0, [along(1_000, 0)]),
        operand(1, [viewAxis(400), along(100, 1)]),
        0,
      ),
      [opened(indices, 8, 0, 1), opened(floats, 4, 300, 100)],
      0,
    ),
    "DOT, 16 terms": dotOf(16),
    "DOT, 256 terms": dotOf(256),
    "DOT, 1,024 terms": dotOf(1_024),
    "DOT, 4,608 terms": dotOf(4_608),
    "DOT, 4,608 terms of a convolution": convolution,
    "DOT of int8, 1,024 terms": step(
      dotNode(INT32, [4], [1024], vector(INT8, 0, 1024), vector(INT8, 0, 1024)),
      [opened(bytes, 1, 0, 1024), opened(bytes, 1, 0, 1024)],
      0,
    ),
    "MEAN, 1,024 terms": folded(FLOAT32, "MEAN", FLOAT32, 1_024, floats, 4),
    "MEANSQ, 1,024 terms": folded(FLOAT32, "MEANSQ", FLOAT32, 1_024, floats, 4),
    "MAX, 1,024 terms": folded(FLOAT32, "MAX", FLOAT32, 1_024, floats, 4),
    "ARGMIN of int8, 1,024 terms": folded(INT8, "ARGMIN", INT64, 1_024, bytes, 1),
    "AND, 1,024 terms": folded(BOOL, "AND", BOOL, 1_024, bools, 1),
    "MAX, 1,024 runs of 1 term": step(
      foldNode(FLOAT32, "MAX", [4], [1024, 1], scattered),
      [opened(floats, 4, 0, 256)],
      0,
    ),
    "MAX, 256 runs of 1 term, all in bounds": step(
      foldNode(FLOAT32, "MAX", [4], [256, 1], scattered),
      [opened(floats, 4, 0, 256)],
      0,
    ),
    "DOT, 256 runs of 1 term": step(
      dotNode(FLOAT32, [4], [256, 1], scattered, scattered),
      [opened(floats, 4, 0, 256), opened(floats, 4, 0, 256)],
      0,
    ),
  };
}

const range = (from, until) => Array.from({ length: until - from }, (_, number) => from + number);
