// Programs that look like lowered models: [name, build], where build adds the nodes to a model and returns the outputs.

import { castTo, constant, index, primitive, viewAxis } from "../reference/assembly.js";
import { BOOL, FLOAT32, INT32, INT64, INT8, UINT8 } from "../reference/dataTypes.js";
import { float, floats } from "./decimals.js";
import { NEGATIVE_INFINITY, SIGN } from "../reference/float32.js";
import { axisAlong, followed } from "./model.js";
import { many, randomInteger, randomOfExponents } from "./random.js";

/** Numbers of a size that models have. */
const someFloats = ({ next }, count) => many(count, () => randomOfExponents(next, 122, 128));
const someIntegers = ({ next }, type, count) => many(count, () => randomInteger(next, type));

const ZERO = constant(FLOAT32, 0);
const CONSTANT_ONE = constant(FLOAT32, float("1"));

export const LAYERS = [
  ["dense layer with ReLU", denseLayer],
  ["convolution with padding as absent terms, and bias", convolution],
  ["convolution of NHWC with weights laid anew", channelLastConvolution],
  ["strided and dilated convolution", dilatedConvolution],
  ["depthwise convolution", depthwiseConvolution],
  ["transposed convolution by zeros between the elements", transposedConvolution],
  ["transposed convolution by a divisor and parity", transposedConvolutionByParity],
  ["max pooling with padding", (model) => pooling(model, "MAX")],
  ["average pooling without its padding", (model) => pooling(model, "MEAN")],
  ["average pooling with its padding", averageWithPadding],
  ["global average", globalAverage],
  ["softmax", softmax],
  ["layer norm", layerNorm],
  ["RMS norm", rootMeanSquareNorm],
  ["batched matrix product", batchedProduct],
  ["attention with a mask by SELECT", attention],
  ["GELU by ERF", gaussianErrorUnit],
  ["GELU by TANH", gaussianErrorUnitByTangent],
  ["SiLU, Mish and ELU", smoothUnits],
  ["LSTM cell", longShortTermMemory],
  ["rotary embedding", rotaryEmbedding],
  ["embedding with negative and wrong indices", embedding],
  ["concatenation by alternatives", concatenation],
  ["padding with a constant", padding],
  ["resizing by divisors", resizing],
  ["one-hot", oneHot],
  ["cumulative sums", cumulativeSums],
  ["causal mask by INDEX", causalMask],
  ["quantised matrix product", quantisedProduct],
  ["quantising and dequantising", quantising],
  ["top 1 by ARGMAX and GATHER", topOne],
  ["transpositions, slices and broadcasts", views],
  ["decision tree by comparisons and GATHER", decisionTree],
];

function denseLayer(model) {
  const x = model.input(FLOAT32, floats("1 -2 0.5 3 0.25 4 -1 2"));
  const weights = model.weight(FLOAT32, someFloats(model, 12));
  const bias = model.weight(FLOAT32, floats("0.1 -0.2 0.3"));
  const product = model.dot(
    FLOAT32,
    [2, 3],
    [4],
    [x, [axisAlong(2, 0), axisAlong(4, 2)]],
    [weights, [axisAlong(3, 1), axisAlong(4, 2)]],
    [bias, [axisAlong(3, 1)]],
  );
  return [model.elementwise(FLOAT32, [2, 3], [product], ZERO, primitive("MAX", 0, 1))];
}

/** An axis of a view that two axes move. */
const axisOfBoth = (extent, outer, inner, { stride = 1, dilation = 1, offset = 0 } = {}) =>
  viewAxis(
    extent,
    [
      [outer, stride],
      [inner, dilation],
    ],
    { offset },
  );

function convolution(model) {
  const x = model.input(FLOAT32, someFloats(model, 2 * 5 * 5));
  const weights = model.weight(FLOAT32, someFloats(model, 2 * 2 * 3 * 3));
  const bias = model.weight(FLOAT32, someFloats(model, 2));
  // axes: output channel, y, x; input channel, kernel y, kernel x
  return [
    model.dot(
      FLOAT32,
      [2, 5, 5],
      [2, 3, 3],
      [x, [axisAlong(2, 3), axisOfBoth(5, 1, 4, { offset: -1 }), axisOfBoth(5, 2, 5, { offset: -1 })]],
      [weights, [axisAlong(2, 0), axisAlong(2, 3), axisAlong(3, 4), axisAlong(3, 5)]],
      [bias, [axisAlong(2, 0)]],
    ),
  ];
}

