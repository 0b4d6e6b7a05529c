// Cases of the folds, for all dtypes that each one takes. All terms are present.

import { hexOfBytes } from "../reference/bytes.js";
import { DATA_TYPES, FLOAT32 } from "../reference/dataTypes.js";
import { float, floats } from "./decimals.js";
import { readElements, writeElement, writeElements } from "../reference/elements.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE, SIGN, canonicalFloat32 } from "../reference/float32.js";
import { FOLDS, evaluateFold } from "../reference/folds.js";
import { composed, many, pick, randomBetween, randomFloat32, randomInteger } from "./random.js";
import { randomOfExponents, randomOfFewBits, randomWords } from "./random.js";

const GREATEST = 0x7f7fffff;
const LEAST = 0x00000001;
const MINUS_LEAST = SIGN + LEAST;
const LEAST_NORMAL = 0x00800000;
const MINUS_ZERO = SIGN;
const NEGATIVE_QUIET = 0xffc12345;
const SIGNALLING = 0x7f800001;
const [TWO_TO_24, THREE, HALF] = floats("16777216 3 0.5");
/** 2^-75, whose square is half of the least subnormal number. */
const ROOT_OF_HALF_LEAST = composed(0, 52, 0);
/** 2^103, by which overflow is beyond the greatest number. */
const TO_OVERFLOW = composed(0, 230, 0);
const minus = (bits) => (bits >= SIGN ? bits - SIGN : bits + SIGN);

export function foldGroups() {
  const next = randomWords(0x02468ace);
  return FOLDS.flatMap((fold) =>
    DATA_TYPES.flatMap((resultType) =>
      operandTypesOf(fold)
        .filter((operandTypes) => fold.fits(operandTypes, resultType))
        .map((operandTypes) => groupOf(fold, operandTypes, resultType, next)),
    ),
  );
}

const operandTypesOf = ({ operands }) =>
  operands === 1 ? DATA_TYPES.map((type) => [type]) : DATA_TYPES.flatMap((a) => DATA_TYPES.map((b) => [a, b]));

function groupOf(fold, operandTypes, resultType, next) {
  return {
    name: fold.name,
    code: fold.code,
    operandTypes: operandTypes.map((type) => type.name),
    resultType: resultType.name,
    cases: listsOf(fold, operandTypes, resultType, next).map(({ lists, addend }) => {
      const data = lists.map((list, place) => writeElements(operandTypes[place], list));
      return {
        terms: data.map(hexOfBytes),
        ...(addend === undefined ? {} : { c: hexOfBytes(writeElement(resultType, addend)) }),
        result: hexOfBytes(writeElement(resultType, resultOf(fold, operandTypes, resultType, data, addend))),
      };
    }),
  };
}

function resultOf(fold, operandTypes, resultType, data, addend) {
  const operands = data.map((bytes, place) => readElements(operandTypes[place], bytes));
  const terms = operands[0].map((_, position) => ({ position, elements: operands.map((list) => list[position]) }));
  const added = resultType === FLOAT32 && addend !== undefined ? canonicalFloat32(addend) : addend;
  return evaluateFold(fold, terms, operandTypes, resultType, added);
}

/** The lists of each operand's elements, and c where there is one. */
function listsOf(fold, operandTypes, resultType, next) {
  if (fold.name === "DOT")
    return operandTypes[0] === FLOAT32 ? floatProducts(next) : integerProducts(operandTypes, resultType, next);
  return singlesOf(fold, operandTypes[0], next).map((list) => ({ lists: [list] }));
}

function singlesOf(fold, type, next) {
  if (fold.name === "AND") return boolLists(next);
  if (type !== FLOAT32) return integerLists(type, next);
  switch (fold.name) {
    case "SUM":
    case "MEAN":
      return [...SPECIAL_FLOAT_LISTS, ...SUMS, ...MEANS, ...randomSums(next)];
    case "MEANSQ":
      return [...SPECIAL_FLOAT_LISTS, ...SQUARES, ...randomSquares(next)];
    default:
      return [...SPECIAL_FLOAT_LISTS, ...EXTREMES, ...randomExtremes(next)];
  }
}

