// Runs the demo of a worker that lies and that of a false challenger, and checks what they say came of it.
// Prints a line for each and, like Mocha, how many are passing and failing.
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseEther } from "ethers";

import { Passing } from "./passing.js";

const DEMO = join(resolve(import.meta.dirname, "../.."), "scripts/demo");

const passing = new Passing();
await check("--liar", problemOfConviction);
await check("--false-challenger", problemOfAcquittal);
passing.end();

async function check(option, problemOf) {
  const name = `scripts/demo ${option}`;
  try {
    const { stdout } = await promisify(execFile)(DEMO, [option, "--json"]);
    passing.report(name, problemOf(JSON.parse(stdout)));
  } catch (failure) {
    passing.report(name, `${failure.message}\n${failure.stderr?.slice(-4000) ?? ""}`);
  }
}

function problemOfConviction(outcome) {
  const { verdict, alternations, gas, node, element } = outcome;
  if (verdict !== "refuted") return `the claim is ${verdict}`;
  const [slashed, earned, burned, refunded, compensated] = [
    "workerSlashed",
    "challengerEarned",
    "burned",
    "requesterRefunded",
    "requesterCompensated",
  ].map((name) => parseEther(outcome[name]));
  if (earned === 0n || burned === 0n || refunded === 0n) return "the watcher, the fire or the requester got nothing";
  if (slashed !== earned + burned + compensated) return `of ${slashed} slashed, not all went somewhere`;
  const areCounted = [alternations, gas, node, element].every((count) => Number.isInteger(count) && count >= 0);
  return areCounted ? undefined : `alternations ${alternations}, gas ${gas}, node ${node}, element ${element}`;
}

function problemOfAcquittal({ verdict, workerPaid, workerEarned, compensation }) {
  if (verdict !== "upheld") return `the claim is ${verdict}`;
  const [paid, earned, compensated] = [workerPaid, workerEarned, compensation].map((amount) => parseEther(amount));
  if (compensated === 0n) return "the worker was not paid for its trace";
  return paid >= earned + compensated ? undefined : `the worker got ${workerPaid}`;
}
