// Descriptors, valid ones with their gas and others: every rule kept at its limit and broken at least once.

import { byte, castTo, claimNode, constant, dotNode, element, foldNode, gatherNode } from "../reference/assembly.js";
import { index, inputNode, mapNode, operand, primitive, slot, space, typedOperand } from "../reference/assembly.js";
import { viewAxis, weightNode, within } from "../reference/assembly.js";
import { bytesOfHex, hexOfBytes } from "../reference/bytes.js";
import { BOOL, DATA_TYPES, FLOAT32, INT32, INT64, INT8, INTEGER_TYPES, UINT8 } from "../reference/dataTypes.js";
import { NotValid, readDescriptor } from "../reference/descriptors.js";
import { zeroOf } from "../reference/elements.js";
import { INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, ONE } from "../reference/float32.js";
import { FOLDS } from "../reference/folds.js";
import { PRIMITIVES } from "../reference/primitives.js";
import { many } from "./random.js";

const POSITION = 3;
const MOST = 2 ** 31 - 1;
const SOME_ROOT = "0x69c322e3248a5dfc29d73c5b0553b0185a35cd5bb6386747517ef7e53b15e287";
const UNKNOWN_TYPES = [0, 4, 5, 8, 10, 16, 255].map((code) => ({ code, name: `the unknown type ${code}` }));

/** An axis of extent 4 that follows axis 0. */
const along = (extent = 4, axis = 0, coefficient = 1) => viewAxis(extent, [[axis, coefficient]]);
const itself = operand(0, [along()]);
const slotOf = (type) => slot(type, zeroOf(type), [itself]);
const slotWithView = (view) => slot(FLOAT32, 0, [operand(0, view)]);
const mapWithView = (view, extents = [4]) => mapNode(FLOAT32, extents, [slotWithView(view)], []);
const mapWithPrimitives = (type, slotTypes, primitives) => mapNode(type, [4], slotTypes.map(slotOf), primitives);

/** An operand of a fold: axis 0 is the space's, axis 1 the fold space's. */
const folded = (type) => typedOperand(type, 1, [along(4, 0), along(8, 1)]);
const sumWithView = (view, extents = [4], foldExtents = [8]) =>
  foldNode(FLOAT32, "SUM", extents, foldExtents, typedOperand(FLOAT32, 0, view));
const foldOfSpaces = (extents, foldExtents) =>
  sumWithView([viewAxis(8, [[extents.length + foldExtents.length - 1, 1]])], extents, foldExtents);

const gatherOf = (indexType, view, axis, type = FLOAT32, extents = [4]) =>
  gatherNode(type, extents, typedOperand(indexType, 0, [along()]), operand(1, view), axis);

/** Every entry, each as it should be: an entry that the reader sees otherwise is a mistake in here or in the reader. */
export function descriptorCases() {
  return [
    ...validEntries().map(([why, digits, position]) => caseOf(why, digits, position, true)),
    ...invalidEntries().map(([why, digits, position]) => caseOf(why, digits, position, false)),
  ];
}

function caseOf(why, digits, position = POSITION, shouldBeValid) {
  const bytes = bytesOfHex(digits);
  const entry = { why, position, descriptor: hexOfBytes(bytes) };
  try {
    const { gas } = readDescriptor(bytes, position);
    if (!shouldBeValid) throw new Error(`valid: ${why}`);
    return { ...entry, valid: true, gas: gas.toString() };
  } catch (error) {
    if (!(error instanceof NotValid)) throw error;
    if (shouldBeValid) throw new Error(`not valid, ${error.message}: ${why}`);
    return { ...entry, valid: false };
  }
}

function validEntries() {
  return [...validSources(), ...validMaps(), ...validPrimitives(), ...validFolds(), ...validGathers()];
}

function invalidEntries() {
  return [
    ...invalidSources(),
    ...invalidSpacesAndViews(),
    ...invalidSlots(),
    ...invalidExpressions(),
    ...invalidFolds(),
    ...invalidGathers(),
    ...invalidLengths(),
  ];
}

function validSources() {
  return [
    ...DATA_TYPES.map((type) => [`an input of ${type.name}`, inputNode(type, 7, 0)]),
    ["the first node", inputNode(FLOAT32, 4, 0), 0],
    ["the last node that a program can have", inputNode(FLOAT32, 4, 0), 65535],
    ["the greatest input", inputNode(BOOL, MOST, 15)],
    ...DATA_TYPES.map((type) => [`a weight of ${type.name}`, weightNode(type, 1, SOME_ROOT)]),
    ["the greatest weight", weightNode(INT64, MOST, SOME_ROOT)],
    ...DATA_TYPES.map((type) => [`a claim of ${type.name}`, claimNode(type, 3, 0)]),
    ["the greatest claim", claimNode(FLOAT32, MOST, 15)],
  ];
}

const EIGHT = many(8, () => 2);
const alongEight = EIGHT.map((extent, axis) => along(extent, axis));

