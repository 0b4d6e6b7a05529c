// Asks the canon's contracts and the byte core of the precompile the same, and compares.
import { UsageError, runMain } from "../commandLine.js";
import { compare } from "./compare.js";

const HELP = `scripts/differential [--calls N] [--seed N] [--json] [--help]

Draws calls to ICanon, right ones, ones with a wrong value and ones whose bytes are damaged, and asks two implementations: the Solidity contracts, on a
chain of Hardhat's in this process, and the byte core of the precompile, in a JVM. What they return, or revert with, has to be the same to the
byte. Counts what became of the calls, by function; at least half of them have to be evaluated to the end.

  --calls N  so many; default: 10000. A million takes half an hour or so
  --seed N   what calls are drawn by, 1 to 4294967295; default: drawn itself
  --json     one JSON line on standard output, everything else on standard error

Exit: 0 all equal; 1 not; 2 usage, or something that only you can install.`;

const OPTIONS = {
  calls: { type: "string", default: "10000" },
  seed: { type: "string" },
  json: { type: "boolean", default: false },
};

await runMain({ help: HELP, options: OPTIONS }, async (options) => {
  const count = numberOf("calls", options.calls);
  const seed =
    options.seed === undefined ? 1 + Math.floor(Math.random() * (2 ** 32 - 1)) : numberOf("seed", options.seed);
  const report = options.json ? console.error : console.log;
  report(`seed ${seed}`);
  const { tally, differences } = await compare(count, seed, report);
  report(String(tally));
  const areEnough = 2 * tally.evaluated >= tally.calls;
  report(
    `${tally.calls} calls, ${tally.evaluated} evaluated${areEnough ? "" : ": less than half"}, ${differences} different`,
  );
  if (options.json) {
    const { calls, evaluated } = tally;
    console.log(JSON.stringify({ seed, calls, evaluated, differences, outcomes: tally }));
  }
  return differences === 0 && areEnough ? 0 : 1;
});

function numberOf(name, text) {
  const number = /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : 0;
  if (number === 0 || number >= 2 ** 32) throw new UsageError(`--${name} needs a number from 1 to 4294967295`);
  return number;
}
