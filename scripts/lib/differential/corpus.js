// Writes canon/vectors/calls.txt: calls of each function with each outcome that there is, and what the Solidity contracts make of them.
import { writeFileSync } from "node:fs";
import { Interface } from "ethers";

import { artifact } from "../artifact.js";
import { Calls, batchesOf } from "./calls.js";
import { lineOf } from "./corpusLines.js";
import { Outcomes } from "./outcomes.js";
import { solidityCanon } from "./solidityCanon.js";

const FILE = new URL("../../../canon/vectors/calls.txt", import.meta.url);
const SEED = 0xca115;
const DRAWN = 30_000;
const BATCH = 100;
/** Of each outcome of each function; the first ones that are short enough. */
const MOST = 50;
const MOST_OF_OUTCOME = { computed: 220, "reverted without data": 80 };
const LONGEST = 1_900; // characters

const canon = new Interface(artifact("ICanon").abi);
const outcomes = new Outcomes(canon, new Interface(artifact("ExactSums").abi));
const chain = await solidityCanon();
const calls = new Calls(SEED, canon);
const kept = new Map();

for (const batch of batchesOf(calls, DRAWN, BATCH)) {
  const answers = await chain.ask(batch);
  batch.forEach((call, number) => {
    const answer = answers[number];
    const outcome = outcomes.nameOf(call, answer);
    if (call.heard !== undefined && answer.returned) call.heard(outcomes.accumulatorOf(answer.data));
    const key = `${call.operation}, ${outcome}`;
    const lines = kept.get(key) ?? new Set();
    kept.set(key, lines);
    const line = lineOf(call.operation, outcome, call.bytes, answer);
    if (lines.size < (MOST_OF_OUTCOME[outcome] ?? MOST) && line.length <= LONGEST) lines.add(line);
  });
}

const lines = [...kept.values()].flatMap((set) => [...set]);
writeFileSync(FILE, `${lines.join("\n")}\n`);
for (const [key, { size }] of kept) console.log(`${key}: ${size}`);
console.log(`${lines.length} calls`);