function validMaps() {
  return [
    ...DATA_TYPES.map((type) => [`a copy of ${type.name}`, mapWithPrimitives(type, [type], [])]),
    ["the first node, without operands", mapNode(FLOAT32, [4], [], [constant(FLOAT32, ONE)]), 0],
    ["a space of rank 0", mapNode(FLOAT32, [], [], [constant(FLOAT32, ONE)])],
    ["a space of rank 8", mapWithView(alongEight, EIGHT)],
    ["the greatest space of rank 1", mapWithView([], [MOST])],
    ["a great space of rank 2", mapWithView([], [65535, 32768])],
    ["a great space of rank 8", mapWithView([], [1, 46340, 1, 1, 1, 46340, 1, 1])],
    ["a view of rank 0", mapWithView([])],
    ["a view of rank 8 without terms", mapWithView(many(8, () => viewAxis(1)))],
    ["the greatest view", mapWithView([along(MOST)])],
    ["a great view of rank 2", mapWithView([viewAxis(65535), viewAxis(32768)])],
    ["the least offset and coefficient", mapWithView([viewAxis(4, [[0, -(2 ** 31)]], { offset: -(2 ** 31) })])],
    [
      "the greatest offset, coefficient, divisor",
      mapWithView([viewAxis(4, [[0, MOST]], { offset: MOST, divisor: MOST })]),
    ],
    [
      "all axes in one view axis",
      mapWithView(
        [
          viewAxis(
            4,
            EIGHT.map((_, axis) => [axis, axis - 9]),
          ),
        ],
        EIGHT,
      ),
    ],
    ["an axis of the view without terms between others", mapWithView([along(), viewAxis(3), along()])],
    ["the operand just before", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(2, [along()])])], [])],
    [
      "the last operand that a program can have",
      mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(65534, [along()])])], []),
      65535,
    ],
    [
      "16 slots",
      mapNode(
        FLOAT32,
        [4],
        many(16, () => slotOf(FLOAT32)),
        sumOfRegisters(16),
      ),
    ],
    [
      "16 operands in one slot",
      mapNode(
        FLOAT32,
        [4],
        [
          slot(
            FLOAT32,
            0,
            many(16, () => itself),
          ),
        ],
        [],
      ),
    ],
    [
      "16 operands in three slots",
      mapNode(
        FLOAT32,
        [4],
        [5, 5, 6].map((count) =>
          slot(
            FLOAT32,
            0,
            many(count, () => itself),
          ),
        ),
        sumOfRegisters(3),
      ),
    ],
    ["1,024 bytes", longMap([3, 3, 2, 0, 0, 0], [])],
    ...canonicalPads().map(([type, pad]) => [
      `the pad ${element(type, pad)} of ${type.name}`,
      mapNode(type, [4], [slot(type, pad, [itself])], []),
    ]),
  ];
}

function canonicalPads() {
  return [
    ...[0, ONE, INFINITY, NEGATIVE_INFINITY, NOT_A_NUMBER, 0x00000001, 0x80000001, 0xff7fffff].map((pad) => [
      FLOAT32,
      pad,
    ]),
    ...INTEGER_TYPES.flatMap((type) => [
      [type, type.least],
      [type, type.greatest],
    ]),
    [BOOL, false],
    [BOOL, true],
  ];
}

/** Adds the first registers, one after the other. */
const sumOfRegisters = (count) =>
  many(count - 1, (_, place) => primitive("ADD", place === 0 ? 0 : count + place - 1, place + 1));

/** A MAP of two operands of 8 times 8 terms, and a third with so many terms on each axis. */
export function longMap(termsOfThird, primitives) {
  const allTerms = EIGHT.map((_, axis) => [axis, 1]);
  const full = operand(
    0,
    many(8, () => viewAxis(2, allTerms)),
  );
  const third = operand(
    0,
    termsOfThird.map((count) => viewAxis(2, allTerms.slice(0, count))),
  );
  return mapNode(FLOAT32, EIGHT, [slot(FLOAT32, 0, [full, full, third])], primitives);
}

function validPrimitives() {
  const plain = PRIMITIVES.filter(({ name }) => !["CONST", "INDEX", "CAST", "SELECT", "WITHIN"].includes(name));
  return [
    ...plain.flatMap(({ name, arity, resultType }) =>
      DATA_TYPES.map((type) => [type, resultType(Array(arity).fill(type))])
        .filter(([, result]) => result !== undefined)
        .map(([type, result]) => [
          `${name} of ${type.name}`,
          mapWithPrimitives(result, [type], [primitive(name, ...Array(arity).fill(0))]),
        ]),
    ),
    ...DATA_TYPES.map((type) => [`CONST of ${type.name}`, mapWithPrimitives(type, [], [constant(type, zeroOf(type))])]),
    ["CONST of NaN", mapWithPrimitives(FLOAT32, [], [constant(FLOAT32, NOT_A_NUMBER)])],
    ["CONST of true", mapWithPrimitives(BOOL, [], [constant(BOOL, true)])],
    ["INDEX", mapWithPrimitives(INT64, [], [index(0)])],
    ["INDEX of the last of 8 axes", mapNode(INT64, EIGHT, [], [index(7)])],
    ...DATA_TYPES.flatMap((source) =>
      DATA_TYPES.map((target) => [
        `CAST from ${source.name} to ${target.name}`,
        mapWithPrimitives(target, [source], [castTo(target, 0)]),
      ]),
    ),
    ...DATA_TYPES.map((type) => [
      `SELECT of ${type.name}`,
      mapWithPrimitives(type, [BOOL, type], [primitive("SELECT", 0, 1, 1)]),
    ]),
    ...[
      [0, 0],
      [0x7f7fffff, ONE - 1],
      [1, 1],
    ].map(([absolute, relative]) => [
      `WITHIN ${element(FLOAT32, absolute)} and ${element(FLOAT32, relative)}`,
      mapWithPrimitives(BOOL, [FLOAT32], [within(0, 0, { absolute, relative })]),
    ]),
    [
      "32 primitives",
      mapWithPrimitives(
        FLOAT32,
        [FLOAT32],
        many(32, (_, place) => primitive("NEG", place)),
      ),
    ],
    [
      "32 dear primitives",
      mapWithPrimitives(
        FLOAT32,
        [FLOAT32],
        many(32, (_, place) => primitive("EXP", place)),
      ),
    ],
    [
      "the most gas of a MAP",
      mapNode(
        FLOAT32,
        [4],
        many(16, () => slotOf(FLOAT32)),
        [
          ...many(15, (_, place) => primitive("DIV", place === 0 ? 0 : 15 + place, place + 1)),
          ...many(17, (_, place) => primitive("SQRT", 30 + place)),
        ],
      ),
    ],
    ["a register read twice", mapWithPrimitives(FLOAT32, [FLOAT32], [primitive("NEG", 0), primitive("ADD", 0, 1)])],
  ];
}

