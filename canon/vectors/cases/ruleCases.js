// Programs that probe one rule each: [name, build], where build adds the nodes to a model and returns the outputs.

import { castTo, constant, index, primitive, viewAxis, within } from "../reference/assembly.js";
import { BOOL, DATA_TYPES, FLOAT32, INT32, INT64, INT8, UINT8 } from "../reference/dataTypes.js";
import { float, floats } from "./decimals.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE, SIGN } from "../reference/float32.js";
import { FUNCTIONS } from "../reference/functions.js";
import { axisAlong, followed } from "./model.js";
import { many, randomFloat32, randomInteger, randomOfExponents } from "./random.js";

const MINUS_ZERO = SIGN;
const NEGATIVE_QUIET = 0xffc12345;
const SIGNALLING = 0x7f800001;
const NOT_CANONICAL = [MINUS_ZERO, NEGATIVE_QUIET, SIGNALLING, 0x7fffffff, ONE, 0x80000001];

export const RULES = [
  ["reading what is not canonical", readingWhatIsNotCanonical],
  ["all functions", allFunctions],
  ["boolean logic", booleanLogic],
  ["int64 arithmetic", longArithmetic],
  ["bits of uint8 and int8", bits],
  ["casts in chains", castChains],
  ["comparisons of NaN, infinities and zeros", comparisons],
  ["SELECT does not look at what it does not take", selection],
  ["INDEX on every axis", indexOnEveryAxis],
  ["a view larger than its operand", largeView],
  ["a view smaller than its operand", smallView],
  ["floor division of negative coordinates", negativeDivision],
  ["the greatest offsets, coefficients and divisors", extremeMaps],
  ["scalars", scalars],
  ["rank 8", rankEight],
  ["alternatives, the first in bounds", alternatives],
  ["pads of every dtype", pads],
  ["folds of no term", foldsOfNone],
  ["ARGMAX and ARGMIN with NaN and ties", places],
  ["ARGMAX and ARGMIN behind absent terms", placesBehindAbsentTerms],
  ["a DOT term is present if both operands are", presentInBoth],
  ["c out of bounds", addendOutOfBounds],
  ["exact sums", exactSums],
  ["integer folds that wrap around", wrappingFolds],
  ["folds over several axes", foldsOverAxes],
  ["GATHER out of bounds", gatherOutOfBounds],
  ["GATHER along an inner axis", gatherInside],
  ["AND over absent terms", conjunctions],
  ["tensors of several leaves", severalLeaves],
  ["a fold over several leaves", longFold],
  ["inputs and weights as outputs, some twice", givenOutputs],
  ["weights of one root and several lengths", weightsOfOneRoot],
  ["sixteen outputs", sixteenOutputs],
  ["one INPUT twice and one never read", repeatedInputs],
  ["WITHIN in a program", tolerances],
];

function readingWhatIsNotCanonical(model) {
  const x = model.input(FLOAT32, NOT_CANONICAL);
  const weight = model.weight(FLOAT32, [...NOT_CANONICAL].reverse());
  const flags = model.input(BOOL, [0, 1, 2, 128, 255]);
  const ids = model.input(INT32, [5n, 0n, 1n]);
  return [
    model.elementwise(FLOAT32, [6], [x]),
    model.elementwise(FLOAT32, [6], [weight]),
    model.elementwise(BOOL, [5], [flags]),
    model.gather([3], [ids, [axisAlong(3, 0)]], [weight, [viewAxis(6)]], 0),
    model.elementwise(FLOAT32, [6], [x], constant(FLOAT32, ONE), primitive("DIV", 1, 0)),
    model.elementwise(BOOL, [6], [x], constant(FLOAT32, 0), primitive("EQ", 0, 1)),
    model.elementwise(UINT8, [5], [flags], castTo(UINT8, 0)),
    model.fold("MAX", FLOAT32, [], [1], x, [axisAlong(6, 0)]),
    model.fold("AND", BOOL, [], [4], flags, [axisAlong(5, 0, { offset: 1 })]),
  ];
}

