// Programs with void nodes: [name, build, isValid], where build adds the nodes to a model, sets up the job and returns
// the outputs.

import {
  byte,
  claimNode,
  constant,
  fourBytes,
  inputNode,
  mapNode,
  operand,
  primitive,
  slot,
  viewAxis,
} from "../reference/assembly.js";
import { BOOL, FLOAT32, INT32, INT64, INT8 } from "../reference/dataTypes.js";
import { floats } from "./decimals.js";
import { writeElements } from "../reference/elements.js";
import { tensorOf } from "../reference/evaluation.js";
import { ONE } from "../reference/float32.js";
import { axisAlong, followed } from "./model.js";
import { many } from "./random.js";

const VALID = true;
const NOT_VALID = false;

export const VOID_NODES = [
  ["descriptors that are not valid, and their spreading", notValidDescriptors, NOT_VALID],
  ["operands of another dtype than said", otherTypes, NOT_VALID],
  ["a void operand that would never be read", voidAlternative, NOT_VALID],
  ["a void operand in every kind of node", voidInEveryKind, NOT_VALID],
  ["descriptors beyond the caps", beyondCaps, NOT_VALID],
  ["an output that is no node", outputBeyond, NOT_VALID],
  ["no output", noOutput, NOT_VALID],
  ["seventeen outputs", seventeenOutputs, NOT_VALID],
  ["an input that the job does not have", missingInput, VALID],
  ["an input of another dtype", inputOfOtherType, VALID],
  ["an input of another dtype with elements as wide", inputOfOtherTypeAsWide, VALID],
  ["an input of another count", inputOfOtherCount, VALID],
  ["the same input said to be two things", inputOfTwoKinds, VALID],
  ["a CLAIM in a program that is no verdict", claimOutsideVerdict, NOT_VALID],
  ["a verdict of two bools", verdictOfTwo, NOT_VALID],
  ["a CLAIM as the verdict itself", claimAsVerdict, VALID],
];

const copyOf = (type, count, node) =>
  mapNode(type, [count], [slot(type, 0, [operand(node, [axisAlong(count, 0)])])], []);

function notValidDescriptors(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const bad = [
    "",
    "00",
    byte(7) + byte(1) + fourBytes(2) + byte(0),
    inputNode(FLOAT32, 2, 0) + "00",
    inputNode(FLOAT32, 2, 0).slice(0, -2),
    inputNode({ code: 10 }, 2, 0),
    copyOf(FLOAT32, 2, 7),
    copyOf(FLOAT32, 2, 8),
    "ff".repeat(40),
  ].map((digits) => model.add(undefined, digits));
  const ofBad = bad.map((node) => model.add(FLOAT32, copyOf(FLOAT32, 2, node)));
  const ofVoid = model.add(FLOAT32, copyOf(FLOAT32, 2, ofBad[0]));
  return [ofVoid, model.add(FLOAT32, copyOf(FLOAT32, 2, x))];
}

function otherTypes(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const n = model.input(INT32, [1n, 2n]);
  const wrong = model.add(INT32, copyOf(INT32, 2, x));
  model.add(FLOAT32, copyOf(FLOAT32, 2, n));
  model.add(FLOAT32, copyOf(FLOAT32, 2, wrong));
  model.add(INT32, copyOf(INT32, 2, wrong));
  return [model.add(INT32, copyOf(INT32, 2, n))];
}

function voidAlternative(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const nothing = model.add(FLOAT32, "");
  const read = (...nodes) =>
    mapNode(
      FLOAT32,
      [2],
      [
        slot(
          FLOAT32,
          0,
          nodes.map((node) => operand(node, followed([2]))),
        ),
      ],
      [],
    );
  const outOfBounds = [axisAlong(2, 0, { offset: 100 })];
  const never = slot(FLOAT32, ONE, [operand(nothing, outOfBounds)]);
  return [
    model.add(FLOAT32, read(x, nothing)),
    model.add(FLOAT32, mapNode(FLOAT32, [2], [never], [])),
    model.add(FLOAT32, read(x, x)),
  ];
}

function voidInEveryKind(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const nothing = model.add(FLOAT32, "");
  model.types[nothing] = FLOAT32;
  const ids = model.input(INT64, [0n]);
  const view = [axisAlong(2, 0)];
  const noIds = model.add(INT64, "");
  return [
    model.fold("SUM", FLOAT32, [], [2], nothing, view),
    model.dot(FLOAT32, [], [2], [x, view], [nothing, view]),
    model.dot(FLOAT32, [], [2], [nothing, view], [x, view]),
    model.dot(FLOAT32, [], [2], [x, view], [x, view], [nothing, []]),
    model.gather([1], [ids, [axisAlong(1, 0)]], [nothing, [viewAxis(2)]], 0),
    model.gather([1], [noIds, [axisAlong(1, 0)]], [x, [viewAxis(2)]], 0),
    model.dot(FLOAT32, [], [2], [x, view], [x, view]),
  ];
}