function validFolds() {
  const ofOne = FOLDS.filter(({ operands }) => operands === 1).flatMap((fold) =>
    DATA_TYPES.flatMap((type) =>
      DATA_TYPES.filter((result) => fold.fits([type], result)).map((result) => [
        `${fold.name} of ${type.name} to ${result.name}`,
        foldNode(result, fold.name, [4], [8], folded(type)),
      ]),
    ),
  );
  const dots = DATA_TYPES.flatMap((a) =>
    DATA_TYPES.flatMap((b) =>
      DATA_TYPES.filter((result) => FOLDS[0].fits([a, b], result)).flatMap((result) => [
        [`DOT of ${a.name} and ${b.name} to ${result.name}`, dotNode(result, [4], [8], folded(a), folded(b))],
        [
          `DOT of ${a.name}, ${b.name} and c to ${result.name}`,
          dotNode(result, [4], [8], folded(a), folded(b), typedOperand(result, 2, [along()])),
        ],
      ]),
    ),
  );
  const inner = (extent, axis, more = []) => viewAxis(extent, [...more, [axis, 1]]);
  return [
    ...ofOne,
    ...dots,
    [
      "DOT with a c of rank 0",
      dotNode(FLOAT32, [4], [8], folded(FLOAT32), folded(FLOAT32), typedOperand(FLOAT32, 2, [])),
    ],
    ["DOT of node 0 with itself", dotNode(FLOAT32, [], [8], ...many(2, () => typedOperand(FLOAT32, 0, [along(8)])))],
    ["a fold to a scalar", sumWithView([inner(8, 0)], [], [8])],
    ["a fold of one term", sumWithView([inner(8, 1)], [4], [1])],
    ["spaces of rank 8 and fold spaces of rank 8", sumWithView([inner(8, 15)], EIGHT, EIGHT)],
    [
      "all 16 axes in one view axis",
      sumWithView(
        [
          viewAxis(
            8,
            many(16, (_, axis) => [axis, 1]),
          ),
        ],
        EIGHT,
        EIGHT,
      ),
    ],
    ["a fold of 65,536 terms", sumWithView([inner(65536, 1)], [4], [65536])],
    [
      "a fold of 65,536 terms in short runs",
      foldNode(INT64, "SUM", [4], [4096, 16], typedOperand(UINT8, 0, [inner(8, 2)])),
    ],
    [
      "an offset and more terms on the last axis",
      sumWithView([
        viewAxis(
          8,
          [
            [0, -3],
            [1, 1],
          ],
          { offset: -2 },
        ),
      ]),
    ],
    ["a divisor on an outer axis", sumWithView([viewAxis(4, [[0, 3]], { divisor: 2, offset: 1 }), inner(8, 1)])],
    [
      "outer fold axes with any coefficients",
      sumWithView([viewAxis(4, [[1, -2]], { divisor: 5 }), inner(8, 2, [[1, 7]])], [4], [3, 5]),
    ],
    ["a fold's view of rank 8", sumWithView([...many(7, () => viewAxis(2)), inner(8, 1)])],
    // 67,108,840 and 16,777,200 are the greatest gas below the caps, since folds cost multiples of 40
    ["the most gas of SUM", sumOfGas("SUM", [1306, 4], 733)],
    ["the most gas of MAX", sumOfGas("MAX", [805, 4], 138)],
    ["MEAN beyond the cap of MAX", sumOfGas("MEAN", [1214, 1], 111)],
    ["MEANSQ near its cap", sumOfGas("MEANSQ", [1306, 4], 732)],
    ["as many runs of one term as a MAX can have", runsOfOne("MAX", 2624)],
    ["as many runs of one term as a MAX with seven divisors can have", runsOfOne("MAX", 1560, 7)],
    ["as many runs of one term as a SUM can have", runsOfOne("SUM", 10795)],
    ...[0, 1, 7].flatMap((ofA) =>
      [0, 1, 7].map((ofB) => [
        `DOT in 3 runs with ${ofA} and ${ofB} divisors`,
        dotNode(FLOAT32, [], [3, 5], runsOfFive(0, ofA), runsOfFive(1, ofB)),
      ]),
    ),
    [
      "the divisors of a c, which has no runs",
      dotNode(
        FLOAT32,
        [4],
        [3, 5],
        runsOfFive(0, 2, 1),
        runsOfFive(1, 0, 1),
        typedOperand(FLOAT32, 2, [viewAxis(4, [[0, 7]], { divisor: 7 })]),
      ),
    ],
    ...[UINT8, INT32, INT64].flatMap((type) =>
      [1, 2, 3, 127, 128, 129, 256, 257, 1023, 1024, 1025, 1026, 2049].map((length) => [
        `the leaves of ${length} elements of ${type.name} in two runs`,
        foldNode(INT64, "ARGMAX", [], [2, length], typedOperand(type, 0, [along(2 ** 20), inner(2 ** 10, 1)])),
      ]),
    ),
    ...[1, 255, 256, 257, 512, 513].map((extent) => [
      `no more leaves than those of a view of ${extent} elements`,
      sumWithView([inner(extent, 1)], [4], [4096]),
    ]),
    ...[1, 2, 3, 4].map((runs) => [
      `${runs} runs, siblings for at most two leaves each`,
      foldNode(FLOAT32, "MAX", [], [runs, 2000], typedOperand(FLOAT32, 0, [along(64), inner(2000, 1)])),
    ]),
  ];
}