function channelLastConvolution(model) {
  const x = model.input(FLOAT32, someFloats(model, 4 * 4 * 3));
  const weights = model.weight(FLOAT32, someFloats(model, 2 * 2 * 3 * 2));
  const laidAnew = model.map(
    FLOAT32,
    [2, 2, 2, 3],
    [model.slot(weights, [axisAlong(2, 1), axisAlong(2, 2), axisAlong(3, 3), axisAlong(2, 0)])],
  );
  // axes: y, x, output channel; kernel y, kernel x, input channel
  return [
    model.dot(
      FLOAT32,
      [3, 3, 2],
      [2, 2, 3],
      [x, [axisOfBoth(4, 0, 3), axisOfBoth(4, 1, 4), axisAlong(3, 5)]],
      [laidAnew, [axisAlong(2, 2), axisAlong(2, 3), axisAlong(2, 4), axisAlong(3, 5)]],
    ),
  ];
}

function dilatedConvolution(model) {
  const x = model.input(FLOAT32, someFloats(model, 11 * 2));
  const weights = model.weight(FLOAT32, someFloats(model, 3 * 3 * 2));
  // axes: position, output channel; tap, input channel
  const taps = axisOfBoth(11, 0, 2, { stride: 2, dilation: 3, offset: -3 });
  return [
    model.dot(
      FLOAT32,
      [6, 3],
      [3, 2],
      [x, [taps, axisAlong(2, 3)]],
      [weights, [axisAlong(3, 1), axisAlong(3, 2), axisAlong(2, 3)]],
    ),
  ];
}

function depthwiseConvolution(model) {
  const x = model.input(FLOAT32, someFloats(model, 3 * 6));
  const weights = model.weight(FLOAT32, someFloats(model, 3 * 3));
  return [
    model.dot(
      FLOAT32,
      [3, 3],
      [3],
      [x, [axisAlong(3, 0), axisOfBoth(6, 1, 2, { stride: 2, offset: -1 })]],
      [weights, [axisAlong(3, 0), axisAlong(3, 2)]],
    ),
  ];
}

function transposedConvolution(model) {
  const x = model.input(FLOAT32, floats("1 -2 3 5"));
  const weights = model.weight(FLOAT32, floats("0.5 1 -0.25"));
  const spread = model.map(FLOAT32, [4, 2], [model.slot(x, [axisAlong(4, 0), axisAlong(1, 1)])]);
  return [model.dot(FLOAT32, [9], [3], [spread, [axisOfBoth(8, 0, 1, { offset: -2 })]], [weights, [axisAlong(3, 1)]])];
}

function transposedConvolutionByParity(model) {
  const x = model.input(FLOAT32, floats("1 -2 3 5"));
  const weights = model.weight(FLOAT32, floats("0.5 1 -0.25"));
  const spread = model.map(
    FLOAT32,
    [8],
    [model.slot(x, [axisAlong(4, 0, { divisor: 2 })])],
    index(0),
    constant(INT64, 2n),
    primitive("MOD", 1, 2),
    constant(INT64, 0n),
    primitive("EQ", 3, 4),
    ZERO,
    primitive("SELECT", 5, 0, 6),
  );
  return [model.dot(FLOAT32, [9], [3], [spread, [axisOfBoth(8, 0, 1, { offset: -2 })]], [weights, [axisAlong(3, 1)]])];
}

const POOLED_VIEW = [
  axisAlong(2, 0),
  axisOfBoth(5, 1, 3, { stride: 2, offset: -1 }),
  axisOfBoth(5, 2, 4, { stride: 2, offset: -1 }),
];

/** So that a pad of zero would be the greatest. */
const belowZero = (list) => list.map((bits) => (bits < SIGN ? bits + SIGN : bits));

function pooling(model, fold) {
  const x = model.input(FLOAT32, belowZero(someFloats(model, 2 * 5 * 5)));
  return [model.fold(fold, FLOAT32, [2, 3, 3], [3, 3], x, POOLED_VIEW)];
}

