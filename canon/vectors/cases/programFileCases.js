// Program files, of valid programs and not.

import { claimNode, constant, fourBytes, inputNode, mapNode, primitive, viewAxis } from "../reference/assembly.js";
import { bytesOfHex, bytesOfNumber, hexOfBytes, joined } from "../reference/bytes.js";
import { BOOL, FLOAT32, INT32, INT64, UINT8 } from "../reference/dataTypes.js";
import { floats } from "./decimals.js";
import { longMap } from "./descriptorCases.js";
import { ONE } from "../reference/float32.js";
import { Model, axisAlong } from "./model.js";
import { isValidProgramFile, programFile } from "../reference/program.js";
import { many } from "./random.js";
import { verdictProgram } from "../reference/verdict.js";

const EXACT = { absolute: 0, relative: 0 };

export function programFileCases() {
  return [
    ...validFiles().map(([why, file]) => [why, file, true]),
    ...invalidFiles().map(([why, file]) => [why, file, false]),
  ].map(([why, file, shouldBeValid]) => {
    if (isValidProgramFile(file) !== shouldBeValid) throw new Error(`${why}: ${!shouldBeValid}`);
    return { why, file: hexOfBytes(file), valid: shouldBeValid };
  });
}

/** The file of what `build` adds to a model; it returns the outputs. */
function fileOf(build) {
  const model = new Model();
  model.outputs = build(model);
  return programFile(model.program);
}

/** A file from its parts, none of which need fit the others. */
const framed = (version, nodes, descriptors, outputs) =>
  joined([
    [version],
    bytesOfNumber(nodes, 4),
    ...descriptors.flatMap((descriptor) => [bytesOfNumber(descriptor.length, 2), descriptor]),
    [outputs.length],
    ...outputs.map((output) => bytesOfNumber(output, 4)),
  ]);

const INPUT = bytesOfHex(inputNode(FLOAT32, 2, 0));
const doubled = (model, x) => model.elementwise(FLOAT32, [2], [x], primitive("ADD", 0, 0));
const small = fileOf((model) => [doubled(model, model.input(FLOAT32, floats("1 2")))]);

function validFiles() {
  const verdictOf = (build, bands) => {
    const model = new Model();
    model.outputs = build(model);
    return programFile(verdictProgram(model.program, bands));
  };
  return [
    ["one input that is the output", framed(1, 1, [INPUT], [0])],
    ["an input and a MAP", small],
    ["the same output sixteen times", framed(1, 1, [INPUT], Array(16).fill(0))],
    ["outputs in any order", framed(1, 3, [INPUT, INPUT, INPUT], [2, 0, 1])],
    ["nodes that nothing reads", framed(1, 4, Array(4).fill(INPUT), [0])],
    ["300 nodes", framed(1, 300, Array(300).fill(INPUT), [299])],
    ["a descriptor of 1,024 bytes", fileOfLongMap([3, 3, 2, 0, 0, 0], [])],
    ["a verdict program", verdictOf((model) => [doubled(model, model.input(FLOAT32, floats("1 2")))], [EXACT])],
    [
      "a verdict program of two outputs",
      verdictOf((model) => [model.input(INT32, [1n]), model.input(BOOL, [1, 0])], [EXACT, EXACT]),
    ],
    ["a CLAIM that is the verdict", framed(1, 1, [bytesOfHex(claimNode(BOOL, 1, 0))], [0])],
    ["a program that reads a claim and has another verdict", framed(1, 2, [claim(FLOAT32, 5), always], [1])],
  ];
}

const claim = (type, count) => bytesOfHex(claimNode(type, count, 0));
const always = bytesOfHex(mapNode(BOOL, [], [], [constant(BOOL, true)]));

function fileOfLongMap(termsOfThird, primitives) {
  return fileOf((model) => {
    model.input(FLOAT32, [ONE]);
    return [model.add(FLOAT32, longMap(termsOfThird, primitives))];
  });
}