/** A fold of float32 whose view has so many leaves. */
const bigView = (leaves) => typedOperand(FLOAT32, 0, [along(leaves, 1), along(256, 2)]);
const sumOfGas = (name, foldExtents, leaves) => foldNode(FLOAT32, name, [4], foldExtents, bigView(leaves));

const divided = (count) => many(count, () => viewAxis(1, [], { divisor: 2 }));
const runsOfOne = (name, runs, divisors = 0) =>
  foldNode(FLOAT32, name, [], [runs, 1], typedOperand(FLOAT32, 0, [...divided(divisors), along(1, 1)]));
/** Axes of the fold space begin with the given one. */
const runsOfFive = (node, divisors, first = 0) =>
  typedOperand(FLOAT32, node, [
    ...divided(divisors),
    viewAxis(15, [
      [first, 5],
      [first + 1, 1],
    ]),
  ]);

function validGathers() {
  const rows = [viewAxis(10), along(4)];
  return [
    ...[INT32, INT64].flatMap((indexType) =>
      DATA_TYPES.map((type) => [`GATHER of ${type.name} by ${indexType.name}`, gatherOf(indexType, rows, 0, type)]),
    ),
    ["GATHER along the last axis", gatherOf(INT64, [along(4), viewAxis(10)], 1)],
    ["GATHER along the only axis", gatherOf(INT64, [viewAxis(10)], 0)],
    [
      "GATHER along the last of 8 axes",
      gatherOf(
        INT64,
        many(8, () => viewAxis(2)),
        7,
      ),
    ],
    ["GATHER along an axis between others", gatherOf(INT64, [along(4), viewAxis(10), along(4, 0, -1)], 1)],
    ["GATHER of one element", gatherNode(FLOAT32, [], typedOperand(INT32, 0, []), operand(0, [viewAxis(10)]), 0)],
  ];
}

function invalidSources() {
  return [
    ["a node beyond the last that a program can have", inputNode(FLOAT32, 4, 0), 65536],
    ["no bytes", ""],
    ["no bytes, first node", "", 0],
    ...[0, 7, 8, 16, 255].map((kind) => [`the kind ${kind}`, byte(kind) + inputNode(FLOAT32, 4, 0).slice(2)]),
    ...UNKNOWN_TYPES.flatMap((type) => [
      [`an input of ${type.name}`, inputNode(type, 4, 0)],
      [`a weight of ${type.name}`, weightNode(type, 4, SOME_ROOT)],
      [`a claim of ${type.name}`, claimNode(type, 4, 0)],
    ]),
    ...[0, 2 ** 31, 2 ** 32 - 1].flatMap((count) => [
      [`an input of ${count} elements`, inputNode(FLOAT32, count, 0)],
      [`a weight of ${count} elements`, weightNode(FLOAT32, count, SOME_ROOT)],
      [`a claim of ${count} elements`, claimNode(FLOAT32, count, 0)],
    ]),
    ...[16, 128, 255].flatMap((place) => [
      [`input ${place}`, inputNode(FLOAT32, 4, place)],
      [`the claim of output ${place}`, claimNode(FLOAT32, 4, place)],
    ]),
  ];
}

