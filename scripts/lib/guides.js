// Runs the code blocks of the guides on a demo network, as their readers would: guides.js GUIDE...
// Prints a line for each block and, like Mocha, how many are passing and failing.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { runnableBlocks } from "../../test/guides/guide.js";
import { Passing } from "./passing.js";

const ROOT = resolve(import.meta.dirname, "../..");
const ENVIRONMENT = join(ROOT, "target/demo/environment");

const passing = new Passing();

const demo = spawn(join(ROOT, "scripts/demo"), ["--keep", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
const ended = once(demo, "close");
const told = createInterface({ input: demo.stdout })[Symbol.asyncIterator]();
const { value: line } = await told.next();

if (line === undefined) {
  passing.report("scripts/demo", "ended before its network was ready");
} else {
  passing.report("scripts/demo", problemOf(JSON.parse(line)));
  for (const guide of process.argv.slice(2)) await run(guide);
  demo.kill("SIGINT");
}
await ended;
passing.end();

/** What is wrong with the demo's answer, if anything is. */
function problemOf({ state, output, callbackOutput, workerEarned, royaltyPaid }) {
  if (state !== "finalised") return `the job is ${state}`;
  if (output.join() !== callbackOutput.join()) return `claimed ${output}, but the contract stored ${callbackOutput}`;
  if (!(Number(workerEarned) > 0 && Number(royaltyPaid) > 0)) return "worker or owner got nothing";
  return undefined;
}

/** One shell for the whole guide, so that a block finds what the one before left. */
async function run(guide) {
  const blocks = runnableBlocks(guide, "bash");
  const script = [
    `source '${ENVIRONMENT}'`,
    "set -euo pipefail",
    ...blocks.flatMap((block, index) => [block, `echo '${mark(index)}'`]),
  ];
  const shell = spawn("bash", ["-c", script.join("\n")], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [status] = await once(shell, "close");
  for (let index = 0; index < blocks.length; index++) {
    const name = `${guide}, block ${index + 1}`;
    if (output.includes(mark(index))) {
      passing.report(name);
    } else {
      passing.report(name, `ended with ${status}:\n${output.slice(-4000)}`);
      return;
    }
  }
}

function mark(index) {
  return `-- end of block ${index + 1} --`;
}