function allFunctions(model) {
  const x = model.input(FLOAT32, [
    ...floats("0 1 -1 0.5 -0.5 3 -3 20 -20 88.7 -103.9 1e-10 -1e-10 1e-44 -1e-44 1e22 -1e22 3e38"),
    ...[INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, MINUS_ZERO],
  ]);
  return FUNCTIONS.map(({ name }) => model.elementwise(FLOAT32, [22], [x], primitive(name, 0)));
}

function booleanLogic(model) {
  const a = model.input(BOOL, [0, 0, 1, 1, 255, 0]);
  const b = model.input(BOOL, [0, 1, 0, 1, 2, 128]);
  const ofBoth = (...primitives) => model.elementwise(BOOL, [6], [a, b], ...primitives);
  return [
    ...["AND", "OR", "XOR", "EQ", "NE", "LT", "LE"].map((name) => ofBoth(primitive(name, 0, 1))),
    ofBoth(primitive("NOT", 0), primitive("OR", 2, 1), primitive("NOT", 3)),
    ofBoth(primitive("SELECT", 0, 1, 0)),
  ];
}

function longArithmetic(model) {
  const values = [0n, 1n, -1n, 7n, -7n, 2n ** 63n - 1n, -(2n ** 63n), 123456789012n];
  const a = model.input(INT64, values);
  const b = model.weight(INT64, [0n, -1n, 3n, -3n, 2n, 2n, -1n, 987654321098n]);
  const binary = ["ADD", "SUB", "MUL", "DIV", "MOD", "MAX", "MIN", "SHL", "SHR"];
  return [
    ...binary.map((name) => model.elementwise(INT64, [8], [a, b], primitive(name, 0, 1))),
    model.elementwise(INT64, [8], [a], primitive("ABS", 0), primitive("NEG", 1)),
    model.elementwise(FLOAT32, [8], [a, b], primitive("MUL", 0, 1), castTo(FLOAT32, 2)),
  ];
}

function bits(model) {
  const [unsigned, signed] = [UINT8, INT8].map((type) =>
    model.input(
      type,
      many(12, () => randomInteger(model.next, type)),
    ),
  );
  const shifts = model.weight(UINT8, [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 128n, 255n]);
  const signedShifts = model.elementwise(INT8, [12], [shifts], castTo(INT8, 0));
  const pairs = [
    [UINT8, unsigned, shifts],
    [INT8, signed, signedShifts],
  ];
  return pairs.flatMap(([type, a, b]) => [
    ...["AND", "OR", "XOR", "SHL", "SHR"].map((name) => model.elementwise(type, [12], [a, b], primitive(name, 0, 1))),
    model.elementwise(type, [12], [a], primitive("NOT", 0)),
  ]);
}

function castChains(model) {
  const x = model.input(FLOAT32, [
    ...floats("0.5 -0.5 -1.5 255.5 256 -129 127.99 3e9 -3e9 1e19 -1e19 16777217 1e-45"),
    ...[INFINITY, NEGATIVE_INFINITY, NEGATIVE_QUIET, MINUS_ZERO],
  ]);
  const through = (...types) =>
    model.elementwise(types.at(-1), [17], [x], ...types.map((type, place) => castTo(type, place)));
  return [
    ...DATA_TYPES.map((type) => through(type)),
    through(INT64, INT32, INT8, UINT8, INT64, FLOAT32),
    through(INT32, FLOAT32, INT64),
    through(UINT8, INT8, BOOL, FLOAT32),
  ];
}

function comparisons(model) {
  const values = [0, MINUS_ZERO, ONE, SIGN + ONE, INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, SIGNALLING, 0x00000001];
  const count = values.length;
  const x = model.input(FLOAT32, values);
  const every = ["EQ", "NE", "LT", "LE", "MAX", "MIN"];
  return every.map((name) =>
    model.map(
      name.length === 2 ? BOOL : FLOAT32,
      [count, count],
      [model.slot(x, [axisAlong(count, 0)]), model.slot(x, [axisAlong(count, 1)])],
      primitive(name, 0, 1),
    ),
  );
}

function selection(model) {
  const flags = model.input(BOOL, [0, 1, 2, 0]);
  const x = model.input(FLOAT32, [NOT_A_NUMBER, ONE, NEGATIVE_QUIET, MINUS_ZERO]);
  const y = model.input(FLOAT32, [ONE, NOT_A_NUMBER, INFINITY, NEGATIVE_QUIET]);
  return [model.elementwise(FLOAT32, [4], [flags, x, y], primitive("SELECT", 0, 1, 2))];
}