function averageWithPadding(model) {
  const x = model.input(FLOAT32, someFloats(model, 2 * 5 * 5));
  const sums = model.fold("SUM", FLOAT32, [2, 3, 3], [3, 3], x, POOLED_VIEW);
  const nine = constant(FLOAT32, float("9"));
  return [model.elementwise(FLOAT32, [2, 3, 3], [sums], nine, primitive("DIV", 0, 1))];
}

function globalAverage(model) {
  const x = model.input(FLOAT32, someFloats(model, 3 * 4 * 5));
  return [model.fold("MEAN", FLOAT32, [3], [4, 5], x, followed([3, 4, 5]))];
}

/** Softmax of the last of two axes. */
function addSoftmax(model, x, [rows, columns]) {
  const extents = [rows, columns];
  const greatest = model.fold("MAX", FLOAT32, [rows], [columns], x, followed(extents));
  const powers = model.map(
    FLOAT32,
    extents,
    [model.slot(x, followed(extents)), model.slot(greatest, [axisAlong(rows, 0)])],
    primitive("SUB", 0, 1),
    primitive("EXP", 2),
  );
  const sums = model.fold("SUM", FLOAT32, [rows], [columns], powers, followed(extents));
  return model.map(
    FLOAT32,
    extents,
    [model.slot(powers, followed(extents)), model.slot(sums, [axisAlong(rows, 0)])],
    primitive("DIV", 0, 1),
  );
}

function softmax(model) {
  const x = model.input(FLOAT32, floats("1 2 3 4 5  -1 0 1 100 -100  88 89 -200 87.5 0"));
  return [addSoftmax(model, x, [3, 5])];
}

function layerNorm(model) {
  const x = model.input(FLOAT32, someFloats(model, 3 * 6));
  const scale = model.weight(FLOAT32, someFloats(model, 6));
  const shift = model.weight(FLOAT32, someFloats(model, 6));
  const perRow = [axisAlong(3, 0)];
  const mean = model.fold("MEAN", FLOAT32, [3], [6], x, followed([3, 6]));
  const centred = model.map(
    FLOAT32,
    [3, 6],
    [model.slot(x, followed([3, 6])), model.slot(mean, perRow)],
    primitive("SUB", 0, 1),
  );
  const variance = model.fold("MEANSQ", FLOAT32, [3], [6], centred, followed([3, 6]));
  const perColumn = [axisAlong(6, 1)];
  return [
    model.map(
      FLOAT32,
      [3, 6],
      [
        model.slot(centred, followed([3, 6])),
        model.slot(variance, perRow),
        model.slot(scale, perColumn),
        model.slot(shift, perColumn),
      ],
      constant(FLOAT32, float("1e-5")),
      primitive("ADD", 1, 4),
      primitive("SQRT", 5),
      primitive("DIV", 0, 6),
      primitive("MUL", 7, 2),
      primitive("ADD", 8, 3),
    ),
  ];
}

function rootMeanSquareNorm(model) {
  const x = model.input(FLOAT32, someFloats(model, 2 * 8));
  const scale = model.weight(FLOAT32, someFloats(model, 8));
  const square = model.fold("MEANSQ", FLOAT32, [2], [8], x, followed([2, 8]));
  return [
    model.map(
      FLOAT32,
      [2, 8],
      [model.slot(x, followed([2, 8])), model.slot(square, [axisAlong(2, 0)]), model.slot(scale, [axisAlong(8, 1)])],
      constant(FLOAT32, float("1e-6")),
      primitive("ADD", 1, 3),
      primitive("SQRT", 4),
      primitive("DIV", 0, 5),
      primitive("MUL", 6, 2),
    ),
  ];
}

function batchedProduct(model) {
  const a = model.input(FLOAT32, someFloats(model, 2 * 3 * 4));
  const b = model.input(FLOAT32, someFloats(model, 2 * 4 * 3));
  const turned = model.map(FLOAT32, [2, 3, 4], [model.slot(b, [axisAlong(2, 0), axisAlong(4, 2), axisAlong(3, 1)])]);
  return [
    model.dot(
      FLOAT32,
      [2, 3, 3],
      [4],
      [a, [axisAlong(2, 0), axisAlong(3, 1), axisAlong(4, 3)]],
      [turned, [axisAlong(2, 0), axisAlong(3, 2), axisAlong(4, 3)]],
    ),
  ];
}

