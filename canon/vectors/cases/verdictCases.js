// Verdict programs: what they are for a program and its bands, and what they say of claims.

import { constant, index, castTo, primitive } from "../reference/assembly.js";
import { hexOfBytes } from "../reference/bytes.js";
import { BOOL, FLOAT32, INT32, INT64, INT8, UINT8 } from "../reference/dataTypes.js";
import { float, floats } from "./decimals.js";
import { writeElements } from "../reference/elements.js";
import { tensorOf } from "../reference/evaluation.js";
import { NOT_A_NUMBER, ONE, SIGN } from "../reference/float32.js";
import { Model, axisAlong } from "./model.js";
import { programFile } from "../reference/program.js";
import { hexOfBits } from "./text.js";
import { many } from "./random.js";
import { verdictProgram } from "../reference/verdict.js";

const EXACT = { absolute: 0, relative: 0 };
const CLOSE = { absolute: float("1e-6"), relative: float("1e-5") };
const LOOSE = { absolute: float("0.5"), relative: float("0.25") };

const counted = (model, type, count) => model.map(type, [count], [], index(0), castTo(type, 0));
const given = (type, elements) => tensorOf(type, writeElements(type, elements));

/** [name, build, bands] */
const JUDGED = [
  ["a scalar of float32", (model) => [model.map(FLOAT32, [], [], constant(FLOAT32, ONE))], [CLOSE]],
  ["a scalar of int64", (model) => [model.map(INT64, [], [], constant(INT64, 5n))], [EXACT]],
  ["1,024 elements of float32", (model) => [counted(model, FLOAT32, 1024)], [LOOSE]],
  ["1,025 elements of uint8", (model) => [counted(model, UINT8, 1025)], [EXACT]],
  ["1,048,577 elements of float32", (model) => [counted(model, FLOAT32, 1048577)], [EXACT]],
  ["the greatest output", (model) => [model.map(BOOL, [2 ** 31 - 1], [], constant(BOOL, true))], [EXACT]],
  ["one output of every dtype", oneOfEveryType, [CLOSE, EXACT, EXACT, EXACT, EXACT, EXACT]],
  ["the same input as output twice, in two bands", sameTwice, [CLOSE, LOOSE]],
  ["sixteen outputs", (model) => many(16, (_, place) => counted(model, FLOAT32, place + 1)), many(16, () => CLOSE)],
];

function oneOfEveryType(model) {
  const types = [FLOAT32, UINT8, INT8, INT32, INT64, BOOL];
  return types.map((type, place) => counted(model, type, place + 1));
}

function sameTwice(model) {
  const x = model.input(FLOAT32, floats("1 2 3"));
  return [x, x];
}

export function verdictCases() {
  return JUDGED.map(([name, build, bands]) => {
    const model = new Model();
    model.outputs = build(model);
    return {
      name,
      file: hexOfBytes(programFile(model.program)),
      bands: bands.map(({ absolute, relative }) => ({ atol: hexOfBits(absolute), rtol: hexOfBits(relative) })),
      verdictFile: hexOfBytes(programFile(verdictProgram(model.program, bands))),
    };
  });
}

/** Names, verdict programs and jobs with a claim, right or wrong. */
export function verdictRuns() {
  return [...smallRuns(), ...scalarRuns(), ...longRuns(), ...longFloatRun()];
}

const runOf = (model, bands) => (name, claims) => ({
  name: `verdict: ${name}`,
  program: verdictProgram(model.program, bands),
  job: { inputs: model.inputs, weights: model.weights, claims },
});

function smallRuns() {
  const model = new Model();
  const x = model.input(FLOAT32, [ONE, float("-4"), 0]);
  const numbers = model.input(INT64, [7n, -(2n ** 63n)]);
  const flags = model.input(BOOL, [0, 3]);
  model.outputs = [
    // 1, NaN and 0
    model.elementwise(FLOAT32, [3], [x], primitive("SQRT", 0)),
    model.elementwise(INT64, [2], [numbers], primitive("NEG", 0)),
    model.elementwise(BOOL, [2], [flags], primitive("NOT", 0)),
  ];
  const run = runOf(model, [CLOSE, EXACT, EXACT]);
  const roots = given(FLOAT32, [ONE, NOT_A_NUMBER, 0]);
  const opposites = given(INT64, [-7n, -(2n ** 63n)]);
  const others = given(BOOL, [1, 0]);
  const ofRoots = (...bits) => [given(FLOAT32, bits), opposites, others];
  return [
    run("three outputs, all right", [roots, opposites, others]),
    run("right within the band, -0 and another NaN", ofRoots(ONE + 80, 0xffc00001, SIGN)),
    run("right, as bools of any byte", [roots, opposites, given(BOOL, [255, 0])]),
    run("a little beyond the band", ofRoots(ONE + 96, NOT_A_NUMBER, 0)),
    run("a number for NaN", ofRoots(ONE, ONE, 0)),
    run("NaN for a number", ofRoots(NOT_A_NUMBER, NOT_A_NUMBER, 0)),
    run("within the absolute tolerance of zero", ofRoots(ONE, NOT_A_NUMBER, float("9e-7"))),
    run("wrong in the second output", [roots, given(INT64, [-7n, 2n ** 63n - 1n]), others]),
    run("wrong in the third output", [roots, opposites, given(BOOL, [1, 1])]),
    run("no claim at all", []),
    run("the last claim missing", [roots, opposites]),
    run("a claim of another count", [roots, given(INT64, [-7n]), others]),
    run("a claim of another dtype", [roots, given(INT32, [-7n, 0n]), others]),
    run("one claim too many", [roots, opposites, others, others]),
  ];
}

function scalarRuns() {
  const model = new Model();
  model.outputs = [model.map(FLOAT32, [], [], constant(FLOAT32, float("2")))];
  const run = runOf(model, [LOOSE]);
  // the bound is 0.5 + 0.25 · 2 = 1
  return ["1", "3", "0.99999994", "3.0000002"].map((claim) =>
    run(`${claim} for 2 ± 1`, [given(FLOAT32, floats(claim))]),
  );
}

function longRuns() {
  const model = new Model();
  const base = model.input(INT8, [3n]);
  model.outputs = [
    model.map(INT8, [1500], [model.slot(base, [])], index(0), castTo(INT8, 1), primitive("MUL", 0, 2)),
    model.map(INT8, [2], [model.slot(base, [axisAlong(1, 0)])]),
  ];
  const run = runOf(model, [EXACT, EXACT]);
  const right = many(1500, (_, place) => BigInt(place) * 3n);
  const second = given(INT8, [3n, 0n]);
  const wrongAt = (place) => [given(INT8, right.with(place, right[place] + 1n)), second];
  return [
    run("1,500 elements, right", [given(INT8, right), second]),
    run("1,500 elements, the first wrong", wrongAt(0)),
    run("1,500 elements, the last wrong", wrongAt(1499)),
  ];
}

function longFloatRun() {
  const model = new Model();
  model.outputs = [counted(model, FLOAT32, 1025)];
  const right = many(1025, (_, place) => float(`${place}`));
  const wrong = right.with(1024, right[1024] + 1);
  return [runOf(model, [EXACT])("1,025 elements of float32, the last wrong", [given(FLOAT32, wrong)])];
}