function indexOnEveryAxis(model) {
  const digits = [2, 3, 2].map((_, axis) => index(axis));
  const combined = [
    ...digits,
    constant(INT64, 10n),
    primitive("MUL", 0, 3),
    primitive("ADD", 4, 1),
    primitive("MUL", 5, 3),
    primitive("ADD", 6, 2),
  ];
  return [model.map(INT64, [2, 3, 2], [], ...combined)];
}

function largeView(model) {
  const x = model.input(FLOAT32, floats("1 2 3 4 5"));
  const absent = float("-9");
  return [
    model.map(FLOAT32, [3, 4], [model.slot(x, followed([3, 4]), absent)]),
    model.fold("SUM", FLOAT32, [3], [4], x, followed([3, 4])),
    model.fold("MEAN", FLOAT32, [3], [4], x, followed([3, 4])),
    model.fold("MAX", FLOAT32, [3], [4], x, followed([3, 4])),
  ];
}

function smallView(model) {
  const x = model.input(
    INT8,
    many(12, (_, place) => BigInt(place)),
  );
  return [model.map(INT8, [3, 4], [model.slot(x, [axisAlong(2, 0), axisAlong(3, 1)], -1n)])];
}

function negativeDivision(model) {
  const x = model.input(INT32, [10n, 11n, 12n, 13n]);
  const read = (coefficient, more) =>
    model.map(INT32, [12], [model.slot(x, [viewAxis(4, [[0, coefficient]], more)], -1n)]);
  return [
    read(1, { offset: -5, divisor: 2 }),
    read(-1, { offset: 7, divisor: 3 }),
    read(-2, { offset: 3, divisor: 4 }),
    read(3, { offset: -1, divisor: 5 }),
    read(-1, { divisor: 2 ** 31 - 1 }),
  ];
}

function extremeMaps(model) {
  const [least, greatest] = [-(2 ** 31), 2 ** 31 - 1];
  const x = model.input(UINT8, [1n, 2n, 3n]);
  const read = (...view) => model.map(UINT8, [5], [model.slot(x, view, 255n)]);
  return [
    read(viewAxis(greatest, [[0, greatest]])),
    read(viewAxis(greatest, [[0, least]], { offset: greatest })),
    read(viewAxis(3, [[0, greatest]], { offset: least, divisor: greatest })),
    read(viewAxis(3, [[0, least]], { offset: least, divisor: greatest })),
    read(viewAxis(3, [[0, greatest]], { offset: greatest, divisor: greatest })),
    read(viewAxis(46340, [[0, 1]]), viewAxis(46340, [[0, 1]])),
    read(viewAxis(1, [[0, 1]], { divisor: greatest }), viewAxis(greatest, [[0, 1]])),
  ];
}

function scalars(model) {
  const x = model.input(FLOAT32, floats("3"));
  const list = model.input(FLOAT32, floats("1 2 4"));
  const product = model.map(FLOAT32, [], [model.slot(x, []), model.slot(list, [])], primitive("MUL", 0, 1));
  const total = model.fold("SUM", FLOAT32, [], [3], list, [axisAlong(3, 0)]);
  return [
    model.map(FLOAT32, [3], [model.slot(total, []), model.slot(product, [])], primitive("ADD", 0, 1)),
    model.map(INT64, [], [], constant(INT64, 42n)),
  ];
}

function rankEight(model) {
  const extents = [2, 1, 2, 1, 3, 1, 2, 2];
  const x = model.input(
    INT32,
    many(48, (_, place) => BigInt(place)),
  );
  const turned = extents.map((_, place) => axisAlong(extents[7 - place], 7 - place)).reverse();
  return [
    model.map(INT32, extents, [model.slot(x, turned)]),
    model.map(INT32, [...extents].reverse(), [
      model.slot(
        x,
        extents.map((extent, place) => axisAlong(extent, 7 - place)),
      ),
    ]),
    model.fold("SUM", INT32, extents.slice(0, 4), extents.slice(4), x, followed(extents)),
  ];
}

