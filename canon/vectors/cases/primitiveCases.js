// Cases of the primitives, for every dtype that each one takes. Operands are written as they may stand in a tensor, so
// that some are not canonical: -0, NaN with a payload, a bool of any byte.

import { bytesOfNumber, hexOfBytes } from "../reference/bytes.js";
import { BOOL, DATA_TYPES, FLOAT32, INTEGER_TYPES } from "../reference/dataTypes.js";
import { float, floats } from "./decimals.js";
import { readElement, writeElement } from "../reference/elements.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE, SIGN, UNITS_IN_ONE } from "../reference/float32.js";
import { nearestFloat32, orderOf, unitsOf } from "../reference/float32.js";
import { FUNCTIONS } from "../reference/functions.js";
import { PRIMITIVES, cast, isWithin } from "../reference/primitives.js";
import { composed, many, pick, randomBetween, randomFloat32, randomInteger } from "./random.js";
import { randomOfExponents, randomOfFewBits, randomWords } from "./random.js";

const RANDOM_CASES = 60;

const MINUS_ZERO = SIGN;
const LEAST_SUBNORMAL = 0x00000001;
const GREATEST_SUBNORMAL = 0x007fffff;
const LEAST_NORMAL = 0x00800000;
const GREATEST = 0x7f7fffff;
const NEGATIVE_QUIET = 0xffc12345;
const SIGNALLING = 0x7f800001;

/** Bits of every kind of float32, to be paired with each other. */
const FLOAT_SPECIALS = [
  0x00000000,
  MINUS_ZERO,
  ONE,
  SIGN + ONE,
  ONE - 1,
  ONE + 1,
  float("0.5"),
  float("-1.5"),
  float("3"),
  float("16777216"),
  LEAST_SUBNORMAL,
  SIGN + LEAST_SUBNORMAL,
  GREATEST_SUBNORMAL,
  LEAST_NORMAL,
  SIGN + LEAST_NORMAL,
  nearestFloat32(2n ** 103n, 1n),
  GREATEST,
  SIGN + GREATEST,
  INFINITY,
  NEGATIVE_INFINITY,
  NOT_A_NUMBER,
  NEGATIVE_QUIET,
  SIGNALLING,
];

const BOOL_SPECIALS = [0, 1, 2, 128, 255];

const integerSpecials = ({ least, greatest }) =>
  [least, least + 1n, -7n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, greatest / 2n, greatest - 1n, greatest].filter(
    (value, place, all) => value >= least && all.indexOf(value) === place,
  );

const shiftsOf = (type) =>
  [type.least, -1n, 0n, 1n, 7n, 8n, 9n, 31n, 32n, 33n, 63n, 64n, 65n, type.greatest].filter(
    (value) => value >= type.least && value <= type.greatest,
  );

function specialsOf(type) {
  if (type === FLOAT32) return FLOAT_SPECIALS;
  return type === BOOL ? BOOL_SPECIALS : integerSpecials(type);
}

export function primitiveGroups() {
  const next = randomWords(0x01234567);
  const functionNames = FUNCTIONS.map(({ name }) => name);
  return PRIMITIVES.filter(({ name }) => !["CONST", "INDEX", ...functionNames].includes(name)).flatMap((primitive) => {
    switch (primitive.name) {
      case "CAST":
        return castGroups(primitive, next);
      case "SELECT":
        return DATA_TYPES.map((type) => selectGroup(primitive, type, next));
      case "WITHIN":
        return [withinGroup(primitive, next)];
      default:
        return DATA_TYPES.filter((type) => primitive.resultType(Array(primitive.arity).fill(type)) !== undefined).map(
          (type) => plainGroup(primitive, type, next),
        );
    }
  });
}

const groupOf = ({ name, code }, operandTypes, resultType, cases) => ({
  name,
  code,
  operandTypes: operandTypes.map((type) => type.name),
  resultType: resultType.name,
  cases,
});

const hexOf = (type, raw) => hexOfBytes(bytesOfNumber(raw, type.width));
const read = (type, raw) => readElement(type, bytesOfNumber(raw, type.width));