const SPECIAL_FLOAT_LISTS = [
  [],
  ...[0, MINUS_ZERO, ONE, minus(ONE), LEAST, MINUS_LEAST, GREATEST, minus(GREATEST), LEAST_NORMAL].map((bits) => [
    bits,
  ]),
  ...[INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, NEGATIVE_QUIET, SIGNALLING].map((bits) => [bits]),
  [MINUS_ZERO, MINUS_ZERO, MINUS_ZERO],
  [0, MINUS_ZERO],
  [INFINITY, INFINITY],
  [NEGATIVE_INFINITY, ONE, NEGATIVE_INFINITY],
  [INFINITY, NEGATIVE_INFINITY],
  [NEGATIVE_INFINITY, GREATEST, GREATEST, GREATEST],
  [ONE, INFINITY, minus(GREATEST)],
  [ONE, NOT_A_NUMBER, INFINITY],
  [INFINITY, SIGNALLING, NEGATIVE_INFINITY],
  [ONE, THREE, NEGATIVE_QUIET],
  [GREATEST, GREATEST, INFINITY, LEAST],
];

const SUMS = [
  // exact zeros
  [ONE, minus(ONE)],
  [GREATEST, LEAST, minus(GREATEST), MINUS_LEAST],
  // what is left when the great ones are gone
  [GREATEST, LEAST, minus(GREATEST)],
  [GREATEST, GREATEST, minus(GREATEST), minus(GREATEST), MINUS_LEAST],
  [LEAST, GREATEST, ONE, minus(GREATEST), minus(ONE)],
  floats("1e38 1e-38 -1e38"),
  floats("3e38 1 -3e38 1e-45 2.5"),
  // partial sums beyond every float32
  [GREATEST, GREATEST, minus(GREATEST)],
  [minus(GREATEST), minus(GREATEST), GREATEST, ONE],
  [...many(40, () => GREATEST), ...many(39, () => minus(GREATEST))],
  // where overflow starts, and the least thing that keeps from it
  [GREATEST, TO_OVERFLOW],
  [GREATEST, TO_OVERFLOW, MINUS_LEAST],
  [GREATEST, TO_OVERFLOW, LEAST],
  [GREATEST, TO_OVERFLOW - 1],
  [minus(GREATEST), minus(TO_OVERFLOW)],
  [minus(GREATEST), LEAST, minus(TO_OVERFLOW)],
  [GREATEST, GREATEST],
  // ties, and ties that a far term decides
  [TWO_TO_24, ONE],
  [TWO_TO_24, ONE, LEAST],
  [TWO_TO_24, ONE, MINUS_LEAST],
  [TWO_TO_24, THREE],
  [TWO_TO_24, THREE, LEAST],
  [TWO_TO_24, THREE, MINUS_LEAST],
  [minus(TWO_TO_24), minus(ONE), LEAST],
  [minus(TWO_TO_24), minus(ONE), MINUS_LEAST],
  [LEAST, ONE, TWO_TO_24, GREATEST, minus(GREATEST)],
  [ONE, composed(0, 103, 0), composed(0, 1, 0)],
  [ONE, composed(0, 103, 0), composed(1, 1, 0)],
  [ONE, composed(1, 102, 0), LEAST],
  [ONE, composed(1, 102, 0), MINUS_LEAST],
  // many small ones
  many(30, () => LEAST),
  many(24, () => float("0.1")),
  [TWO_TO_24, ...many(17, () => ONE)],
  [0x007fffff, LEAST],
  [LEAST_NORMAL, MINUS_LEAST],
];