function alternatives(model) {
  const a = model.input(INT32, [1n, 2n, 3n]);
  const b = model.input(INT32, [10n, 20n, 30n, 40n, 50n]);
  const c = model.input(
    INT32,
    many(9, (_, place) => BigInt(100 * place)),
  );
  const slot = model.alternatives(
    [
      [a, [axisAlong(3, 0, { offset: -2 })]],
      [b, [axisAlong(4, 0)]],
      [c, [viewAxis(12, [[0, 2]])]],
    ],
    -1n,
  );
  const other = model.alternatives([
    [c, [viewAxis(3, [[0, 1]], { offset: -1 })]],
    [a, []],
  ]);
  return [model.map(INT32, [9], [slot]), model.map(INT32, [9], [slot, other], primitive("ADD", 0, 1))];
}

function pads(model) {
  const pairs = [
    [FLOAT32, NOT_A_NUMBER],
    [FLOAT32, NEGATIVE_INFINITY],
    [FLOAT32, 0x80000001],
    [UINT8, 255n],
    [INT8, -128n],
    [INT32, -2n],
    [INT64, 2n ** 63n - 1n],
    [BOOL, true],
  ];
  return pairs.map(([type, pad]) => {
    const x = model.weight(type, [1]);
    return model.map(type, [3], [model.slot(x, [axisAlong(1, 0, { offset: -1 })], pad)]);
  });
}

const FAR = { offset: 100 };

function foldsOfNone(model) {
  const given = DATA_TYPES.map((type) => [type, model.input(type, [1, 1, 1])]);
  const nowhere = [axisAlong(3, 1, FAR)];
  const fold = (name, result, node) => model.fold(name, result, [2], [3], node, nowhere);
  const [x, ...others] = given.map(([, node]) => node);
  return [
    ...["SUM", "MEAN", "MEANSQ"].map((name) => fold(name, FLOAT32, x)),
    ...given
      .filter(([type]) => type !== BOOL)
      .flatMap(([type, node]) => [fold("MAX", type, node), fold("MIN", type, node), fold("ARGMAX", INT64, node)]),
    fold("AND", BOOL, others.at(-1)),
    fold("SUM", INT32, others[0]),
    model.dot(FLOAT32, [2], [3], [x, nowhere], [x, nowhere]),
    model.dot(FLOAT32, [2], [3], [x, nowhere], [x, [axisAlong(3, 1)]], [x, [axisAlong(3, 0)]]),
    model.dot(INT64, [2], [3], [others[0], nowhere], [others[1], nowhere], [others[3], [axisAlong(3, 0)]]),
  ].slice(-16);
}

function places(model) {
  const x = model.input(FLOAT32, [
    ...floats("1 3 3 -2 -2"),
    ...[INFINITY, NEGATIVE_INFINITY, INFINITY, NEGATIVE_INFINITY, 0],
    ...[INFINITY, NEGATIVE_QUIET, SIGNALLING, NEGATIVE_INFINITY, 0],
    ...[MINUS_ZERO, 0, MINUS_ZERO, 0x80000001, 0x00000001],
    ...[NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY],
  ]);
  const bytes = model.input(INT8, [0n, -128n, 127n, -128n, 127n, 5n, 5n, 5n, 5n, 5n]);
  return [
    ...["ARGMAX", "ARGMIN"].flatMap((name) => [
      model.fold(name, INT64, [5], [5], x, followed([5, 5])),
      model.fold(name, INT64, [2], [5], bytes, followed([2, 5])),
    ]),
    ...["MAX", "MIN"].flatMap((name) => [
      model.fold(name, FLOAT32, [5], [5], x, followed([5, 5])),
      model.fold(name, INT8, [2], [5], bytes, followed([2, 5])),
    ]),
  ];
}

function placesBehindAbsentTerms(model) {
  const x = model.input(FLOAT32, floats("5 9 9 1"));
  const window = [
    viewAxis(2, [[1, 1]], { offset: -1 }),
    viewAxis(
      2,
      [
        [0, 1],
        [2, 1],
      ],
      { offset: -2 },
    ),
  ];
  return ["ARGMAX", "ARGMIN"].map((name) => model.fold(name, INT64, [4], [3, 3], x, window));
}

