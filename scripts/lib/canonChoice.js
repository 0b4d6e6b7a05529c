// Which canon a deployment judges by: the precompile, where a chain has one that gives the answers that are known, else contracts.
import { Interface, getAddress } from "ethers";

import {
  constant,
  dotNode,
  foldNode,
  mapNode,
  primitive,
  typedOperand,
  viewAxis,
} from "../../canon/vectors/reference/assembly.js";
import { FLOAT32, INT64 } from "../../canon/vectors/reference/dataTypes.js";
import { artifact } from "./artifact.js";

/** Where the precompile is on a chain that has one: "OPG" in ASCII. */
export const PRECOMPILE = getAddress("0x00000000000000000000000000000000004f5047");

/** Code that the genesis file gives the account, so that a node without the precompile fails loudly: INVALID. */
const RESERVED = "0xfe";
const LEAF_LENGTH = 1024;
/** What nodes say of a call that was run and failed, as against one that they didn't take: Geth, Besu and Hardhat. */
const FAILED = /revert|invalid opcode|bad instruction|out of gas/i;

const counting = (length) => Uint8Array.from({ length }, (_, place) => place % 251);
const leafOf = (...elements) => `0x${elements.join("").padEnd(2 * LEAF_LENGTH, "0")}`;
const threes = (type, node) => typedOperand(type, node, [viewAxis(3, [[0, 1]])]);
const operand = ({ code }, root, leaf) => ({
  dtype: code,
  count: 3,
  root,
  opened: { places: [0], leaves: leaf, siblings: [] },
});
const stepOf = (digits, operands) => ({
  descriptor: `0x${digits}`,
  position: 2,
  element: 0,
  operands,
  accumulator: "0x",
});

/** 10^20, 1 and -10^20: the 1 is lost where partial sums are rounded. */
const CANCELLING = leafOf("60ad78ec", "3f800000", "e0ad78ec");
const ONES = leafOf("3f800000", "3f800000", "3f800000");
/** 5, -7 and 9. */
const INTEGERS = leafOf("0000000000000005", "fffffffffffffff9", "0000000000000009");

/**
 * Calls and what they return. The answers are constants: known from the definitions (e, a sum, a band's edge), or computed by
 * the third implementation, against which the tests hold them.
 */
