import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { runMain, UsageError } from "../commandLine.js";

const HELP = `scripts/prove [CONTRACT]... [--limit SECONDS] [--json] [--help]

Has the compiler's SMTChecker (with the solver that is in it) prove what test/proofs asserts of the court's clocks and bonds, for all numbers.
Functions without a loop are unrolled whole (engine BMC), a contract with a state is proved by induction (CHC).

  CONTRACT   only these
  --limit S  for each contract; default 60. What takes longer is not proved, and said to be so
  --json     one JSON line on standard output: a row per contract

Exit: 0 nothing is refuted; 1 something is, or does not compile; 2 usage.`;

const FILES = ["test/proofs/ClockProofs.sol", "test/proofs/BondProofs.sol"];
const CHECK = fileURLToPath(new URL("check.js", import.meta.url));
const ROOT = new URL("../../../", import.meta.url);

const OPTIONS = {
  limit: { type: "string", default: "60" },
  json: { type: "boolean", default: false },
};

/** The contracts of the proofs: those without a state have one function, which says what holds. */
const CONTRACTS = FILES.flatMap((file) => {
  const text = readFileSync(new URL(file, ROOT), "utf8");
  return [...text.matchAll(/^contract (\w+) \{$([\s\S]*?)^\}$/gm)].map(([, contract, body]) => ({
    file,
    contract,
    engine: /\bconstructor\b/.test(body) ? "chc" : "bmc",
    assertions: body.match(/\bassert\(/g).length,
  }));
});

function secondsOf(limit) {
  if (!/^[1-9]\d{0,4}$/.test(limit)) throw new UsageError(`--limit needs seconds, not "${limit}"`);
  return Number(limit);
}

function chosenOf(names) {
  const unknown = names.find((name) => !CONTRACTS.some(({ contract }) => contract === name));
  if (unknown !== undefined) throw new UsageError(`No contract "${unknown}" in ${FILES.join(", ")}`);
  return CONTRACTS.filter(({ contract }) => names.length === 0 || names.includes(contract));
}

/** What became of one contract's assertions. */
function prove({ file, contract, engine }, limit) {
  const given = [CHECK, file, contract, engine];
  return new Promise((resolve) =>
    execFile(process.execPath, given, { timeout: limit * 1_000, killSignal: "SIGKILL" }, (error, output) => {
      if (error?.killed) resolve({ outcome: "not proved", why: `no answer in ${limit} s` });
      else if (error) resolve({ outcome: "broken", why: error.message });
      else resolve(outcomeOf(JSON.parse(output)));
    }),
  );
}

function outcomeOf({ proved, refuted, open, errors }) {
  if (errors.length > 0) return { outcome: "broken", why: errors.join("; ") };
  if (refuted > 0) return { outcome: "refuted", why: `${refuted} assertions` };
  if (open > 0 || proved === 0) return { outcome: "not proved", why: "the solver does not know" };
  return { outcome: "proved", why: "" };
}

async function main({ limit, json }, names) {
  const seconds = secondsOf(limit);
  const rows = [];
  for (const one of chosenOf(names)) {
    const row = { ...one, ...(await prove(one, seconds)) };
    rows.push(row);
    const { contract, engine, assertions, outcome, why } = row;
    const line = `${contract.padEnd(28)} ${engine}  ${assertions} assertions  ${outcome}${why && `: ${why}`}`;
    (json ? console.error : console.log)(line);
  }
  const counted = (outcome) => rows.filter((row) => row.outcome === outcome).length;
  if (json) console.log(JSON.stringify(rows));
  else console.log(`${counted("proved")} proved, ${counted("not proved")} not, ${counted("refuted")} refuted`);
  return counted("refuted") + counted("broken") === 0 ? 0 : 1;
}

await runMain({ help: HELP, options: OPTIONS, allowPositionals: true }, main);
