// Asks the canon's contracts and the byte core of the precompile the same.
import { Interface } from "ethers";

import { artifact } from "../artifact.js";
import { byteCore } from "./byteCore.js";
import { Calls, batchesOf } from "./calls.js";
import { Outcomes, Tally } from "./outcomes.js";
import { solidityCanon } from "./solidityCanon.js";

const BATCH = 100;
const MOST_REPORTED = 10;
const LONGEST_REPORTED = 4_000;
const PROGRESS = 50_000;

/**
 * Draws so many calls by a seed, asks both, and compares.
 *
 * @param report called with each line that there is to say of the first differences, and now and then of how far it is
 * @returns {tally, differences}: what became of the calls, and how many of them differ
 */
export async function compare(count, seed, report) {
  const canon = new Interface(artifact("ICanon").abi);
  const outcomes = new Outcomes(canon, new Interface(artifact("ExactSums").abi));
  const chain = await solidityCanon();
  const core = byteCore();
  const calls = new Calls(seed, canon);
  const tally = new Tally();
  let differences = 0;

  const take = (call, expected, actual) => {
    const outcome = outcomes.nameOf(call, expected);
    tally.add(call.operation, outcome);
    if (call.heard !== undefined && expected.returned) call.heard(outcomes.accumulatorOf(expected.data));
    if (tally.calls % PROGRESS === 0) report(`  … ${tally.calls}, ${differences} different`);
    if (expected.returned === actual.returned && expected.data === actual.data) return;
    if (differences++ < MOST_REPORTED) report(difference(call, outcome, expected, actual));
  };

  // One batch is answered while the next is drawn.
  let asked;
  const takeAsked = async () => {
    if (asked === undefined) return;
    const [expected, actual] = await asked.answers;
    asked.batch.forEach((call, number) => take(call, expected[number], actual[number]));
  };
  for (const batch of batchesOf(calls, count, BATCH)) {
    const answers = Promise.all([chain.ask(batch), core.ask(batch)]);
    answers.catch(() => {}); // it is asked for later
    await takeAsked();
    asked = { batch, answers };
  }
  await takeAsked();
  core.close();
  return { tally, differences };
}

function difference(call, outcome, expected, actual) {
  const told = ({ returned, data }) => `${returned ? "returned" : "reverted"} ${data.slice(0, LONGEST_REPORTED)}`;
  const digits = Buffer.from(call.bytes).toString("hex").slice(0, LONGEST_REPORTED);
  return [
    `  DIFFERENT: ${call.operation}, ${outcome}`,
    `    call     0x${digits}`,
    `    Solidity ${told(expected)}`,
    `    core     ${told(actual)}`,
  ].join("\n");
}