function invalidSpacesAndViews() {
  const badExtents = [
    [0],
    [2, 0, 2],
    [2, 2, 0],
    [2 ** 31],
    [2 ** 32 - 1],
    [65536, 32768],
    [46341, 46341],
    [MOST, 2],
    [641, 6700417],
    [2 ** 16, 2 ** 16],
    [2 ** 22, 2 ** 21, 2 ** 21],
    many(8, () => MOST),
    many(9, () => 1),
  ];
  return [
    ...badExtents.map((extents) => [`the space ${extents.join(" x ")}`, mapWithView([], extents)]),
    ...badExtents.map((extents) => [
      `the view ${extents.join(" x ")}`,
      mapWithView(extents.map((extent) => viewAxis(extent))),
    ]),
    [
      "a space of rank 255",
      mapWithView(
        [],
        many(255, () => 1),
      ),
    ],
    ["a view of rank 255", mapWithView(many(255, () => viewAxis(1)))],
    ...badExtents.map((extents) => [`the space ${extents.join(" x ")} of a fold`, foldOfSpaces(extents, [8])]),
    ...badExtents.map((extents) => [`the fold space ${extents.join(" x ")}`, foldOfSpaces([4], extents)]),
    ...badExtents.map((extents) => [
      `the space ${extents.join(" x ")} of a GATHER`,
      gatherOf(INT64, [viewAxis(10)], 0, FLOAT32, extents),
    ]),
    ["a divisor of zero", mapWithView([viewAxis(4, [[0, 1]], { divisor: 0 })])],
    ["a divisor of 2^31", mapWithView([viewAxis(4, [[0, 1]], { divisor: 2 ** 31 })])],
    ["a divisor of -1", mapWithView([viewAxis(4, [[0, 1]], { divisor: -1 })])],
    ["a divisor of zero without terms", mapWithView([viewAxis(4, [], { divisor: 0 })])],
    ["an axis beyond the space", mapWithView([along(4, 1)])],
    ["an axis of a space of rank 0", mapWithView([along(4, 0)], [])],
    ["axis 8 of a space of rank 8", mapWithView([along(4, 8)], EIGHT)],
    ["axis 255", mapWithView([along(4, 255)])],
    [
      "an axis twice",
      mapWithView(
        [
          viewAxis(4, [
            [0, 1],
            [0, 1],
          ]),
        ],
        [2, 2],
      ),
    ],
    [
      "axes that descend",
      mapWithView(
        [
          viewAxis(4, [
            [1, 1],
            [0, 1],
          ]),
        ],
        [2, 2],
      ),
    ],
    [
      "axes that go up and down",
      mapWithView(
        [
          viewAxis(4, [
            [0, 1],
            [2, 1],
            [1, 1],
          ]),
        ],
        [2, 2, 2],
      ),
    ],
    ["a coefficient of zero", mapWithView([along(4, 0, 0)])],
    [
      "a coefficient of zero behind another",
      mapWithView(
        [
          viewAxis(4, [
            [0, 1],
            [1, 0],
          ]),
        ],
        [2, 2],
      ),
    ],
    ["itself as operand", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(3, [along()])])], [])],
    ["a later node as operand", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(4, [along()])])], [])],
    ["node 2^31 as operand", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(2 ** 31, [along()])])], [])],
    ["node 2^32 - 1 as operand", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [operand(-1, [along()])])], [])],
    ["an operand of the first node", mapWithView([along()]), 0],
    ["a later node as second alternative", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [itself, operand(3, [])])], [])],
    [
      "a later node in the second slot",
      mapNode(FLOAT32, [4], [slotOf(FLOAT32), slot(FLOAT32, 0, [operand(3, [])])], [primitive("ADD", 0, 1)]),
    ],
    ["a later node in a fold", foldNode(FLOAT32, "SUM", [4], [8], typedOperand(FLOAT32, 3, [along(8, 1)]))],
    ["a later node as b", dotNode(FLOAT32, [4], [8], folded(FLOAT32), typedOperand(FLOAT32, 3, [along(8, 1)]))],
    ["a later node as c", dotNode(FLOAT32, [4], [8], folded(FLOAT32), folded(FLOAT32), typedOperand(FLOAT32, 3, []))],
    [
      "a later node as indices",
      gatherNode(FLOAT32, [4], typedOperand(INT64, 3, [along()]), operand(1, [viewAxis(10)]), 0),
    ],
    [
      "a later node as data",
      gatherNode(FLOAT32, [4], typedOperand(INT64, 0, [along()]), operand(3, [viewAxis(10)]), 0),
    ],
    ["operands of a fold of the first node", foldNode(FLOAT32, "SUM", [4], [8], folded(FLOAT32)), 0],
  ];
}

function invalidSlots() {
  const slotOfRaw = (type, pad) => byte(type.code) + pad + byte(1) + itself;
  const mapOfRaw = (type, pad) => mapNode(type, [4], [slotOfRaw(type, pad)], []);
  return [
    [
      "17 slots",
      mapNode(
        FLOAT32,
        [4],
        many(17, () => slotOf(FLOAT32)),
        sumOfRegisters(17),
      ),
    ],
    [
      "17 slots of one operand each, of uint8",
      mapNode(
        UINT8,
        [4],
        many(17, () => slotOf(UINT8)),
        sumOfRegisters(17),
      ),
    ],
    [
      "17 operands in one slot",
      mapNode(
        FLOAT32,
        [4],
        [
          slot(
            FLOAT32,
            0,
            many(17, () => itself),
          ),
        ],
        [],
      ),
    ],
    [
      "17 operands in two slots",
      mapNode(
        FLOAT32,
        [4],
        [8, 9].map((count) =>
          slot(
            FLOAT32,
            0,
            many(count, () => operand(0, [])),
          ),
        ),
        sumOfRegisters(2),
      ),
    ],
    [
      "255 alternatives",
      mapNode(
        FLOAT32,
        [4],
        [
          slot(
            FLOAT32,
            0,
            many(255, () => operand(0, [])),
          ),
        ],
        [],
      ),
    ],
    ["a slot without alternatives", mapNode(FLOAT32, [4], [slot(FLOAT32, 0, [])], [])],
    [
      "a slot without alternatives beside another",
      mapNode(FLOAT32, [4], [slotOf(FLOAT32), slot(FLOAT32, 0, [])], [primitive("ADD", 0, 1)]),
    ],
    ...UNKNOWN_TYPES.map((type) => [
      `a slot of ${type.name}`,
      mapNode(FLOAT32, [4], [slotOfRaw(type, "00000000")], []),
    ]),
    ...["80000000", "7f800001", "7fc00001", "7fffffff", "ffc00000", "ff800001", "ffffffff"].map((pad) => [
      `the pad ${pad} of float32`,
      mapOfRaw(FLOAT32, pad),
    ]),
    ...["02", "80", "ff"].map((pad) => [`the pad ${pad} of bool`, mapOfRaw(BOOL, pad)]),
    ["a pad of one byte for int32", mapOfRaw(INT32, "00")],
    ["a pad of eight bytes for int32", mapOfRaw(INT32, "0000000000000000")],
    ["a pad of four bytes for int64", mapOfRaw(INT64, "00000000")],
    ["a slot of another type than the node and no primitive", mapNode(INT32, [4], [slotOf(FLOAT32)], [])],
    ["two slots and no primitive", mapNode(FLOAT32, [4], [slotOf(FLOAT32), slotOf(FLOAT32)], [])],
  ];
}