const MEANS = [
  [ONE, ONE, ONE],
  [GREATEST, GREATEST, GREATEST],
  [GREATEST, GREATEST, GREATEST - 1],
  [ONE, 0, 0],
  floats("1 2 4 8 16 32 64"),
  floats("0.1 0.2 0.3 0.4 0.5"),
  // ties: half-way between two neighbours, and beside
  [ONE, ONE + 1],
  [ONE + 1, ONE + 2],
  [ONE, ONE + 1, ONE, ONE + 1, ONE, ONE + 1],
  [ONE, ONE + 1, ONE + 1, ONE],
  [ONE, ONE + 1, LEAST, MINUS_LEAST],
  [minus(ONE), minus(ONE) + 1],
  [ONE, ONE, ONE + 1],
  [ONE, ONE + 1, ONE + 1],
  [GREATEST, GREATEST - 1],
  // subnormal ones: halves, thirds, fifths of the least
  [LEAST, 0],
  [LEAST, LEAST + 1],
  [MINUS_LEAST, 0],
  [3, 0, 0, 0, 0, 0],
  [LEAST, 0, 0],
  [LEAST, LEAST, 0],
  [5, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [7, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [LEAST_NORMAL, 0x007fffff],
  [LEAST_NORMAL, 0, 0],
];

const SQUARES = [
  [THREE, float("4")],
  floats("1 2 3 4 5"),
  floats("-1 0.5 -0.25"),
  [GREATEST],
  [GREATEST, 0, 0, 0],
  // 2^64 squared overflows, an average of it does not
  [composed(0, 191, 0)],
  [composed(0, 191, 0), 0],
  [composed(0, 191, 0), 0, 0],
  [composed(0, 190, 0x7fffff)],
  [composed(0, 191, 0), composed(0, 190, 0x7ffffe), 0],
  // 2^-150, the tie between zero and the least number
  [ROOT_OF_HALF_LEAST],
  [ROOT_OF_HALF_LEAST + 1],
  [ROOT_OF_HALF_LEAST, ROOT_OF_HALF_LEAST],
  [composed(0, 53, 0), 0],
  [composed(0, 53, 0), 0, 0, 0],
  [composed(0, 53, 0), 0, 0, LEAST],
  [composed(0, 53, 0), 0, LEAST],
  [LEAST, LEAST],
  many(9, () => composed(0, 52, 1)),
  [ONE + 1],
  [ONE + 1, ONE + 1, ONE],
  [float("2"), LEAST],
  [ONE, composed(0, 115, 0)],
  [INFINITY, NEGATIVE_INFINITY],
  [0, NEGATIVE_INFINITY],
];

const EXTREMES = [
  floats("1 2 3"),
  floats("3 2 1"),
  floats("2 3 3 1"),
  floats("-1 -3 -3 -2"),
  [MINUS_ZERO, 0, LEAST],
  [0, MINUS_ZERO, MINUS_LEAST],
  [MINUS_LEAST, LEAST],
  [INFINITY, GREATEST, INFINITY],
  [NEGATIVE_INFINITY, NEGATIVE_INFINITY],
  [NEGATIVE_INFINITY, minus(GREATEST), NEGATIVE_INFINITY],
  [ONE, NOT_A_NUMBER, INFINITY, NEGATIVE_QUIET],
  [NEGATIVE_INFINITY, ONE, SIGNALLING],
  [NEGATIVE_QUIET, INFINITY],
  [ONE, ONE + 1, ONE + 1, ONE - 1, ONE - 1],
];

function randomSums(next) {
  return many(40, () => {
    const length = randomBetween(next, 2, 16);
    const make = pick(next, [
      () => randomFloat32(next),
      () => randomOfExponents(next, 1, 254),
      () => randomOfExponents(next, 0, 3),
      () => randomOfFewBits(next, 104, 130),
      () => randomOfFewBits(next, 120, 128),
    ]);
    const list = many(length, make).filter((bits) => bits % SIGN < INFINITY);
    // half of the lists lose their great terms again
    const taken = next() % 2 === 0 ? list.filter((_, place) => place % 3 === 0).map(minus) : [];
    return [...list, ...taken];
  });
}

const randomSquares = (next) =>
  many(40, () => {
    const [low, high] = pick(next, [
      [40, 66],
      [115, 140],
      [180, 192],
      [50, 54],
    ]);
    const make = pick(next, [randomOfExponents, randomOfFewBits]);
    return many(randomBetween(next, 1, 12), () => make(next, low, high));
  });

const randomExtremes = (next) =>
  many(15, () =>
    many(randomBetween(next, 2, 12), () =>
      pick(next, [randomFloat32, (draw) => randomOfFewBits(draw, 126, 127)])(next),
    ),
  );

function boolLists(next) {
  const few = [[], [0], [1], [1, 1], [1, 0], [0, 1], [0, 0], [2, 255], [128, 0]];
  // A bool is written as 0 or 1, so bytes that are not canonical are drawn as numbers.
  return [...few, ...many(10, () => many(randomBetween(next, 3, 20), () => (next() % 8 === 0 ? 0 : next() % 256)))];
}

const integerLists = (type, next) => {
  const { least, greatest } = type;
  const some = [least, greatest, 0n, 1n, least + 1n, greatest - 1n];
  return [
    [],
    ...some.map((value) => [value]),
    [greatest, 1n],
    [greatest, greatest],
    [least, least],
    [least, greatest],
    [greatest, least, greatest, least],
    many(20, () => greatest),
    many(20, () => least),
    [3n, 7n, 7n, 3n],
    ...many(12, () => many(randomBetween(next, 2, 12), () => randomInteger(next, type))),
  ];
};

function integerProducts(operandTypes, resultType, next) {
  const [a, b] = operandTypes;
  const pairs = [
    [[], []],
    [[a.least], [b.least]],
    [[a.greatest], [b.greatest]],
    [[a.least], [b.greatest]],
    [
      [a.least, a.least],
      [b.least, b.least],
    ],
    [many(20, () => a.greatest), many(20, () => b.least)],
    [
      [1n, 2n, 3n],
      [4n, 5n, 6n],
    ],
    ...many(8, () => {
      const length = randomBetween(next, 1, 8);
      return [many(length, () => randomInteger(next, a)), many(length, () => randomInteger(next, b))];
    }),
  ];
  const addends = [undefined, 0n, -1n, resultType.least, resultType.greatest];
  return pairs.map((lists, place) => {
    const addend = place < addends.length ? addends[place] : pick(next, [undefined, randomInteger(next, resultType)]);
    return { lists, addend };
  });
}

function floatProducts(next) {
  const withoutAddend = [...DOT_LISTS, ...randomProducts(next)].map((lists) => ({ lists }));
  const sums = [...SPECIAL_FLOAT_LISTS, ...SUMS].map((list) => ({ lists: [list, list.map(() => ONE)] }));
  const addendLast = [...SPECIAL_FLOAT_LISTS, ...SUMS]
    .filter((list) => list.length > 0)
    .map((list) => ({ lists: [list.slice(0, -1).map(() => ONE), list.slice(0, -1)], addend: list.at(-1) }));
  const mixed = randomProducts(next).map((lists) => ({ lists, addend: randomFloat32(next) }));
  return [...withoutAddend, ...DOTS_WITH_ADDEND, ...sums, ...addendLast, ...mixed];
}

const DOT_LISTS = [
  [floats("1 2 3"), floats("4 5 6")],
  [[0], [INFINITY]],
  [[NEGATIVE_INFINITY], [MINUS_ZERO]],
  [
    [ONE, 0],
    [ONE, NEGATIVE_INFINITY],
  ],
  [
    [INFINITY, ONE],
    [minus(ONE), THREE],
  ],
  [
    [INFINITY, INFINITY],
    [ONE, minus(ONE)],
  ],
  [
    [INFINITY, NEGATIVE_INFINITY],
    [ONE, minus(ONE)],
  ],
  [
    [INFINITY, 0, NEGATIVE_INFINITY],
    [ONE, INFINITY, ONE],
  ],
  [[INFINITY], [LEAST]],
  [
    [NOT_A_NUMBER, ONE],
    [0, ONE],
  ],
  [
    [ONE, 0],
    [ONE, SIGNALLING],
  ],
  [[MINUS_ZERO], [ONE]],
  [[minus(ONE)], [0]],
  // products beyond float32 that cancel, or leave little
  [
    [GREATEST, GREATEST],
    [GREATEST, minus(GREATEST)],
  ],
  [
    [GREATEST, LEAST, GREATEST],
    [GREATEST, LEAST, minus(GREATEST)],
  ],
  [
    [GREATEST, ONE, GREATEST],
    [GREATEST, LEAST, minus(GREATEST)],
  ],
  [
    [GREATEST, GREATEST],
    [GREATEST, minus(GREATEST) + 1],
  ],
  [[GREATEST], [GREATEST]],
  [
    [GREATEST, LEAST],
    [ONE, MINUS_LEAST],
  ],
  // 2^-150, decided by products as small as 2^-298
  [[ROOT_OF_HALF_LEAST], [ROOT_OF_HALF_LEAST]],
  [
    [ROOT_OF_HALF_LEAST, LEAST],
    [ROOT_OF_HALF_LEAST, LEAST],
  ],
  [
    [ROOT_OF_HALF_LEAST, LEAST],
    [ROOT_OF_HALF_LEAST, MINUS_LEAST],
  ],
  [
    [minus(ROOT_OF_HALF_LEAST), LEAST],
    [ROOT_OF_HALF_LEAST, MINUS_LEAST],
  ],
  [
    [LEAST, LEAST, LEAST],
    [ONE, HALF, LEAST],
  ],
  [
    [LEAST, LEAST, LEAST],
    [ONE, HALF, MINUS_LEAST],
  ],
  [[LEAST], [HALF]],
  [[LEAST], [LEAST]],
  [many(64, () => composed(0, 49, 0)), many(64, () => composed(0, 49, 0))],
  // ties of great sums, decided by products as small as 2^-298
  [
    [TWO_TO_24, ONE, LEAST],
    [ONE, ONE, LEAST],
  ],
  [
    [TWO_TO_24, ONE, LEAST],
    [ONE, ONE, MINUS_LEAST],
  ],
  [
    [GREATEST, TO_OVERFLOW, LEAST],
    [ONE, ONE, MINUS_LEAST],
  ],
  [
    [GREATEST, TO_OVERFLOW, LEAST],
    [minus(ONE), minus(ONE), LEAST],
  ],
  [
    [GREATEST, GREATEST, TO_OVERFLOW],
    [GREATEST, minus(GREATEST), ONE],
  ],
  [
    [ONE + 1, minus(ONE)],
    [ONE + 1, ONE + 2],
  ],
  [
    [ONE + 1, minus(ONE)],
    [ONE - 1, ONE],
  ],
];

const DOTS_WITH_ADDEND = [
  ...[0, MINUS_ZERO, ONE, LEAST, GREATEST, INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, NEGATIVE_QUIET].map((addend) => ({
    lists: [[], []],
    addend,
  })),
  { lists: [[INFINITY], [ONE]], addend: NEGATIVE_INFINITY },
  { lists: [[INFINITY], [ONE]], addend: INFINITY },
  { lists: [[INFINITY], [0]], addend: INFINITY },
  { lists: [[GREATEST], [GREATEST]], addend: NEGATIVE_INFINITY },
  { lists: [[GREATEST], [float("2")]], addend: minus(GREATEST) },
  { lists: [[ROOT_OF_HALF_LEAST], [ROOT_OF_HALF_LEAST]], addend: LEAST },
  { lists: [[ROOT_OF_HALF_LEAST], [minus(ROOT_OF_HALF_LEAST)]], addend: LEAST },
  { lists: [[LEAST], [LEAST]], addend: ONE },
  {
    lists: [
      [LEAST, composed(0, 103, 0)],
      [LEAST, ONE],
    ],
    addend: ONE,
  },
  {
    lists: [
      [LEAST, composed(0, 103, 0)],
      [MINUS_LEAST, ONE],
    ],
    addend: ONE,
  },
  { lists: [[ONE + 1], [ONE + 1]], addend: minus(ONE) },
  { lists: [[THREE], [THREE]], addend: float("-9") },
];

const randomProducts = (next) =>
  many(30, () => {
    const length = randomBetween(next, 1, 12);
    const make = pick(next, [
      () => randomFloat32(next),
      () => randomOfExponents(next, 30, 220),
      () => randomOfExponents(next, 48, 56),
      () => randomOfFewBits(next, 110, 140),
      () => randomOfExponents(next, 120, 130),
    ]);
    const a = many(length, make);
    const b = many(length, make);
    // half of them with a great part that cancels
    return next() % 2 === 0
      ? [a, b]
      : [
          [...a, ...b.slice(0, 3)],
          [...b, ...a.slice(0, 3).map(minus)],
        ];
  });