function attention(model) {
  const [queries, keys, values] = many(3, () => model.input(FLOAT32, someFloats(model, 3 * 4)));
  const mask = model.input(BOOL, [1, 0, 0, 255, 1, 0, 2, 1, 1]);
  const scores = model.dot(
    FLOAT32,
    [3, 3],
    [4],
    [queries, [axisAlong(3, 0), axisAlong(4, 2)]],
    [keys, [axisAlong(3, 1), axisAlong(4, 2)]],
  );
  const masked = model.elementwise(
    FLOAT32,
    [3, 3],
    [scores, mask],
    constant(FLOAT32, float("0.5")),
    primitive("MUL", 0, 2),
    constant(FLOAT32, NEGATIVE_INFINITY),
    primitive("SELECT", 1, 3, 4),
  );
  const shares = addSoftmax(model, masked, [3, 3]);
  const turned = model.map(FLOAT32, [4, 3], [model.slot(values, [axisAlong(3, 1), axisAlong(4, 0)])]);
  return [
    model.dot(
      FLOAT32,
      [3, 4],
      [3],
      [shares, [axisAlong(3, 0), axisAlong(3, 2)]],
      [turned, [axisAlong(4, 1), axisAlong(3, 2)]],
    ),
  ];
}

const AROUND_ZERO = floats("-100 -10 -5 -3 -1 -0.5 -1e-3 -1e-40 0 1e-40 1e-3 0.5 1 3 5 10 100 3e38");

function gaussianErrorUnit(model) {
  const x = model.input(FLOAT32, AROUND_ZERO);
  return [
    model.elementwise(
      FLOAT32,
      [AROUND_ZERO.length],
      [x],
      constant(FLOAT32, float("0.70710678118654752")),
      primitive("MUL", 0, 1),
      primitive("ERF", 2),
      CONSTANT_ONE,
      primitive("ADD", 3, 4),
      constant(FLOAT32, float("0.5")),
      primitive("MUL", 0, 6),
      primitive("MUL", 5, 7),
    ),
  ];
}

function gaussianErrorUnitByTangent(model) {
  const x = model.input(FLOAT32, AROUND_ZERO);
  return [
    model.elementwise(
      FLOAT32,
      [AROUND_ZERO.length],
      [x],
      primitive("MUL", 0, 0),
      primitive("MUL", 1, 0),
      constant(FLOAT32, float("0.044715")),
      primitive("MUL", 2, 3),
      primitive("ADD", 0, 4),
      constant(FLOAT32, float("0.7978845608028654")),
      primitive("MUL", 5, 6),
      primitive("TANH", 7),
      CONSTANT_ONE,
      primitive("ADD", 8, 9),
      constant(FLOAT32, float("0.5")),
      primitive("MUL", 0, 11),
      primitive("MUL", 10, 12),
    ),
  ];
}

function smoothUnits(model) {
  const count = AROUND_ZERO.length;
  const x = model.input(FLOAT32, AROUND_ZERO);
  return [
    model.elementwise(FLOAT32, [count], [x], primitive("SIGMOID", 0), primitive("MUL", 0, 1)),
    model.elementwise(FLOAT32, [count], [x], primitive("SOFTPLUS", 0), primitive("TANH", 1), primitive("MUL", 0, 2)),
    model.elementwise(
      FLOAT32,
      [count],
      [x],
      primitive("EXP", 0),
      CONSTANT_ONE,
      primitive("SUB", 1, 2),
      ZERO,
      primitive("LT", 0, 4),
      primitive("SELECT", 5, 3, 0),
    ),
  ];
}