export const PROBES = [
  { name: "specVersion", given: [], right: [1n] },
  {
    name: "rootOf",
    given: [counting(1_025)],
    right: ["0xeb72a24cf112ecb5238e34219b3243105a3d9bf44042a88833f50a268860acaa"],
  },
  {
    name: "rootOfLeaves",
    given: [
      2,
      { places: [1, 2], leaves: counting(2 * LEAF_LENGTH), siblings: [`0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] },
    ],
    right: ["0x560f396536414fa7e7b6e6ad378710a8fbfe5066f21e110f166d22785952090a"],
  },
  // 1 + 2^-23 lies at the edge of a band of 2^-23 around 1, and beyond the edge of one that is the next smaller.
  { name: "within", given: [0x3f800001, 0x3f800000, 0x34000000, 0], right: [true] },
  { name: "within", given: [0x3f800001, 0x3f800000, 0x33ffffff, 0], right: [false] },
  {
    name: "describe",
    given: [`0x${dotNode(FLOAT32, [], [3], threes(FLOAT32, 0), threes(FLOAT32, 1))}`, 2],
    right: [true, 5n, 1n, 1n, [0n, 1n], [1n, 1n]],
  },
  { name: "describe", given: ["0x07", 2], right: [false, 0n, 0n, 0n, [], []] },
  // e
  {
    name: "step",
    given: [stepOf(mapNode(FLOAT32, [], [], [constant(FLOAT32, 0x3f800000), primitive("EXP", 0)]), [])],
    right: [2n, 1n, 1n, [], 0x402df854n],
  },
  {
    name: "step",
    given: [
      stepOf(dotNode(FLOAT32, [], [3], threes(FLOAT32, 0), threes(FLOAT32, 1)), [
        operand(FLOAT32, "0xf0f417e027e98a6facabf6dfbb6bc12562785a0711797b4a477b669ff307a1c9", CANCELLING),
        operand(FLOAT32, "0x3f0617ac6ec4da0603d8e58897ee0dccfb17c8aff0f68c43ca3a04f3f6f2b330", ONES),
      ]),
    ],
    right: [2n, 1n, 1n, [0n, 1n], 0x3f800000n],
  },
  // 5 - 7: two terms, both present, and their sum
  {
    name: "accumulate",
    given: [
      stepOf(foldNode(INT64, "SUM", [], [3], threes(INT64, 0)), [
        operand(INT64, "0x5e01584e88a0cd1b0f04a3b4de9d47d731c4f065af39c6c18ed7178f75c740d2", INTEGERS),
      ]),
      2,
    ],
    right: [`0x0000000200000002${"f".repeat(63)}e`, [0n]],
  },
];

/** Something answers at the precompile's address, but not as the canon does. */
export class WrongCanon extends Error {
  /** @param probe what was asked; answer: the bytes, or undefined where the call failed */
  constructor(address, probe, answer) {
    super(
      `${address} is no canon of this version: ${probe} is answered wrongly (${answer ?? "the call fails"}). ` +
        "Make sure that all nodes run the same, right release of the plugin; or deploy with --canon contracts",
    );
    this.address = address;
    this.probe = probe;
    this.answer = answer;
  }
}

/** The precompile was asked for, and there is none. */
export class NoPrecompile extends Error {}

/**
 * What a deployment uses.
 *
 * @param provider of the chain
 * @param wanted "auto"; "precompile": fails without it; "contracts": the precompile is not asked
 * @returns {precompile, reason}: its address, or undefined for contracts; why, in a sentence
 */
export async function chooseCanon(provider, wanted = "auto") {
  if (wanted === "contracts") return { reason: "contracts were asked for" };
  const code = await provider.getCode(PRECOMPILE);
  const [first, ...others] = PROBES;
  const answer = await answerOf(provider, first);
  if (answer === "0x" || (answer === undefined && [RESERVED, "0x"].includes(code))) {
    const reason =
      code === RESERVED
        ? `${PRECOMPILE} is kept for the precompile, but does not answer: this node is without the plugin, or it is not active yet`
        : `nothing is at ${PRECOMPILE}`;
    if (wanted === "precompile") throw new NoPrecompile(reason);
    return { reason };
  }
  requireRight(first, answer);
  for (const probe of others) requireRight(probe, await answerOf(provider, probe));
  return { precompile: PRECOMPILE, reason: `${PRECOMPILE} gave all ${PROBES.length} known answers` };
}

/** The probes as the plugin reads them: a line each with the question, the call and the answer, by tabulators. */
export function knownAnswers() {
  const lines = PROBES.map(({ name, given, right }) => {
    const call = canon().encodeFunctionData(name, given);
    const answer = canon().encodeFunctionResult(name, right);
    return [`${name}(${summary(given)})`, call.slice(2), answer.slice(2)].join("\t");
  });
  return `# The probes of scripts/lib/canonChoice.js, against which a test holds this file.\n${lines.join("\n")}\n`;
}

const canon = () => new Interface(artifact("ICanon").abi);

/** The bytes of an answer; undefined where the call fails. */
async function answerOf(provider, { name, given }) {
  const data = canon().encodeFunctionData(name, given);
  try {
    return await provider.send("eth_call", [{ to: PRECOMPILE, data }, "latest"]);
  } catch (error) {
    if (error.code === "CALL_EXCEPTION" || FAILED.test(error.error?.message ?? error.message)) return undefined;
    throw error;
  }
}

function requireRight({ name, given, right }, answer) {
  const known = canon().encodeFunctionResult(name, right);
  if (answer !== known) throw new WrongCanon(PRECOMPILE, `${name}(${summary(given)})`, answer);
}

/** Enough of the arguments to tell probes apart. */
const summary = (given) =>
  JSON.stringify(given, (_, value) => (value instanceof Uint8Array ? `${value.length} bytes` : value))
    .slice(1, -1)
    .slice(0, 80);
