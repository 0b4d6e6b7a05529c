// scripts/demo: a network on this machine, and what happens on it, told as it happens.
// demo.js [--keep] [--json] [--liar=LIE | --false-challenger]
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { WORKERS, paidAnswer } from "./demo/paidAnswer.js";
import { DemoStage } from "./demo/stage.js";
import { Telling } from "./demo/telling.js";
import { HONEST_WORKER, convicted, liar, upheld } from "./demo/trial.js";
import { explainWhatToTry } from "./demo/whatToTry.js";
import { Network, NetworkFailure, endingWith } from "./network.js";

const DIRECTORY = join(resolve(import.meta.dirname, "../.."), "target/demo");

const options = parseArgs({
  options: {
    keep: { type: "boolean" },
    json: { type: "boolean" },
    liar: { type: "string" },
    "false-challenger": { type: "boolean" },
  },
}).values;

const ANSWER_COMMANDS = [
  "opg model list",
  "opg model show 1",
  "opg job request 1 --input returns=@$OPG_DEMO/returns.json --max-fee 3",
  "opg job result 1",
  "opg worker status --config $OPG_DEMO/alice/opg.properties",
];
const DISPUTE_COMMANDS = ["opg dispute list", "opg dispute show 1", "opg dispute replay 1", "opg reproduce 1"];

/** What is shown: under which parameters, with which workers, how it goes, and what there is to try then. */
function chosenShow() {
  if (options.liar) {
    return { profile: "consortium", workers: [liar(options.liar)], show: convicted, commands: DISPUTE_COMMANDS };
  }
  if (options["false-challenger"]) {
    return { profile: "consortium", workers: [HONEST_WORKER], show: upheld, commands: DISPUTE_COMMANDS };
  }
  return { profile: "local", workers: WORKERS, show: paidAnswer, commands: ANSWER_COMMANDS };
}

const telling = new Telling(options.json ? process.stderr : process.stdout);
const network = new Network(DIRECTORY);
const stop = endingWith(network);
network.onDeath = (failure) => fail(failure);

let failed = false;
async function fail(error) {
  if (failed) return;
  failed = true;
  telling.say(`\nThe demo failed: ${error instanceof NetworkFailure ? error.message : (error.stack ?? error)}`);
  telling.say(`Logs of all processes: ${join(DIRECTORY, "logs")}`);
  await stop(1);
}

try {
  const { profile, workers, show, commands } = chosenShow();
  const stage = new DemoStage(network, telling, profile);
  await stage.start(workers);
  const outcome = await show(stage);
  if (options.keep) await explainWhatToTry(stage, commands);
  if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  if (options.keep) {
    telling.say("\nThe network runs until Ctrl-C.");
  } else {
    await stop(0);
  }
} catch (error) {
  await fail(error);
}