function longShortTermMemory(model) {
  const [features, size] = [3, 2];
  const x = model.input(FLOAT32, someFloats(model, features));
  const hidden = model.input(FLOAT32, someFloats(model, size));
  const cell = model.input(FLOAT32, someFloats(model, size));
  const ofInput = model.weight(FLOAT32, someFloats(model, 4 * size * features));
  const ofHidden = model.weight(FLOAT32, someFloats(model, 4 * size * size));
  const bias = model.weight(FLOAT32, someFloats(model, 4 * size));
  const fromInput = model.dot(
    FLOAT32,
    [4 * size],
    [features],
    [x, [axisAlong(features, 1)]],
    [ofInput, [axisAlong(4 * size, 0), axisAlong(features, 1)]],
    [bias, [axisAlong(4 * size, 0)]],
  );
  const gates = model.dot(
    FLOAT32,
    [4 * size],
    [size],
    [hidden, [axisAlong(size, 1)]],
    [ofHidden, [axisAlong(4 * size, 0), axisAlong(size, 1)]],
    [fromInput, [axisAlong(4 * size, 0)]],
  );
  const gate = (number) => model.slot(gates, [axisAlong(4 * size, 0, { offset: number * size })]);
  const nextCell = model.map(
    FLOAT32,
    [size],
    [gate(0), gate(1), gate(2), model.slot(cell, [axisAlong(size, 0)])],
    primitive("SIGMOID", 0),
    primitive("SIGMOID", 1),
    primitive("TANH", 2),
    primitive("MUL", 4, 6),
    primitive("MUL", 5, 3),
    primitive("ADD", 7, 8),
  );
  const nextHidden = model.map(
    FLOAT32,
    [size],
    [gate(3), model.slot(nextCell, [axisAlong(size, 0)])],
    primitive("SIGMOID", 0),
    primitive("TANH", 1),
    primitive("MUL", 2, 3),
  );
  return [nextHidden, nextCell];
}

/** Pairs (a, b) become (a·cos − b·sin, a·sin + b·cos). */
function rotaryEmbedding(model) {
  const [positions, pairs] = [4, 3];
  const x = model.input(FLOAT32, someFloats(model, positions * pairs * 2));
  const frequencies = model.weight(FLOAT32, floats("1 0.1 0.01"));
  const angles = model.map(
    FLOAT32,
    [positions, pairs],
    [model.slot(frequencies, [axisAlong(pairs, 1)])],
    index(0),
    castTo(FLOAT32, 1),
    primitive("MUL", 0, 2),
  );
  const half = (offset) => model.slot(x, [axisAlong(positions, 0), axisAlong(pairs, 1), viewAxis(2, [], { offset })]);
  const angle = model.slot(angles, followed([positions, pairs]));
  const rotated = (timesCosine, combine) =>
    model.map(
      FLOAT32,
      [positions, pairs],
      [half(0), half(1), angle],
      primitive("COS", 2),
      primitive("SIN", 2),
      primitive("MUL", timesCosine, 3),
      primitive("MUL", 1 - timesCosine, 4),
      primitive(combine, 5, 6),
    );
  const first = rotated(0, "SUB");
  const second = rotated(1, "ADD");
  // The first alternative is in bounds where the last coordinate is 0, the second one where it is 1.
  const pair = model.alternatives(
    [first, second].map((node, place) => [
      node,
      [axisAlong(positions, 0), axisAlong(pairs, 1), axisAlong(1, 2, { offset: -place })],
    ]),
  );
  return [model.map(FLOAT32, [positions, pairs, 2], [pair])];
}

function embedding(model) {
  const ids = model.input(INT64, [0n, 4n, -1n, -5n, 5n, -6n, 2n ** 62n, -(2n ** 63n)]);
  const narrowIds = model.input(INT32, [2n, -2n, 5n, -6n, -(2n ** 31n)]);
  const table = model.weight(FLOAT32, someFloats(model, 5 * 3));
  const bytes = model.weight(INT8, someIntegers(model, INT8, 5 * 3));
  const rows = [viewAxis(5), axisAlong(3, 1)];
  return [
    model.gather([8, 3], [ids, [axisAlong(8, 0)]], [table, rows], 0),
    model.gather([5, 3], [narrowIds, [axisAlong(5, 0)]], [bytes, rows], 0),
  ];
}

function concatenation(model) {
  const a = model.input(FLOAT32, someFloats(model, 2 * 3));
  const b = model.input(FLOAT32, someFloats(model, 2 * 2));
  const c = model.input(INT32, [7n, 8n]);
  const d = model.input(INT32, [9n]);
  const alternatives = (pairs) =>
    model.alternatives(
      pairs.map(([node, extents, axis, offset]) => [
        node,
        extents.map((extent, place) => axisAlong(extent, place, { offset: place === axis ? -offset : 0 })),
      ]),
    );
  const columns = model.map(
    FLOAT32,
    [2, 5],
    [
      alternatives([
        [a, [2, 3], 1, 0],
        [b, [2, 2], 1, 3],
      ]),
    ],
  );
  const list = model.map(
    INT32,
    [6],
    [
      alternatives([
        [c, [2], 0, 0],
        [d, [1], 0, 2],
        [c, [2], 0, 3],
      ]),
    ],
  );
  return [columns, list];
}