/** Raw operands and the result, as hexadecimal. */
function caseOf(operandTypes, resultType, raw, compute) {
  const operands = raw.map((value, place) => read(operandTypes[place], value));
  const result = hexOfBytes(writeElement(resultType, compute(operands)));
  return [...raw.map((value, place) => hexOf(operandTypes[place], value)), result];
}

function plainGroup(primitive, type, next) {
  const operandTypes = Array(primitive.arity).fill(type);
  const resultType = primitive.resultType(operandTypes);
  const raw = primitive.arity === 1 ? singles(primitive, type, next) : pairs(primitive, type, next);
  const cases = raw.map((operands) =>
    caseOf(operandTypes, resultType, operands, (elements) => primitive.apply(elements, operandTypes)),
  );
  return groupOf(primitive, operandTypes, resultType, cases);
}

function singles(primitive, type, next) {
  const edges = type === FLOAT32 ? (SINGLE_EDGES[primitive.name] ?? []) : [];
  const random = many(RANDOM_CASES, () => randomRaw(type, next));
  const all = type === BOOL ? specialsOf(type) : [...specialsOf(type), ...edges, ...random];
  return all.map((value) => [value]);
}

function pairs(primitive, type, next) {
  const seconds = ["SHL", "SHR"].includes(primitive.name) ? shiftsOf(type) : specialsOf(type);
  const special = specialsOf(type).flatMap((a) => seconds.map((b) => [a, b]));
  if (type === BOOL) return special;
  const edges = type === FLOAT32 ? (PAIR_EDGES[primitive.name] ?? []) : [];
  return [...special, ...edges, ...many(RANDOM_CASES, () => randomPair(primitive, type, next))];
}

function randomRaw(type, next) {
  if (type === BOOL) return next() % 256;
  if (type !== FLOAT32) return randomInteger(next, type);
  return pick(next, [
    () => randomFloat32(next),
    () => randomOfExponents(next, 120, 152),
    () => randomOfFewBits(next, 120, 152),
    () => randomOfExponents(next, 0, 2),
  ])();
}

function randomPair(primitive, type, next) {
  if (["SHL", "SHR"].includes(primitive.name)) {
    return [randomInteger(next, type), BigInt(randomBetween(next, 0, 8 * type.width))];
  }
  if (type !== FLOAT32) return [randomInteger(next, type), randomInteger(next, type)];
  const kinds = [
    // exponents close enough for the operands to overlap
    () => [randomOfExponents(next, 120, 130), randomOfExponents(next, 110, 140)],
    () => [randomOfFewBits(next, 126, 130), randomOfFewBits(next, 104, 108)],
    () => cancelling(next),
    // products of 25 bits, which are ties, and products and quotients that are subnormal or overflow
    () => [randomOdd(next, 1024, 2047), randomOdd(next, 2048, 4095)],
    () => [randomOfExponents(next, 50, 60), randomOfExponents(next, 45, 70)],
    () => [randomOfFewBits(next, 50, 54), randomOfFewBits(next, 50, 54)],
    () => [randomOfExponents(next, 1, 20), randomOfExponents(next, 125, 150)],
    () => [randomOfExponents(next, 200, 254), randomOfExponents(next, 150, 200)],
    () => [randomOfExponents(next, 253, 254), randomOfExponents(next, 245, 254)],
    () => [randomOfExponents(next, 0, 1), randomOfExponents(next, 0, 1)],
    () => [randomFloat32(next), randomFloat32(next)],
  ];
  return pick(next, kinds)();
}

const randomOdd = (next, low, high) => nearestFloat32(BigInt(2 * randomBetween(next, low, high) + 1), 1n);

function cancelling(next) {
  const a = randomOfExponents(next, 1, 254);
  const b = a + randomBetween(next, 0, 4);
  return [a, b >= SIGN ? b - SIGN : b + SIGN];
}

/** The floats on both sides of one and itself. */
const around = (bits) => [bits - 1, bits, bits + 1];