function beyondCaps(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const scattered = [axisAlong(65536, 0), axisAlong(256, 1)];
  return [
    model.map(
      FLOAT32,
      [2],
      many(17, () => model.slot(x, [])),
      ...many(16, (_, place) => primitive("ADD", place === 0 ? 0 : 16 + place, place + 1)),
    ),
    model.map(FLOAT32, [2], [model.slot(x, [])], ...many(33, (_, place) => primitive("NEG", place))),
    model.fold("SUM", FLOAT32, [], [65537], x, [axisAlong(2, 0)]),
    model.fold("SUM", FLOAT32, [], [65536, 1], x, scattered),
    model.map(FLOAT32, [65536, 32768], [model.slot(x, [])]),
    model.map(
      FLOAT32,
      [2],
      [
        model.slot(
          x,
          many(9, () => viewAxis(1)),
        ),
      ],
    ),
    model.map(
      FLOAT32,
      [2, 2, 2, 2, 1, 1, 1, 1],
      [
        model.alternatives(
          many(3, () => [
            x,
            many(8, () =>
              viewAxis(
                2,
                many(8, (_, axis) => [axis, 1]),
              ),
            ),
          ]),
        ),
      ],
    ),
    model.elementwise(FLOAT32, [2], [x]),
  ];
}

function outputBeyond(model) {
  model.input(FLOAT32, floats("1 2"));
  return [0, 1];
}

function noOutput(model) {
  model.input(FLOAT32, floats("1 2"));
  return [];
}

function seventeenOutputs(model) {
  const x = model.input(FLOAT32, [ONE]);
  return many(17, () => x);
}

function missingInput(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const missing = model.repeatedInput(FLOAT32, 2, 1);
  const last = model.repeatedInput(BOOL, 2, 15);
  return [
    model.elementwise(FLOAT32, [2], [x, missing], primitive("ADD", 0, 1)),
    model.elementwise(BOOL, [2], [last], primitive("NOT", 0)),
    model.elementwise(FLOAT32, [2], [x]),
  ];
}

/** A model of one input that is given something else, and nodes that read it or do not. */
function ofWrongInput(model, type, count, given) {
  const x = model.input(
    type,
    many(count, () => 0),
  );
  model.inputs[0] = given;
  return [model.elementwise(type, [count], [x]), model.map(FLOAT32, [2], [], constant(FLOAT32, ONE))];
}

function inputOfOtherType(model) {
  return ofWrongInput(model, FLOAT32, 2, tensorOf(INT8, writeElements(INT8, [1n, 2n])));
}

function inputOfOtherTypeAsWide(model) {
  return ofWrongInput(model, FLOAT32, 2, tensorOf(INT32, writeElements(INT32, [1n, 2n])));
}

function inputOfOtherCount(model) {
  return ofWrongInput(model, FLOAT32, 2, tensorOf(FLOAT32, writeElements(FLOAT32, [ONE, ONE, ONE])));
}

function inputOfTwoKinds(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const shorter = model.repeatedInput(FLOAT32, 1, 0);
  const other = model.repeatedInput(INT32, 2, 0);
  return [x, model.elementwise(FLOAT32, [1], [shorter]), model.elementwise(INT32, [2], [other])];
}

function claimOutsideVerdict(model) {
  const x = model.input(FLOAT32, floats("1 2"));
  const claim = model.add(FLOAT32, claimNode(FLOAT32, 2, 0));
  model.claims.push(tensorOf(FLOAT32, writeElements(FLOAT32, floats("3 4"))));
  return [model.elementwise(FLOAT32, [2], [x, claim], primitive("ADD", 0, 1))];
}

function verdictOfTwo(model) {
  const claim = model.add(BOOL, claimNode(BOOL, 2, 0));
  model.claims.push(tensorOf(BOOL, writeElements(BOOL, [1, 0])));
  return [model.elementwise(BOOL, [2], [claim], primitive("NOT", 0))];
}

function claimAsVerdict(model) {
  model.claims.push(tensorOf(BOOL, writeElements(BOOL, [2])));
  return [model.add(BOOL, claimNode(BOOL, 1, 0))];
}