function presentInBoth(model) {
  const a = model.input(FLOAT32, [INFINITY, ...floats("2 3 4 5")]);
  const b = model.input(FLOAT32, [...floats("10 20 30"), NOT_A_NUMBER]);
  return [model.dot(FLOAT32, [], [7], [a, [axisAlong(5, 0, { offset: -1 })]], [b, [axisAlong(3, 0, { offset: -2 })]])];
}

function addendOutOfBounds(model) {
  const a = model.input(FLOAT32, floats("1 2"));
  const c = model.input(FLOAT32, floats("100 200"));
  const n = model.input(INT8, [3n, 4n]);
  const m = model.input(INT64, [-50n]);
  return [
    model.dot(
      FLOAT32,
      [4],
      [2],
      [a, [axisAlong(2, 1)]],
      [a, [axisAlong(2, 1)]],
      [c, [axisAlong(2, 0, { offset: -1 })]],
    ),
    model.dot(INT64, [2], [2], [n, [axisAlong(2, 1)]], [n, [axisAlong(2, 1)]], [m, [axisAlong(3, 0)]]),
  ];
}

function exactSums(model) {
  const greatest = 0x7f7fffff;
  const rows = [
    [greatest, greatest, SIGN + greatest, SIGN + greatest, 0x00000001],
    [greatest, greatest, SIGN + greatest, 0, 0],
    [...floats("16777216 1"), 0x00000001, 0, 0],
    [...floats("16777216 1"), 0x80000001, 0, 0],
    [greatest, greatest, 0, 0, 0],
    [INFINITY, greatest, greatest, 0, 0],
    [INFINITY, NEGATIVE_INFINITY, 0, 0, 0],
    floats("0.1 0.2 0.3 -0.6 1e-9"),
  ];
  const x = model.input(FLOAT32, rows.flat());
  const view = followed([8, 5]);
  return [
    model.fold("SUM", FLOAT32, [8], [5], x, view),
    model.fold("MEAN", FLOAT32, [8], [5], x, view),
    model.fold("MEANSQ", FLOAT32, [8], [5], x, view),
    model.dot(FLOAT32, [8], [5], [x, view], [x, view]),
    model.dot(
      FLOAT32,
      [8],
      [5],
      [x, view],
      [x, [axisAlong(8, 0), viewAxis(5, [[1, 1]])]],
      [x, [viewAxis(8, [[0, 1]])]],
    ),
  ];
}

function wrappingFolds(model) {
  const types = [UINT8, INT8, INT32, INT64];
  const given = types.map((type) => model.input(type, [type.greatest, type.greatest, type.least, 1n, type.greatest]));
  const view = [axisAlong(5, 0)];
  return [
    ...given.flatMap((node) => [
      model.fold("SUM", INT32, [], [5], node, view),
      model.fold("SUM", INT64, [], [5], node, view),
    ]),
    ...given.map((node) => model.dot(INT32, [], [5], [node, view], [given[2], view])),
    ...given.map((node) => model.dot(INT64, [], [5], [node, view], [given[3], view], [given[3], []])),
  ];
}

function foldsOverAxes(model) {
  const x = model.input(
    FLOAT32,
    many(24, () => randomOfExponents(model.next, 124, 128)),
  );
  const view = [axisAlong(2, 1), axisAlong(3, 0), axisAlong(4, 2)];
  return ["SUM", "MEAN", "MAX", "MIN", "ARGMAX", "ARGMIN", "MEANSQ"].map((name) =>
    model.fold(name, name.startsWith("ARG") ? INT64 : FLOAT32, [3], [2, 4], x, view),
  );
}

function gatherOutOfBounds(model) {
  const ids = model.input(INT64, [0n, -1n, 2n]);
  const outputs = DATA_TYPES.map((type) => {
    const data = model.weight(type, [1, 1, 1, 1]);
    const shifted = [viewAxis(2), axisAlong(2, 0, { offset: -1 })];
    return model.gather([5], [ids, [axisAlong(3, 0)]], [data, shifted], 0);
  });
  const short = model.weight(INT32, [5n, 6n, 7n]);
  return [...outputs, model.gather([3, 2], [ids, [axisAlong(3, 0)]], [short, [viewAxis(3), axisAlong(2, 1)]], 0)];
}

