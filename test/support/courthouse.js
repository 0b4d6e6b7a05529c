import { expect } from "chai";

import {
  constant,
  foldNode,
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
import { programHash, treeRoot } from "../../canon/vectors/reference/commitments.js";
import { BOOL, FLOAT32 } from "../../canon/vectors/reference/dataTypes.js";
import { tensorOf } from "../../canon/vectors/reference/evaluation.js";
import { many, randomOfExponents, randomWords } from "../../canon/vectors/cases/random.js";
import { writeElements } from "../../canon/vectors/reference/elements.js";
import {
  MaxUint256,
  claimed,
  deployedWith,
  enrol,
  ethers,
  offer,
  parseEther,
  settings,
  time,
  versionContent,
} from "./marketplace.js";
import { deployCanon } from "./canon.js";
import { openingOf } from "./programs.js";
import { NO_NODE, Shown, Trace } from "./trace.js";
import { typeOf } from "./tensors.js";

export const Stage = Object.freeze({ None: 0n, Disputed: 1n, Upheld: 2n, Refuted: 3n });
export const Status = Object.freeze({ None: 0n, Committed: 1n, Open: 2n, Forfeited: 3n, Lost: 4n, Returned: 5n });
export const Side = Object.freeze({ Nobody: 0n, Worker: 1n, Challenger: 2n });

const KINDS = { Nodes: 1n, Leaves: 2n, Input: 3n, Weight: 4n, Output: 5n };

/** The path of a question. */
export const pathOf = (kind, node, level, index) =>
  (KINDS[kind] << 72n) | (BigInt(node) << 40n) | (BigInt(level) << 32n) | BigInt(index);

/** Hours, so that the time that tests take counts for nothing. */
export const courtSettings = {
  ...settings,
  market: { ...settings.market, challengeWindow: 14_400 },
  court: {
    ...settings.court,
    openPeriod: 14_400,
    assertPeriod: 7_200,
    workerClock: 18_000,
    challengerClock: 10_800,
    extension: 3_600,
  },
};
export const COURT = courtSettings.court;

export const TRACE_PRICE = parseEther("2");
export const STAKES = TRACE_PRICE + COURT.answerAllowance;
export const BOND = 2n * STAKES;
/** What a lost bond pays to whoever sends the time-out. */
export const REWARD = COURT.answerAllowance / 16n;

/** Elements of the toy program's large tensors: eighteen leaves, a tree of depth five. */
export const LARGE = 4_500;
export const SMALL = 5;
const ABSOLUTE = 0x3a83126f; // 0.001

/** So many that below the first row of a trace there are two more: a tree of depth nine. */
export const NODES = 259;

/** Nodes of the toy program. */
export const NODE = Object.freeze({ INPUT: 0, WEIGHT: 1, PRODUCT: 2, POSITIVE: 3, RECTIFIED: 4, SUM: 5, OUTPUT: 18 });

/** A tensor of floats whose exponent fields lie in a range. */
export function randomFloats(next, count, low, high) {
  const elements = many(count, () => randomOfExponents(next, low, high));
  return tensorOf(FLOAT32, writeElements(FLOAT32, elements));
}

const toyInput = randomFloats(randomWords(0xc0de01), LARGE, 125, 129);
const toyWeight = randomFloats(randomWords(0xc0de02), LARGE, 125, 129);

function toyProgram() {
  const itself = (extent) => [viewAxis(extent, [[0, 1]])];
  const float = (node, extent) => slot(FLOAT32, 0, [operand(node, itself(extent))]);
  const bool = (node, extent) => slot(BOOL, false, [operand(node, itself(extent))]);
  const zero = constant(FLOAT32, 0);
  const one = constant(FLOAT32, 0x3f800000);
  const rows = [
    viewAxis(LARGE, [
      [0, LARGE / SMALL],
      [1, 1],
    ]),
  ];
  const nodes = [
    inputNode(FLOAT32, LARGE, 0),
    weightNode(FLOAT32, LARGE, treeRoot(toyWeight.data)),
    mapNode(FLOAT32, [LARGE], [float(0, LARGE), float(1, LARGE)], [primitive("MUL", 0, 1)]),
    mapNode(BOOL, [LARGE], [float(2, LARGE)], [zero, primitive("LT", 1, 0)]),
    mapNode(FLOAT32, [LARGE], [bool(3, LARGE), float(2, LARGE)], [zero, primitive("SELECT", 0, 1, 2)]),
    foldNode(FLOAT32, "SUM", [SMALL], [LARGE / SMALL], typedOperand(FLOAT32, 4, rows)),
  ];
  while (nodes.length < NODES) {
    nodes.push(mapNode(FLOAT32, [SMALL], [float(nodes.length - 1, SMALL)], [one, primitive("ADD", 0, 1)]));
  }
  return { descriptors: nodes.map((digits) => bytesOfHex(digits)), outputs: [NODE.OUTPUT] };
}

export const TOY = toyProgram();
export const toy = new Shown(TOY);
export const toyTrace = Trace.of(toy, {
  inputs: [toyInput],
  weights: [{ root: treeRoot(toyWeight.data), data: toyWeight.data }],
  claims: [],
});
const KINDS_OF_TOY = { inputs: [typeOf(1, LARGE)], outputs: [typeOf(1, SMALL)] };

/** The right claim. */
export const RIGHT = hexOfBytes(toyTrace.tensors[NODE.OUTPUT].data);

/** Everything with a court; the toy program is version 2, which the first worker offers. */
export async function courthouse(options = {}) {
  const world = await deployedWith(courtSettings, options);
  const { models, token, court, spare, owner, stranger } = world;
  const content = versionContent({
    bands: [{ absolute: ABSOLUTE, relative: 0 }],
    bindings: [{ programRoot: programHash(TOY), ...KINDS_OF_TOY }],
  });
  await models.connect(owner).publish(1, content, [openingOf(TOY)]);
  for (let index = 0; index < world.hotKeys.length; index++) await enrol(world, index);
  await offer(world, 0, { version: 2 });
  const challengers = [stranger, ...spare.slice(0, 3)];
  for (const account of challengers) {
    if (account !== stranger) await token.transfer(account, parseEther("10000"));
    await token.connect(account).approve(court, MaxUint256);
  }
  return { ...world, challengers };
}

/** The same with a job of the toy program, claimed by the worker with these bytes. */
export async function claimedWith(world, data = RIGHT) {
  const inputs = [{ kind: KINDS_OF_TOY.inputs[0], data: hexOfBytes(toyInput.data) }];
  const outputs = [{ kind: KINDS_OF_TOY.outputs[0], data }];
  return { ...world, ...(await claimed(world, { version: 2, inputs }, outputs)) };
}

/** With a right claim, which nobody challenges yet. */
export const rightlyClaimed = async () => claimedWith(await courthouse());

/** With a challenge of a right claim, and the right trace. */
export async function rightlyAsserted() {
  const world = await rightlyClaimed();
  const [challenger] = world.challengers;
  const id = await challenged(world, challenger);
  await asserted(world, toyTrace);
  return { ...world, challenger, id };
}

/**
 * With a claimed job of a program of one input and one output, given by their types' words and data. The version's
 * registration shows the nodes at `positions`.
 */
export async function programClaimed(world, program, { positions, input, output }) {
  const { models, owner } = world;
  const content = versionContent({
    bands: [{ absolute: 0, relative: 0 }],
    bindings: [{ programRoot: programHash(program), inputs: [input.kind], outputs: [output.kind] }],
  });
  await models.connect(owner).publish(1, content, [openingOf(program, positions)]);
  const version = await models.versionCount();
  await offer(world, 0, { version, price: 0 });
  return { ...world, ...(await claimed(world, { version, inputs: [input] }, [output])) };
}

/** The same where both are scalars. */
export const scalarClaimed = (world, program, { positions, types: [input, output], data: [given, claim] }) =>
  programClaimed(world, program, {
    positions,
    input: { kind: typeOf(input.code), data: given },
    output: { kind: typeOf(output.code), data: claim },
  });

/** A court whose canon may be out of order, with a challenge of a right claim, and the right trace. */
export async function unreliablyAsserted() {
  const { canon } = await deployCanon({ ethers });
  const standIn = await ethers.deployContract("CanonStandIn", [canon]);
  const world = await claimedWith(await courthouse({ canon: standIn.target }));
  const [challenger] = world.challengers;
  const id = await challenged(world, challenger);
  await asserted(world, toyTrace);
  return { ...world, standIn, challenger, id };
}

export const SALT = ethers.id("salt");

/** The commitment to a challenge. */
export async function commitmentTo({ court }, challenger, job, salt = SALT) {
  const { chainId } = await ethers.provider.getNetwork();
  return ethers.keccak256(
    ethers.AbiCoder.defaultAbiCoder().encode(
      ["uint256", "address", "address", "uint64", "bytes32"],
      [chainId, court.target, challenger.address, job, salt],
    ),
  );
}

/** Commits to a challenge of a job; returns its id. */
export async function committed(world, challenger, { job = world.job, bond = BOND } = {}) {
  const { court } = world;
  await court.connect(challenger).challenge(await commitmentTo(world, challenger, job), bond);
  return court.challengeCount();
}

/** Commits to a challenge and opens it. */
export async function challenged(world, challenger, options = {}) {
  const id = await committed(world, challenger, options);
  await world.court.connect(challenger).open(id, options.job ?? world.job, SALT);
  return id;
}

/** The worker asserts a trace. */
export const asserted = ({ court, worker, job }, trace) =>
  court.connect(worker).assertTrace(job, trace.top, trace.shown.head);

/** What an answer to a path costs to ask for, with room for a base fee that rises. */
export async function prepaymentFor({ court }, path) {
  const { baseFeePerGas } = await ethers.provider.getBlock("latest");
  return court.prepaymentOf(path, 2n * baseFeePerGas);
}

/** Asks; shows the node if that is needed. */
export async function asked(world, challenger, id, path, node = NO_NODE) {
  return world.court.connect(challenger).ask(id, path, node, { value: await prepaymentFor(world, path) });
}

/** Answers a question from a trace. */
export function revealed({ court, job }, sender, trace, path) {
  const connected = court.connect(sender);
  const { kind, node, level, index } = partsOf(path);
  if (kind === KINDS.Nodes) {
    const { hashes, siblings } = Trace.row(trace.levels, level, index, Math.min(4, trace.depth - level));
    return connected.revealNodes(job, path, hashes, siblings);
  }
  const tensor = trace.tensors[node];
  const traceSiblings = trace.siblings(node);
  if (tensor.type === undefined) return connected.revealVoid(job, path, traceSiblings);
  if (level === tensor.depth) {
    const { leaves, siblings } = tensor.openable.openingOf([index]);
    return connected.revealLeaf(job, path, leaves, siblings, traceSiblings);
  }
  const { hashes, siblings } = Trace.row(tensor.levels, level, index, Math.min(4, tensor.depth - level));
  return connected.revealLeaves(job, path, hashes, siblings, traceSiblings);
}

export function partsOf(path) {
  const part = (shift, bits) => Number(BigInt.asUintN(bits, path >> BigInt(shift)));
  return { kind: path >> 72n, node: part(40, 32), level: part(32, 8), index: part(0, 32) };
}

/** The questions that lead down the trace to a node, from where it was asserted, and the ones that lead down its tensor to a leaf. */
export const pathsToNode = (node, depth) =>
  levelsOf(depth)
    .slice(1)
    .map((level) => pathOf("Nodes", 0, level, node >> (depth - level)));
export const pathsToLeaf = (node, leaf, depth) => [
  ...levelsOf(depth).map((level) => pathOf("Leaves", node, level, leaf >> (depth - level))),
  pathOf("Leaves", node, depth, leaf),
];
const levelsOf = (depth) => Array.from({ length: Math.ceil(depth / 4) }, (_, step) => 4 * step);

/** Walks down to a leaf of a node: asks and has the worker answer, each question once. */
export async function walked(world, challenger, id, trace, node, leaf) {
  const { court, worker } = world;
  const paths = [...pathsToNode(node, trace.depth), ...pathsToLeaf(node, leaf, toyTrace.tensors[node].depth)];
  for (const path of paths) {
    const known = (await court.nodeOf(programHash(TOY), node)).kind !== 0n;
    const opening = partsOf(path).kind === KINDS.Leaves && !known ? toy.opening(node) : NO_NODE;
    await asked(world, challenger, id, path, opening);
    await revealed(world, worker, trace, path);
  }
  return paths.length;
}

/** Passes the time in which challenges committed earlier may refute, too, and settles. */
export async function settledAfterRefutation({ court, job }) {
  await time.increase(COURT.extension);
  return court.settle(job);
}

/** Passes a challenge's deadline. */
export async function passTurn({ court }, id) {
  const [, deadline] = await court.turnOf(id);
  await time.increaseTo(deadline);
}

/** Passes the end of the job's challenge window, if it is not over. */
export async function passWindow({ court, job }) {
  const { windowEnd } = await court.caseOf(job);
  if ((await time.latest()) < windowEnd) await time.increaseTo(windowEnd);
}

/** Expects a call to be refused by the court with this error. */
export const refused = (court, call, error, ...values) => {
  const expectation = expect(call).to.be.revertedWithCustomError(court, error);
  return values.length === 0 ? expectation : expectation.withArgs(...values);
};