function invalidExpressions() {
  const bad = (why, type, slotTypes, ...primitives) => [why, mapWithPrimitives(type, slotTypes, primitives)];
  const special = ["CONST", "INDEX", "CAST", "SELECT", "WITHIN"];
  const ofOneType = PRIMITIVES.filter(({ name }) => !special.includes(name)).flatMap(({ name, arity, resultType }) =>
    DATA_TYPES.filter((type) => resultType(Array(arity).fill(type)) === undefined).map((type) =>
      bad(`${name} of ${type.name}`, type, [type], primitive(name, ...Array(arity).fill(0))),
    ),
  );
  const ofTwoTypes = [
    ["ADD", FLOAT32, INT32, FLOAT32],
    ["ADD", INT32, INT64, INT32],
    ["MUL", UINT8, INT8, UINT8],
    ["EQ", INT32, INT64, BOOL],
    ["LT", BOOL, INT8, BOOL],
    ["MAX", INT32, FLOAT32, INT32],
    ["AND", INT8, UINT8, INT8],
    ["SHL", INT32, INT64, INT32],
    ["SHR", INT64, UINT8, INT64],
    ["WITHIN", FLOAT32, INT32, BOOL],
  ].map(([name, a, b, result]) => {
    const tolerances = name === "WITHIN" ? element(FLOAT32, 0) + element(FLOAT32, 0) : "";
    return bad(`${name} of ${a.name} and ${b.name}`, result, [a, b], primitive(name, 0, 1) + tolerances);
  });
  const tolerances = [
    ["80000000", "00000000"],
    ["00000000", "80000000"],
    ["80000001", "00000000"],
    ["bf800000", "00000000"],
    ["7f800000", "00000000"],
    ["ff800000", "00000000"],
    ["7fc00000", "00000000"],
    ["7f800001", "00000000"],
    ["00000000", "3f800000"],
    ["00000000", "40000000"],
    ["00000000", "bf000000"],
    ["00000000", "80000001"],
    ["00000000", "7f800000"],
    ["00000000", "7fc00000"],
    ["00000000", "ffc00001"],
  ];
  return [
    ...ofOneType,
    ...ofTwoTypes,
    bad("WITHIN of int32", BOOL, [INT32], within(0, 0, { absolute: 0, relative: 0 })),
    bad("SELECT by int8", FLOAT32, [INT8, FLOAT32], primitive("SELECT", 0, 1, 1)),
    bad("SELECT by float32", FLOAT32, [FLOAT32], primitive("SELECT", 0, 0, 0)),
    bad("SELECT of float32 and int32", FLOAT32, [BOOL, FLOAT32, INT32], primitive("SELECT", 0, 1, 2)),
    bad("SELECT of int32 and uint8", UINT8, [BOOL, INT32, UINT8], primitive("SELECT", 0, 1, 2)),
    bad("a bool as float32", FLOAT32, [FLOAT32], primitive("EQ", 0, 0)),
    bad("a float32 as bool", BOOL, [FLOAT32], primitive("NEG", 0)),
    bad("an int64 as int32", INT32, [], index(0)),
    bad("a CAST to another type than the node's", INT32, [FLOAT32], castTo(INT64, 0)),
    ...[0x00, 0x06, 0x0f, 0x14, 0x1f, 0x29, 0x2f, 0x36, 0x3f, 0x44, 0x4f, 0x5a, 0x5f, 0x60, 0x80, 0xff].map((code) =>
      bad(`the primitive ${code}`, FLOAT32, [FLOAT32], byte(code) + byte(0)),
    ),
    bad("33 primitives", FLOAT32, [FLOAT32], ...many(33, (_, place) => primitive("NEG", place))),
    bad("255 primitives", FLOAT32, [FLOAT32], ...many(255, (_, place) => primitive("NEG", place))),
    bad("no register", FLOAT32, []),
    bad("a primitive of its own result", FLOAT32, [FLOAT32], primitive("ADD", 0, 1)),
    bad("a primitive of a later result", FLOAT32, [FLOAT32], primitive("ADD", 0, 2), primitive("NEG", 1)),
    bad("a primitive of register 255", FLOAT32, [FLOAT32], primitive("ADD", 0, 255)),
    bad("a primitive of a register and no slot", FLOAT32, [], primitive("NEG", 0)),
    bad("SELECT of a register that is not set", FLOAT32, [BOOL, FLOAT32], primitive("SELECT", 0, 1, 2)),
    bad("CAST of a register that is not set", FLOAT32, [], castTo(FLOAT32, 0)),
    bad("WITHIN of a register that is not set", BOOL, [FLOAT32], within(0, 1, { absolute: 0, relative: 0 })),
    bad("a slot that is never read", FLOAT32, [FLOAT32, FLOAT32], primitive("NEG", 0)),
    bad("a last slot that is never read", FLOAT32, [FLOAT32, INT32], primitive("NEG", 0)),
    bad("a slot and a constant", FLOAT32, [FLOAT32], constant(FLOAT32, ONE)),
    bad("a constant that is never read", FLOAT32, [FLOAT32], constant(FLOAT32, ONE), primitive("NEG", 0)),
    bad("an INDEX that is never read", INT64, [], index(0), index(0)),
    bad("a result that is never read", FLOAT32, [FLOAT32], primitive("NEG", 0), primitive("ABS", 0)),
    ...UNKNOWN_TYPES.map((type) => bad(`CONST of ${type.name}`, FLOAT32, [], "01" + byte(type.code) + "00000000")),
    ...UNKNOWN_TYPES.map((type) => bad(`CAST to ${type.name}`, FLOAT32, [FLOAT32], castTo(type, 0))),
    ...["80000000", "7f800001", "ffc00000"].map((digits) =>
      bad(`the constant ${digits} of float32`, FLOAT32, [], "0101" + digits),
    ),
    ...["02", "ff"].map((digits) => bad(`the constant ${digits} of bool`, BOOL, [], "0109" + digits)),
    bad("INDEX of an axis beyond the space", INT64, [], index(1)),
    bad("INDEX of axis 255", INT64, [], index(255)),
    ["INDEX of a space of rank 0", mapNode(INT64, [], [], [index(0)])],
    ["INDEX of axis 8 of a space of rank 8", mapNode(INT64, EIGHT, [], [index(8)])],
    ...tolerances.map(([absolute, relative]) =>
      bad(`WITHIN ${absolute} and ${relative}`, BOOL, [FLOAT32], primitive("WITHIN", 0, 0) + absolute + relative),
    ),
    ...UNKNOWN_TYPES.map((type) => [`a MAP of ${type.name}`, mapNode(type, [4], [slotOf(FLOAT32)], [])]),
  ];
}