function gatherInside(model) {
  const ids = model.input(INT32, [2n, 0n, -1n, 3n, 1n, -3n]);
  const data = model.input(
    FLOAT32,
    many(2 * 3 * 2, () => randomFloat32(model.next)),
  );
  const view = [axisAlong(2, 0), viewAxis(3), axisAlong(2, 2)];
  return [
    model.gather([2, 3, 2], [ids, [axisAlong(2, 0), axisAlong(3, 1)]], [data, view], 1),
    model.gather([], [ids, []], [data, [viewAxis(12)]], 0),
  ];
}

function conjunctions(model) {
  const flags = model.input(BOOL, [1, 2, 0, 1, 255]);
  return [
    model.fold("AND", BOOL, [3], [2], flags, [
      viewAxis(5, [
        [0, 2],
        [1, 1],
      ]),
    ]),
    model.fold("AND", BOOL, [], [8], flags, [axisAlong(5, 0, { offset: 3 })]),
  ];
}

function severalLeaves(model) {
  const x = model.input(
    FLOAT32,
    many(300, () => randomFloat32(model.next)),
  );
  return [
    model.elementwise(FLOAT32, [300], [x], primitive("NEG", 0)),
    model.map(INT32, [900], [], index(0), castTo(INT32, 0), primitive("MUL", 1, 1)),
  ];
}

function longFold(model) {
  const x = model.input(
    INT8,
    many(3500, () => randomInteger(model.next, INT8)),
  );
  return [
    model.fold("SUM", INT32, [], [3500], x, [axisAlong(3500, 0)]),
    model.fold("ARGMAX", INT64, [7], [500], x, followed([7, 500])),
    model.fold("MAX", INT8, [5], [700], x, followed([5, 700])),
  ];
}

function givenOutputs(model) {
  const x = model.input(FLOAT32, NOT_CANONICAL);
  const weight = model.weight(UINT8, [1n, 2n, 3n]);
  return [x, weight, x, x];
}

function weightsOfOneRoot(model) {
  const short = model.weight(
    FLOAT32,
    many(4, () => 0),
  );
  const long = model.weight(
    FLOAT32,
    many(8, () => 0),
  );
  model.weight(FLOAT32, floats("1 2 3"));
  const first = model.weightOfRoot(FLOAT32, 2, model.weights.at(-1).root);
  model.weight(
    INT8,
    many(5000, (_, place) => BigInt((place % 251) - 125)),
  );
  // Four elements in the last of five leaves, of a weight that fills it further.
  const part = model.weightOfRoot(INT8, 4100, model.weights.at(-1).root);
  return [
    model.elementwise(FLOAT32, [4], [short], primitive("COS", 0)),
    model.elementwise(FLOAT32, [8], [long], primitive("COS", 0)),
    model.elementwise(FLOAT32, [2], [first], primitive("NEG", 0)),
    model.fold("SUM", INT32, [], [4100], part, [axisAlong(4100, 0)]),
  ];
}

function sixteenOutputs(model) {
  const x = model.input(UINT8, [9n]);
  return many(16, (_, place) =>
    model.map(UINT8, [], [model.slot(x, [])], constant(UINT8, BigInt(place)), primitive("MUL", 0, 1)),
  );
}

function repeatedInputs(model) {
  const first = model.input(INT32, [4n, 5n]);
  model.input(FLOAT32, [ONE]);
  const again = model.repeatedInput(INT32, 2, 0);
  return [model.elementwise(INT32, [2], [first, again], primitive("ADD", 0, 1))];
}

function tolerances(model) {
  const claimed = model.input(FLOAT32, [ONE, ONE + 1, ONE + 3, NOT_A_NUMBER, INFINITY, MINUS_ZERO, 0x00000001]);
  const right = model.input(FLOAT32, [ONE, ONE, ONE, SIGNALLING, NEGATIVE_INFINITY, 0, 0]);
  const bands = [
    { absolute: 0, relative: 0 },
    { absolute: 0, relative: float("1.1920928955078125e-7") },
    { absolute: float("1e-6"), relative: 0 },
    { absolute: 0x7f7fffff, relative: ONE - 1 },
  ];
  return bands.map((band) => model.elementwise(BOOL, [7], [claimed, right], within(0, 1, band)));
}
