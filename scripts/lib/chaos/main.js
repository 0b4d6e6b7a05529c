// scripts/chaos: worker, watcher and store against faults.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { UsageError, runMain } from "../commandLine.js";
import { measuring } from "../measuring.js";
import { Network } from "../network.js";
import { check } from "./invariants.js";
import { planOf } from "./plan.js";
import { lines, report } from "./report.js";
import { play } from "./run.js";
import { World } from "./world.js";

const DIRECTORY = join(resolve(import.meta.dirname, "../../.."), "target/chaos");

const HELP = `scripts/chaos --seed N --minutes M [--json] [--plan] [--help]

Sets up (scripts/setup), then runs Hardhat's node, a model store, a worker, a watcher and a worker that lies, as processes of their own, and
for M minutes has faults happen to them while jobs are requested, all of it by a plan that follows from N:

  rpc        two proxies before the node, which the worker has as its pool: delays, lost questions and answers, duplicates, other orders,
             lies about heads, 429, HTML, truncated answers; now and then one of them is dead
  gateway    between store and worker: cuts, breaks off, corrupts, stalls, trickles
  disk       writes of worker or watcher fail for some seconds (a limit of file length, by prlimit)
  processes  worker, watcher and store are killed and started anew, or frozen; a second worker with the same key is started
  clocks     the chain's clock jumps
  blocks     reorganisations of 1 to 3 blocks

Then it waits in peace until all jobs are over, and holds the worker's ten invariants against the chain, the worker's journal and samples of what
the worker said meanwhile. A job that could not be served is listed with the reason why it is no violation.

  --seed N     what the plan follows from
  --minutes M  how long faults happen; a fraction is fine
  --json       one JSON line on standard output; what goes on is told on standard error, as always
  --plan       print the plan as JSON and do nothing

Runs with different seeds can go on at once; each has a folder target/chaos/N with all logs. It needs Linux.

Exit: 0 all invariants hold; 1 one doesn't, or something failed; 2 usage, or something that only you can install.`;

const OPTIONS = {
  seed: { type: "string" },
  minutes: { type: "string" },
  json: { type: "boolean" },
  plan: { type: "boolean" },
};

await runMain({ help: HELP, options: OPTIONS }, async (values) => {
  const [seed, minutes] = [seedOf(values.seed), minutesOf(values.minutes)];
  const plan = planOf(seed, 60 * minutes);
  if (values.plan) {
    process.stdout.write(`${JSON.stringify(plan)}\n`);
    return 0;
  }
  const began = performance.now();
  const tell = (line) => process.stderr.write(`${Math.round((performance.now() - began) / 1_000)} s  ${line}\n`);
  const directory = join(DIRECTORY, `${seed}`);
  const network = new Network(directory);
  const world = new World(network, seed);
  return measuring(network, tell, async () => {
    try {
      await world.start();
      tell(`everybody runs; logs are in ${join(directory, "logs")}`);
      const facts = await play(world, plan, seed, tell);
      const told = report(seed, minutes, facts, check(facts));
      writeFileSync(join(directory, "report.json"), `${JSON.stringify(told)}\n`);
      process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : `${lines(told).join("\n")}\n`);
      return told.holds ? 0 : 1;
    } finally {
      world.gateway?.close();
    }
  });
});

function seedOf(text) {
  if (!/^\d{1,9}$/.test(text ?? "")) throw new UsageError("--seed needs a whole number");
  return Number(text);
}

function minutesOf(text) {
  const minutes = Number(text);
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text ?? "") || minutes === 0) throw new UsageError("--minutes needs a number");
  return minutes;
}