function invalidFolds() {
  const good = folded(FLOAT32);
  const inner = along(8, 1);
  const ofOtherTypes = FOLDS.filter(({ operands }) => operands === 1).flatMap((fold) =>
    DATA_TYPES.flatMap((type) =>
      [...new Set([type, FLOAT32, INT64])]
        .filter((result) => !fold.fits([type], result))
        .map((result) => [
          `${fold.name} of ${type.name} to ${result.name}`,
          foldNode(result, fold.name, [4], [8], folded(type)),
        ]),
    ),
  );
  const dotsOfOtherTypes = [
    [FLOAT32, FLOAT32, INT32],
    [FLOAT32, FLOAT32, INT64],
    [FLOAT32, FLOAT32, BOOL],
    [FLOAT32, INT32, FLOAT32],
    [INT32, FLOAT32, FLOAT32],
    [INT32, FLOAT32, INT32],
    [INT8, INT8, FLOAT32],
    [INT8, INT8, INT8],
    [UINT8, UINT8, UINT8],
    [BOOL, BOOL, INT32],
    [INT32, BOOL, INT64],
    [BOOL, BOOL, BOOL],
  ].map(([a, b, result]) => [
    `DOT of ${a.name} and ${b.name} to ${result.name}`,
    dotNode(result, [4], [8], folded(a), folded(b)),
  ]);
  const addendsOfOtherTypes = [
    [FLOAT32, FLOAT32, INT32],
    [INT8, INT32, INT8],
    [INT8, INT32, INT64],
    [INT8, INT64, INT32],
    [INT8, INT32, FLOAT32],
  ].map(([type, result, addend]) => [
    `a c of ${addend.name} for a DOT to ${result.name}`,
    dotNode(result, [4], [8], folded(type), folded(type), typedOperand(addend, 2, [along()])),
  ]);
  const notContiguous = [
    ["a fold's view of rank 0", []],
    ["a divisor on the last view axis", [along(), viewAxis(8, [[1, 1]], { divisor: 2 })]],
    ["the innermost fold axis with coefficient 2", [along(), along(8, 1, 2)]],
    ["the innermost fold axis with coefficient -1", [along(), along(8, 1, -1)]],
    ["the innermost fold axis in no view axis", [along(), along()]],
    ["the innermost fold axis in an outer view axis", [inner, along()]],
    ["the innermost fold axis in two view axes", [inner, inner]],
    ["the innermost fold axis in the first of three view axes too", [inner, along(), inner]],
    [
      "the innermost fold axis beside another with divisor 3",
      [
        viewAxis(
          8,
          [
            [0, 1],
            [1, 1],
          ],
          { divisor: 3 },
        ),
      ],
    ],
  ];
  return [
    ...[0, 10, 16, 255].map((code) => [
      `the fold ${code}`,
      sumWithView([inner]).replace("050102", "0501" + byte(code)),
    ]),
    ...ofOtherTypes,
    ...dotsOfOtherTypes,
    ...addendsOfOtherTypes,
    ...UNKNOWN_TYPES.map((type) => [`a fold to ${type.name}`, foldNode(type, "SUM", [4], [8], good)]),
    ...UNKNOWN_TYPES.map((type) => [`a fold of ${type.name}`, foldNode(FLOAT32, "SUM", [4], [8], folded(type))]),
    ["a fold space of rank 0", sumWithView([along(4, 0)], [4], [])],
    ["a fold of 65,537 terms", sumWithView([along(65537, 1)], [4], [65537])],
    ["a fold of 256 x 257 terms", sumWithView([along(257, 2)], [4], [256, 257])],
    ["a fold of 2^31 - 1 terms", sumWithView([inner], [4], [MOST])],
    ["a fold of 2^40 terms", sumWithView([along(8, 2)], [4], [2 ** 20, 2 ** 20])],
    ...notContiguous.map(([why, view]) => [why, sumWithView(view)]),
    ...notContiguous.map(([why, view]) => [
      `${why}, as a`,
      dotNode(FLOAT32, [4], [8], typedOperand(FLOAT32, 0, view), good),
    ]),
    ...notContiguous.map(([why, view]) => [
      `${why}, as b`,
      dotNode(FLOAT32, [4], [8], good, typedOperand(FLOAT32, 0, view)),
    ]),
    ["the outer fold axis innermost", sumWithView([along(8, 1)], [4], [8, 8])],
    ["an axis beyond the fold space", sumWithView([along(4, 2), inner])],
    ["a c that moves along the fold space", dotNode(FLOAT32, [4], [8], good, good, typedOperand(FLOAT32, 2, [inner]))],
    ["2 where c is announced", foldNode(FLOAT32, "DOT", [4], [8], good + good + "02" + typedOperand(FLOAT32, 2, []))],
    ["2 where no c is announced", foldNode(FLOAT32, "DOT", [4], [8], good + good + "02")],
    ["255 where c is announced", foldNode(FLOAT32, "DOT", [4], [8], good + good + "ff" + typedOperand(FLOAT32, 2, []))],
    [
      "a c that is not announced",
      foldNode(FLOAT32, "DOT", [4], [8], good + good + "00" + typedOperand(FLOAT32, 2, [])),
    ],
    ["a c that is announced and not there", foldNode(FLOAT32, "DOT", [4], [8], good + good + "01")],
    ["a DOT that does not say whether there is a c", foldNode(FLOAT32, "DOT", [4], [8], good + good)],
    ["a SUM of two operands", foldNode(FLOAT32, "SUM", [4], [8], good + good)],
    ["a SUM that says there is no c", foldNode(FLOAT32, "SUM", [4], [8], good + "00")],
    // 67,108,880 and 16,777,240 are the least gas beyond the caps
    ["too much gas for SUM", sumOfGas("SUM", [2817, 4], 606)],
    ["too much gas for MEAN", sumOfGas("MEAN", [2817, 4], 606)],
    ["too much gas for MEANSQ", sumOfGas("MEANSQ", [2817, 4], 606)],
    ["too much gas for MAX", sumOfGas("MAX", [1214, 1], 111)],
    ["too much gas for MIN", sumOfGas("MIN", [1214, 1], 111)],
    ["too much gas for ARGMAX", foldNode(INT64, "ARGMAX", [4], [1214, 1], bigView(111))],
    ["too much gas for ARGMIN", foldNode(INT64, "ARGMIN", [4], [1214, 1], bigView(111))],
    ["too many runs of one term for a MAX", runsOfOne("MAX", 2625)],
    ["too many runs of one term for a MAX with seven divisors", runsOfOne("MAX", 1561, 7)],
    ["too many runs of one term for a SUM", runsOfOne("SUM", 10796)],
    ["65,536 runs of one term, of a SUM", runsOfOne("SUM", 65536)],
    [
      "too much gas for AND",
      foldNode(BOOL, "AND", [4], [1214, 1], typedOperand(BOOL, 0, [along(111, 1), along(1024, 2)])),
    ],
    ["65,536 scattered terms", sumWithView([along(65536, 1), along(256, 2)], [4], [65536, 1])],
  ];
}