function padding(model) {
  const x = model.input(FLOAT32, someFloats(model, 2 * 3));
  const minusOne = float("-1");
  const around = [axisAlong(2, 0, { offset: -1 }), axisAlong(3, 1, { offset: -2 })];
  return [model.map(FLOAT32, [4, 6], [model.slot(x, around, minusOne)])];
}

function resizing(model) {
  const x = model.input(FLOAT32, someFloats(model, 3 * 4));
  const doubled = [axisAlong(3, 0, { divisor: 2 }), axisAlong(4, 1, { divisor: 2 })];
  const byThreeHalves = [viewAxis(3, [[0, 2]], { divisor: 3 }), viewAxis(4, [[1, 4]], { offset: 1, divisor: 6 })];
  return [
    model.map(FLOAT32, [6, 8], [model.slot(x, doubled)]),
    model.map(FLOAT32, [4, 6], [model.slot(x, byThreeHalves)]),
    model.map(FLOAT32, [2, 2], [model.slot(x, [viewAxis(3, [[0, 2]]), viewAxis(4, [[1, 3]])])]),
  ];
}

function oneHot(model) {
  const ids = model.input(INT64, [2n, 0n, 3n, 4n, -1n]);
  return [
    model.map(
      FLOAT32,
      [5, 4],
      [model.slot(ids, [axisAlong(5, 0)])],
      index(1),
      primitive("EQ", 0, 1),
      castTo(FLOAT32, 2),
    ),
  ];
}

function cumulativeSums(model) {
  const x = model.input(FLOAT32, floats("1e8 1 1 -1e8 0.25 1e-8"));
  const numbers = model.input(INT32, [5n, -3n, 2147483647n, 1n, -9n, 0n]);
  const before = [
    viewAxis(
      6,
      [
        [0, 1],
        [1, 1],
      ],
      { offset: -5 },
    ),
  ];
  return [
    model.fold("SUM", FLOAT32, [6], [6], x, before),
    model.fold("SUM", INT32, [6], [6], numbers, before),
    model.fold("MAX", INT32, [6], [6], numbers, before),
  ];
}

function causalMask(model) {
  const scores = model.input(FLOAT32, someFloats(model, 4 * 4));
  const mask = model.map(BOOL, [4, 4], [], index(0), index(1), primitive("LE", 1, 0));
  return [
    model.elementwise(
      FLOAT32,
      [4, 4],
      [mask, scores],
      constant(FLOAT32, float("-10000")),
      primitive("SELECT", 0, 1, 2),
    ),
    mask,
  ];
}

function quantisedProduct(model) {
  const x = model.input(UINT8, someIntegers(model, UINT8, 2 * 5));
  const weights = model.weight(INT8, someIntegers(model, INT8, 3 * 5));
  const bias = model.weight(
    INT32,
    someIntegers(model, INT32, 3).map((value) => value % 1000n),
  );
  const sums = model.dot(
    INT32,
    [2, 3],
    [5],
    [x, [axisAlong(2, 0), axisAlong(5, 2)]],
    [weights, [axisAlong(3, 1), axisAlong(5, 2)]],
    [bias, [axisAlong(3, 1)]],
  );
  const weightSums = model.fold("SUM", INT32, [3], [5], weights, followed([3, 5]));
  const zeroPoint = constant(INT32, 128n);
  const centred = model.map(
    INT32,
    [2, 3],
    [model.slot(sums, followed([2, 3])), model.slot(weightSums, [axisAlong(3, 1)])],
    zeroPoint,
    primitive("MUL", 1, 2),
    primitive("SUB", 0, 3),
  );
  const requantised = model.elementwise(
    INT8,
    [2, 3],
    [centred],
    castTo(FLOAT32, 0),
    constant(FLOAT32, float("0.0078125")),
    primitive("MUL", 1, 2),
    primitive("RINT", 3),
    castTo(INT8, 4),
  );
  return [requantised, centred];
}