function invalidFiles() {
  const ofNodes = (descriptors, outputs) => framed(1, descriptors.length, descriptors, outputs);
  const broken = (digits) => ofNodes([INPUT, bytesOfHex(digits)], [0]);
  const otherType = (build) => fileOf((model) => build(model, model.input(FLOAT32, floats("1 2"))));
  const pretend = (model, node, type) => {
    model.types[node] = type;
    return node;
  };
  const view = [axisAlong(2, 0)];
  return [
    ...[0, 2, 255].map((version) => [`version ${version}`, framed(version, 1, [INPUT], [0])]),
    ...many(small.length, (_, length) => [`cut to ${length} bytes`, small.slice(0, length)]),
    ["a zero byte behind", joined([small, [0]])],
    ["another output behind", joined([small, [0, 0, 0, 0]])],
    ["the same file behind", joined([small, small])],
    ["no node and no output", framed(1, 0, [], [])],
    ["no node and an output", framed(1, 0, [], [0])],
    ["a node less announced", framed(1, 1, [INPUT, INPUT], [0])],
    ["a node more announced", framed(1, 3, [INPUT, INPUT], [0])],
    ["65,537 nodes announced", framed(1, 65537, [INPUT], [0])],
    ["2^32 - 1 nodes announced", framed(1, 2 ** 32 - 1, [INPUT], [0])],
    ["a length of 65,535 bytes that are not there", joined([[1, 0, 0, 0, 1, 255, 255], INPUT, [1, 0, 0, 0, 0]])],
    ["a length that takes the outputs too", joined([[1, 0, 0, 0, 1, 0, INPUT.length + 5], INPUT, [1, 0, 0, 0, 0]])],
    ["no output", framed(1, 1, [INPUT], [])],
    ["seventeen outputs", framed(1, 1, [INPUT], Array(17).fill(0))],
    ["255 outputs", framed(1, 1, [INPUT], Array(255).fill(0))],
    ["an output beyond the nodes", framed(1, 1, [INPUT], [1])],
    ["one of two outputs beyond the nodes", framed(1, 1, [INPUT], [0, 1])],
    ["the output 2^32 - 1", framed(1, 1, [INPUT], [2 ** 32 - 1])],
    ["an output less announced", joined([framed(1, 1, [INPUT], [0]), [0, 0, 0, 0]])],
    ["a node of no bytes", broken("")],
    ["a node of no bytes, first", ofNodes([bytesOfHex(""), INPUT], [1])],
    ["a node of an unknown kind", broken("07" + inputNode(FLOAT32, 2, 0).slice(2))],
    ["a node of an unknown dtype", broken(inputNode({ code: 10 }, 2, 0))],
    ["a node with a byte behind", broken(inputNode(FLOAT32, 2, 0) + "00")],
    ["a node cut by a byte", broken(inputNode(FLOAT32, 2, 0).slice(0, -2))],
    ["a void node that nothing reads, last", ofNodes([INPUT, bytesOfHex("ff")], [0])],
    ["a void node as output", ofNodes([INPUT, bytesOfHex("ff")], [1])],
    ["a descriptor of 1,025 bytes", fileOfLongMap([8, 5, 0, 0], [primitive("NEG", 0)])],
    ["a node that reads itself", broken(mapDigits(1))],
    ["a node that reads a later one", ofNodes([INPUT, bytesOfHex(mapDigits(2)), INPUT], [1])],
    [
      "a slot of int32 that reads float32",
      otherType((model, x) => [model.elementwise(INT32, [2], [pretend(model, x, INT32)])]),
    ],
    [
      "a second alternative of another dtype",
      otherType((model, x) => {
        const n = pretend(model, model.input(INT32, [1n, 2n]), FLOAT32);
        return [model.map(FLOAT32, [2], [model.alternatives([x, n].map((node) => [node, view]))])];
      }),
    ],
    [
      "a fold of int32 that reads float32",
      otherType((model, x) => [model.fold("SUM", INT32, [], [2], pretend(model, x, INT32), view)]),
    ],
    [
      "b of another dtype",
      otherType((model, x) => {
        const n = pretend(model, model.input(INT32, [1n, 2n]), FLOAT32);
        return [model.dot(FLOAT32, [], [2], [x, view], [n, view])];
      }),
    ],
    [
      "c of another dtype",
      otherType((model, x) => {
        const n = pretend(model, model.input(INT32, [1n, 2n]), FLOAT32);
        return [model.dot(FLOAT32, [], [2], [x, view], [x, view], [n, []])];
      }),
    ],
    [
      "indices of another dtype",
      otherType((model, x) => [
        model.gather([2], [pretend(model, x, INT64), view], [model.input(UINT8, [1n]), [viewAxis(1)]], 0),
      ]),
    ],
    [
      "data of another dtype",
      otherType((model, x) => {
        const ids = model.input(INT64, [0n, 1n]);
        return [model.gather([2], [ids, view], [pretend(model, x, INT32), [viewAxis(2)]], 0)];
      }),
    ],
    [
      "a dtype that only an unread node gets wrong",
      otherType((model, x) => {
        model.elementwise(INT32, [2], [pretend(model, x, INT32)]);
        return [x];
      }),
    ],
    ["a CLAIM and two outputs", ofNodes([claim(BOOL, 1), always], [0, 1])],
    ["a CLAIM and the same output twice", ofNodes([claim(BOOL, 1), always], [1, 1])],
    ["a CLAIM and an output of float32", ofNodes([claim(FLOAT32, 1)], [0])],
    ["a CLAIM and an output of uint8", ofNodes([claim(UINT8, 1)], [0])],
    ["a CLAIM and an output of two bools", ofNodes([claim(BOOL, 2)], [0])],
    ["a CLAIM that nothing reads and an output of float32", ofNodes([INPUT, claim(BOOL, 1)], [0])],
  ];
}

const mapDigits = (node) =>
  "0401" + "0100000002" + "01" + "0100000000" + "01" + fourBytes(node) + "01" + viewAxis(2, [[0, 1]]) + "00";
