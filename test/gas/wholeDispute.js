// A whole dispute about a program as large as a ResNet-50's, down to its dearest step, sent as a watcher and a worker would.

import {
  dotNode,
  inputNode,
  mapNode,
  operand,
  primitive,
  slot,
  typedOperand,
  viewAxis,
  weightNode,
} from "../../canon/vectors/reference/assembly.js";
import { bytesOfHex, hexOfBytes } from "../../canon/vectors/reference/bytes.js";
import { treeRoot } from "../../canon/vectors/reference/commitments.js";
import { FLOAT32 } from "../../canon/vectors/reference/dataTypes.js";
import { randomWords } from "../../canon/vectors/cases/random.js";
import { ethers, loadFixture, time } from "../support/marketplace.js";
import {
  BOND,
  COURT,
  SALT,
  asked,
  asserted,
  committed,
  courthouse,
  pathsToLeaf,
  pathsToNode,
  programClaimed,
  randomFloats,
  revealed,
} from "../support/courthouse.js";
import { used } from "./courtMoves.js";
import { NO_NODE, Shown, Trace, TracedTensor } from "../support/trace.js";
import { typeOf } from "../support/tensors.js";

const NODES = 232;
const SIDE = 7;
const CHANNELS = 512;
const WINDOW = 3;
const PICTURE = SIDE * SIDE * CHANNELS;
const TERMS = WINDOW * WINDOW * CHANNELS;
/** Of the 512 filters those that are laid out: the others cost the proof three siblings more. */
const FILTERS = 64;

const INPUT = 0;
const WEIGHT = 1;
const FOLD = 2;
/** In the middle of the picture, where no term is out of bounds. */
const ELEMENT = (3 * SIDE + 3) * CHANNELS + 17;
const LEAF_ELEMENTS = 256;

/** The last stage's convolution with a 3 x 3 window, and after it nodes that nobody looks at. */
function programOf(weight) {
  const along = (extent, axis) => viewAxis(extent, [[axis, 1]]);
  const nodes = [
    inputNode(FLOAT32, PICTURE, 0),
    weightNode(FLOAT32, weight.count, treeRoot(weight.data)),
    dotNode(
      FLOAT32,
      [SIDE, SIDE, CHANNELS],
      [WINDOW, WINDOW * CHANNELS],
      typedOperand(FLOAT32, INPUT, [
        viewAxis(
          SIDE,
          [
            [0, 1],
            [3, 1],
          ],
          { offset: -1 },
        ),
        viewAxis(
          SIDE * CHANNELS,
          [
            [1, CHANNELS],
            [4, 1],
          ],
          { offset: -CHANNELS },
        ),
      ]),
      typedOperand(FLOAT32, WEIGHT, [along(FILTERS, 2), along(WINDOW, 3), along(WINDOW * CHANNELS, 4)]),
    ),
  ];
  while (nodes.length < NODES) {
    const first = slot(FLOAT32, 0, [operand(nodes.length - 1, [along(1, 0)])]);
    nodes.push(mapNode(FLOAT32, [1], [first], [primitive("NEG", 0)]));
  }
  return { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [NODES - 1] };
}

/** The leaves that the step reads: a row of the window is six of them. */
function readBy(operandNode) {
  if (operandNode === WEIGHT) return range((17 * TERMS) / LEAF_ELEMENTS, TERMS / LEAF_ELEMENTS);
  const row = (y) => ((y * SIDE + 2) * CHANNELS) / LEAF_ELEMENTS;
  return [2, 3, 4].flatMap((y) => range(row(y), (WINDOW * CHANNELS) / LEAF_ELEMENTS));
}
const range = (first, count) => Array.from({ length: count }, (_, number) => first + number);

/**
 * Gas by move. No number is zero, so every byte of calldata is as dear as a byte can be; behind a RELU half of the operand's bytes
 * would be zeros, which cost a quarter.
 */
export async function wholeDispute() {
  const next = randomWords(0x5e50);
  const floats = (count) => randomFloats(next, count, 118, 134);
  const weight = floats(FILTERS * TERMS);
  const program = programOf(weight);
  const one = floats(1);
  const given = [floats(PICTURE), weight, floats(PICTURE)];
  // The fold's tensor is drawn, so each of its elements is wrong.
  const tensors = range(0, NODES).map((node) => new TracedTensor(given[node] ?? one));
  const trace = new Trace(new Shown(program), tensors);
  const world = await programClaimed(await loadFixture(courthouse), program, {
    positions: [INPUT, NODES - 1],
    input: { kind: typeOf(1, PICTURE), data: hexOfBytes(given[INPUT].data) },
    output: { kind: typeOf(1), data: hexOfBytes(one.data) },
  });
  const { court, job, worker } = world;
  const [challenger] = world.challengers;
  const own = court.connect(challenger);
  const gas = {};
  // A commitment to the job would depend on the court's address, which is not the same in every run.
  gas.challenge = await used(own.challenge(ethers.id("commitment"), BOND));
  const id = await committed(world, challenger);
  gas.open = await used(own.open(id, job, SALT));
  gas.assertTrace = await used(asserted(world, trace));
  gas.ask = [];
  gas.reveal = [];
  const paths = [...pathsToNode(FOLD, trace.depth)];
  const down = pathsToLeaf(FOLD, tensors[FOLD].leafOf(ELEMENT), tensors[FOLD].depth);
  for (const path of [...paths, ...down]) {
    const node = path === down[0] ? trace.shown.opening(FOLD) : NO_NODE;
    gas.ask.push(await used(asked(world, challenger, id, path, node)));
    gas.reveal.push(await used(revealed(world, worker, trace, path)));
  }
  const proof = trace.stepProof(FOLD, ELEMENT, { places: (_, operandNode) => readBy(operandNode) });
  gas.proveStep = await used(own.proveStep(id, proof));
  await time.increase(COURT.extension);
  gas.settle = await used(court.settle(job));
  gas.total = Object.values(gas)
    .flat()
    .reduce((sum, one) => sum + one);
  return gas;
}