const SINGLE_EDGES = {
  SQRT: [
    ...floats("2 4 9 0.25 16777216 16777217 1e-45 3e-45 1e38 2e-38"),
    ...[ONE, float("4"), float("9"), float("0.25"), LEAST_NORMAL].flatMap(around),
    float("-1e-45"),
    GREATEST - 1,
  ],
  ...Object.fromEntries(
    ["FLOOR", "CEIL", "RINT"].map((name) => [
      name,
      [
        ...floats("0.25 -0.25 -0.5 1.5 2.5 -2.5 3.5 -3.5 -0.75 4194304.5 4194305.5 -4194303.5 8388607.5 8388606.5"),
        ...floats("-8388607.5 8388608 8388609 -8388609 1e-45 -1e-45 1e38"),
        ...[float("0.5"), float("1.5"), float("2.5"), float("-0.5"), float("-1.5"), float("1")].flatMap(around),
      ],
    ]),
  ),
};

const SUM_EDGES = [
  ...[0, 1, 2, 3].map((fraction) => [composed(0, 127 + 24, fraction), ONE]),
  [composed(0, 151, 0), ONE + 1],
  [composed(0, 151, 0), ONE - 1],
  [composed(0, 151, 1), ONE - 1],
  [composed(0, 151, 1), composed(1, 127, 1)],
  // half of the last bit, and what lies a little or far beside it
  ...around(composed(0, 103, 0)).map((half) => [ONE, half]),
  ...around(composed(0, 103, 0)).map((half) => [ONE + 1, half]),
  ...around(composed(1, 102, 0)).map((half) => [ONE, half]),
  [ONE, LEAST_SUBNORMAL],
  [ONE, SIGN + LEAST_SUBNORMAL],
  [ONE - 1, LEAST_SUBNORMAL],
  // overflow starts at 2^128 - 2^103
  ...around(composed(0, 230, 0)).map((half) => [GREATEST, half]),
  ...around(composed(0, 230, 0)).map((half) => [SIGN + GREATEST, SIGN + half]),
  [GREATEST, composed(0, 229, 0x7fffff)],
  [GREATEST - 1, composed(0, 231, 0)],
  [GREATEST - 1, composed(0, 231, 0) - 1],
  // cancellation
  [ONE + 1, SIGN + ONE],
  [ONE, SIGN + ONE - 1],
  [LEAST_NORMAL, SIGN + LEAST_SUBNORMAL],
  [LEAST_NORMAL + 1, SIGN + LEAST_NORMAL],
  [GREATEST_SUBNORMAL, LEAST_SUBNORMAL],
  [GREATEST, SIGN + GREATEST - 1],
  [0x00000005, 0x80000003],
];

const ofOtherSign = ([a, b]) => [a, b >= SIGN ? b - SIGN : b + SIGN];

const PAIR_EDGES = {
  ADD: SUM_EDGES,
  SUB: SUM_EDGES.map(ofOtherSign),
  MUL: [
    [ONE + 1, ONE + 1],
    [ONE - 1, ONE - 1],
    [ONE + 1, ONE - 1],
    // 24929 · 673 = 2^24 + 1, a tie
    [float("24929"), float("673")],
    [float("24929"), float("-673")],
    // 18631 · 1801 · 2^103 = 2^128 - 2^103, where overflow starts
    ...around(nearestFloat32(1801n * 2n ** 103n, 1n)).map((factor) => [float("18631"), factor]),
    ...around(nearestFloat32(1801n * 2n ** 103n, 1n)).map((factor) => [float("-18631"), factor]),
    [composed(0, 191, 0), composed(0, 191, 0)],
    [composed(0, 191, 0), composed(0, 190, 0x7fffff)],
    // 2^-150 is half of the least subnormal number
    ...around(composed(0, 52, 0)).map((factor) => [composed(0, 52, 0), factor]),
    ...around(composed(0, 52, 0)).map((factor) => [composed(1, 52, 0), factor]),
    ...[3, 5, 7, 9].map((odd) => [float(`${odd}`), composed(0, 52, 0)]),
    ...[3, 5, 7, 9].flatMap((odd) =>
      around(nearestFloat32(BigInt(odd), 2n ** 75n)).map((factor) => [factor, composed(0, 52, 0)]),
    ),
    [LEAST_SUBNORMAL, float("0.5")],
    [LEAST_SUBNORMAL, float("0.5") + 1],
    [0x00000003, float("0.5")],
    [LEAST_SUBNORMAL, LEAST_SUBNORMAL],
    [LEAST_NORMAL, float("0.5")],
    [LEAST_NORMAL + 1, float("0.5")],
    [LEAST_NORMAL + 3, float("0.5")],
    [LEAST_NORMAL, ONE - 1],
    [GREATEST_SUBNORMAL, ONE + 1],
    [GREATEST, LEAST_SUBNORMAL],
  ],
  DIV: [
    [ONE, float("3")],
    [float("-2"), float("3")],
    [ONE, float("10")],
    [ONE + 1, ONE - 1],
    [ONE - 1, ONE + 1],
    [ONE, ONE - 1],
    [ONE, ONE + 1],
    [float("16777215"), float("16777216")],
    [LEAST_SUBNORMAL, float("2")],
    [0x00000003, float("2")],
    [0x00000005, float("-2")],
    [LEAST_SUBNORMAL, float("2") - 1],
    [LEAST_NORMAL + 1, float("2")],
    [LEAST_NORMAL, ONE + 1],
    [GREATEST, float("0.5")],
    [GREATEST, ONE - 1],
    [GREATEST - 1, ONE - 1],
    [ONE, LEAST_SUBNORMAL],
    [ONE, 0x00200000],
    [ONE, 0x00200001],
    [composed(0, 1, 0), composed(0, 151, 0)],
    [composed(0, 1, 1), composed(0, 151, 0)],
    [composed(0, 2, 0), composed(0, 152, 1)],
    [GREATEST, LEAST_SUBNORMAL],
    [LEAST_SUBNORMAL, GREATEST],
    [GREATEST, GREATEST - 1],
  ],
};