function invalidGathers() {
  const rows = [viewAxis(10), along(4)];
  return [
    ...[FLOAT32, UINT8, INT8, BOOL, ...UNKNOWN_TYPES].map((type) => [
      `GATHER by ${type.name}`,
      gatherOf(type, rows, 0),
    ]),
    ...UNKNOWN_TYPES.map((type) => [`GATHER of ${type.name}`, gatherOf(INT64, rows, 0, type)]),
    ["GATHER of a view of rank 0", gatherOf(INT64, [], 0)],
    ["GATHER along an axis beyond the view", gatherOf(INT64, rows, 2)],
    ["GATHER along axis 255", gatherOf(INT64, rows, 255)],
    ["GATHER along an axis with a term", gatherOf(INT64, rows, 1)],
    ["GATHER along an axis with an offset", gatherOf(INT64, [viewAxis(10, [], { offset: 1 }), along(4)], 0)],
    ["GATHER along an axis with an offset of -1", gatherOf(INT64, [viewAxis(10, [], { offset: -1 }), along(4)], 0)],
    ["GATHER along an axis with a divisor", gatherOf(INT64, [viewAxis(10, [], { divisor: 2 }), along(4)], 0)],
    ["GATHER of data beyond the axes of the space", gatherOf(INT64, [viewAxis(10), along(4, 1)], 0)],
    [
      "GATHER by indices beyond the axes of the space",
      gatherNode(FLOAT32, [4], typedOperand(INT64, 0, [along(4, 1)]), operand(1, rows), 0),
    ],
    [
      "GATHER of data with a type of their own",
      gatherNode(FLOAT32, [4], typedOperand(INT64, 0, [along()]), typedOperand(FLOAT32, 1, rows), 0),
    ],
  ];
}

function invalidLengths() {
  const whole = [
    ["an input", inputNode(FLOAT32, 4, 0)],
    ["a weight", weightNode(FLOAT32, 4, SOME_ROOT)],
    ["a claim", claimNode(FLOAT32, 4, 0)],
    ["a MAP", mapNode(BOOL, [4], [slotOf(FLOAT32), slotOf(FLOAT32)], [within(0, 1, { absolute: 1, relative: 1 })])],
    ["a DOT", dotNode(FLOAT32, [4], [8], folded(FLOAT32), folded(FLOAT32), typedOperand(FLOAT32, 2, [along()]))],
    ["a GATHER", gatherOf(INT32, [viewAxis(10), along(4)], 0)],
  ];
  return [
    ...whole.flatMap(([what, digits]) => [
      [`a zero byte behind ${what}`, digits + "00"],
      [`a byte 255 behind ${what}`, digits + "ff"],
    ]),
    ...whole.flatMap(([what, digits]) =>
      many(digits.length / 2 - 1, (_, place) => [
        `${what} cut to ${place + 1} bytes`,
        digits.slice(0, 2 * (place + 1)),
      ]),
    ),
    ["1,025 bytes", longMap([8, 5, 0, 0], [primitive("NEG", 0)])],
    [
      "many more bytes",
      mapNode(
        FLOAT32,
        EIGHT,
        many(5, () =>
          slotWithView(
            many(8, () =>
              viewAxis(
                2,
                EIGHT.map((_, axis) => [axis, 1]),
              ),
            ),
          ),
        ),
        sumOfRegisters(5),
      ),
    ],
  ];
}