function quantising(model) {
  const values = floats("0 0.024 0.025 0.0375 -0.0125 0.0125 1 -1 3.2 3.1875 -3.2 10 -10 1e30 -1e30 1e-30");
  const x = model.input(FLOAT32, values);
  const scaled = [constant(FLOAT32, float("0.025")), primitive("DIV", 0, 1), primitive("RINT", 2)];
  const signed = model.elementwise(INT8, [values.length], [x], ...scaled, castTo(INT8, 3));
  const unsigned = model.elementwise(
    UINT8,
    [values.length],
    [x],
    ...scaled,
    constant(FLOAT32, float("128")),
    primitive("ADD", 3, 4),
    castTo(UINT8, 5),
  );
  const back = model.elementwise(
    FLOAT32,
    [values.length],
    [signed],
    castTo(FLOAT32, 0),
    constant(FLOAT32, float("0.025")),
    primitive("MUL", 1, 2),
  );
  return [signed, unsigned, back];
}

function topOne(model) {
  const logits = model.input(FLOAT32, someFloats(model, 4 * 6));
  const labels = model.weight(INT32, someIntegers(model, INT32, 6));
  const best = model.fold("ARGMAX", INT64, [4], [6], logits, followed([4, 6]));
  const score = model.gather([4], [best, [axisAlong(4, 0)]], [logits, [axisAlong(4, 0), viewAxis(6)]], 1);
  const label = model.gather([4], [best, [axisAlong(4, 0)]], [labels, [viewAxis(6)]], 0);
  return [best, score, label];
}

function views(model) {
  const x = model.input(
    INT32,
    many(24, (_, place) => BigInt(place)),
  );
  const slotOf = (...view) => [model.slot(x, view)];
  return [
    model.map(INT32, [4, 3, 2], slotOf(axisAlong(2, 2), axisAlong(3, 1), axisAlong(4, 0))),
    model.map(INT32, [24], slotOf(viewAxis(24, [[0, -1]], { offset: 23 }))),
    model.map(INT32, [2, 4], slotOf(viewAxis(4, [[0, 2]], { offset: 1 }), viewAxis(6, [[1, 1]], { offset: 2 }))),
    model.map(INT32, [5], slotOf(viewAxis(4, [[0, 1]]), viewAxis(6, [[0, 1]]))),
    model.map(INT32, [3, 3], slotOf(axisAlong(24, 1))),
    model.map(INT32, [3], slotOf()),
    model.map(
      INT32,
      [2, 1, 3, 1, 2, 1, 1, 2],
      slotOf(axisAlong(2, 7), axisAlong(3, 2), axisAlong(2, 4), axisAlong(2, 0)),
    ),
  ];
}

/** Two levels of comparisons of one feature each, then a leaf. */
function decisionTree(model) {
  const features = model.input(FLOAT32, floats("0.2 5 -1  0.7 5 3  0.7 1 -8"));
  const tested = model.weight(INT64, [0n, 1n, 2n]);
  const thresholds = model.weight(FLOAT32, floats("0.5 2 -3"));
  const leaves = model.weight(FLOAT32, floats("10 20 30 40"));
  const perRow = [axisAlong(3, 0)];
  const step = (node) => {
    const feature = model.gather([3], [node, perRow], [tested, [viewAxis(3)]], 0);
    const value = model.gather([3], [feature, perRow], [features, [axisAlong(3, 0), viewAxis(3)]], 1);
    const threshold = model.gather([3], [node, perRow], [thresholds, [viewAxis(3)]], 0);
    return model.elementwise(
      INT64,
      [3],
      [node, value, threshold],
      primitive("LT", 2, 1),
      castTo(INT64, 3),
      primitive("ADD", 0, 0),
      primitive("ADD", 4, 5),
      constant(INT64, 1n),
      primitive("ADD", 6, 7),
    );
  };
  const root = model.map(INT64, [3], [], constant(INT64, 0n));
  const leaf = step(step(root));
  const number = model.elementwise(INT64, [3], [leaf], constant(INT64, 3n), primitive("SUB", 0, 1));
  return [model.gather([3], [number, perRow], [leaves, [viewAxis(4)]], 0)];
}