function selectGroup(primitive, type, next) {
  const operandTypes = [BOOL, type, type];
  const some = [...specialsOf(type), ...many(8, () => randomRaw(type, next))];
  const raw = some.flatMap((value, place) => {
    const other = some[(place * 7 + 3) % some.length];
    return [0, 1, 2, 255].map((condition) => [condition, value, other]);
  });
  const cases = raw.map((operands) =>
    caseOf(operandTypes, type, operands, (elements) => primitive.apply(elements, operandTypes)),
  );
  return groupOf(primitive, operandTypes, type, cases);
}

function castGroups(primitive, next) {
  return DATA_TYPES.flatMap((source) => {
    const raw = castOperands(source, next);
    return DATA_TYPES.map((target) => {
      const cases = raw.map((value) => caseOf([source], target, [value], ([element]) => cast(source, target, element)));
      return groupOf(primitive, [source], target, cases);
    });
  });
}

function castOperands(source, next) {
  if (source === BOOL) return BOOL_SPECIALS;
  if (source === FLOAT32) {
    const bounds = INTEGER_TYPES.flatMap(({ least, greatest }) => [least, least - 1n, greatest, greatest + 1n]);
    return [
      ...FLOAT_SPECIALS,
      ...bounds.flatMap((bound) => around(nearestFloat32(bound, 1n))).filter((bits) => bits >= 0),
      ...floats("-0.5 -0.75 0.75 1.75 -1.75 255.5 255.75 127.5 -128.5 -128.75 -129 1e10 -1e10 1e20 -1e20"),
      ...many(40, () => randomOfExponents(next, 120, 195)),
    ];
  }
  const roundedWide = [24n, 31n, 52n, 62n].flatMap((power) => {
    const half = 2n ** (power - 24n);
    return [2n ** power + half, 2n ** power + 3n * half, -(2n ** power) - half, 2n ** power + half + 1n];
  });
  const halves = [127n, 128n, -129n, 255n, 256n, 257n, 2n ** 24n - 1n, 2n ** 31n, -(2n ** 31n) - 1n, 2n ** 32n];
  const wide = [...roundedWide, ...halves].filter((value) => value >= source.least && value <= source.greatest);
  return [...integerSpecials(source), ...wide, ...many(40, () => randomInteger(next, source))];
}

function withinGroup(primitive, next) {
  const tiny = float("1e-45");
  const [loose, tight] = [float("0.125"), float("0.0009765625")];
  const edges = [
    ...[0, ONE, GREATEST].flatMap((absolute) =>
      [0, loose, ONE - 1].flatMap((relative) =>
        [
          [0, 0],
          [0, MINUS_ZERO],
          [MINUS_ZERO, LEAST_SUBNORMAL],
          [ONE, ONE],
          [ONE, ONE + 1],
          [ONE, SIGN + ONE],
          [NOT_A_NUMBER, NEGATIVE_QUIET],
          [SIGNALLING, NOT_A_NUMBER],
          [NOT_A_NUMBER, ONE],
          [ONE, NEGATIVE_QUIET],
          [INFINITY, INFINITY],
          [INFINITY, NEGATIVE_INFINITY],
          [INFINITY, GREATEST],
          [GREATEST, INFINITY],
          [NEGATIVE_INFINITY, NOT_A_NUMBER],
          [GREATEST, SIGN + GREATEST],
          [GREATEST, 0],
          [0, GREATEST],
        ].map(([claimed, right]) => [claimed, right, absolute, relative]),
      ),
    ),
    // exactly at the bound, and one step inside and beyond
    ...around(ONE + 2 ** 13).map((claimed) => [claimed, ONE, 0, tight]),
    ...around(ONE - 2 ** 14).map((claimed) => [claimed, ONE, 0, tight]),
    ...around(tight).map((claimed) => [claimed, 0, tight, 0]),
    ...around(tight).map((relative) => [ONE + 2 ** 13, ONE, 0, relative]),
    // a bound that a product rounded on its way would miss: 2^-23 - 2^-47 + 2^-47
    ...around(composed(0, 80, 0)).map((absolute) => [ONE + 1, ONE, absolute, composed(0, 104, 0) - 1]),
    [ONE + 1, ONE, 0, composed(0, 104, 0)],
    [ONE, ONE + 1, 0, composed(0, 104, 0)],
    [ONE, ONE + 1, 0, composed(0, 104, 0) - 1],
    [ONE, ONE + 1, tiny, composed(0, 104, 0) - 2],
    [GREATEST, GREATEST - 1, composed(0, 231, 0), 0],
    [GREATEST, GREATEST - 1, composed(0, 231, 0) - 1, 0],
    [GREATEST, GREATEST - 1, composed(0, 231, 0) - 1, tiny],
    [LEAST_SUBNORMAL, 0, tiny, 0],
    [0x00000002, 0, tiny, ONE - 1],
    [0x00000002, LEAST_SUBNORMAL, 0, ONE - 1],
    [0x00000003, 0x00000002, 0, float("0.5")],
    [0x00000003, 0x00000002, 0, float("0.5") - 1],
    [SIGN + ONE, SIGN + ONE - 1, composed(0, 103, 0), 0],
    [SIGN + ONE, SIGN + ONE - 1, composed(0, 103, 0) - 1, 0],
  ];
  const raw = [...edges, ...many(RANDOM_CASES, () => randomNearBound(next))];
  const operandTypes = [FLOAT32, FLOAT32];
  const cases = raw.map(([claimed, right, absolute, relative]) => {
    const operands = [claimed, right].map((bits) => read(FLOAT32, bits));
    const result = isWithin(...operands, { absolute, relative });
    return [...[claimed, right, absolute, relative].map((bits) => hexOf(FLOAT32, bits)), hexOf(BOOL, result)];
  });
  return groupOf(primitive, operandTypes, BOOL, cases);
}

/** A claim at the bound, rounded to a float32, or the next one to it. */
function randomNearBound(next) {
  const right = randomOfExponents(next, 1, 200);
  const absolute = pick(next, [0, composed(0, randomBetween(next, 1, 200), next() % 2 ** 23)]);
  const relative = pick(next, [0, composed(0, randomBetween(next, 100, 126), next() % 2 ** 23)]);
  const units = unitsOf(right);
  const bound = unitsOf(absolute) * UNITS_IN_ONE + unitsOf(relative) * (units < 0n ? -units : units);
  const signed = next() % 2 === 0 ? bound : -bound;
  const claimed = nearestFloat32(units * UNITS_IN_ONE + signed, UNITS_IN_ONE ** 2n);
  const step = pick(next, [-1, 0, 1]);
  const isSteppable = orderOf(claimed) !== 0 && claimed !== INFINITY && claimed !== NEGATIVE_INFINITY;
  return [isSteppable ? claimed + step : claimed, right, absolute, relative];
}
