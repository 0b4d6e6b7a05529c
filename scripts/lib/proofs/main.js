import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { runMain, UsageError } from "../commandLine.js";

const HELP = `scripts/prove [CONTRACT]... [--limit SECONDS] [--json] [--help]

Has the compiler's SMTChecker, with Z3, prove what test/proofs asserts of the court's clocks and bonds and of the market's fees, for all numbers
and, where a contract has a state, after any sequence of calls (constrained Horn clauses).

  CONTRACT   only these
  --limit S  for each contract; default 120. What takes longer is not proved, and said to be so
  --json     one JSON line on standard output: a row per contract

Exit: 0 all is proved; 1 something is not, or is refuted; 2 usage.`;

const FILES = ["ClockProofs", "BondProofs", "FeeProofs"].map((name) => `test/proofs/${name}.sol`);
const CHECK = fileURLToPath(new URL("check.js", import.meta.url));
const ROOT = new URL("../../../", import.meta.url);

const OPTIONS = {
  limit: { type: "string", default: "120" },
  json: { type: "boolean", default: false },
};

const CONTRACTS = FILES.flatMap((file) => {
  const text = readFileSync(new URL(file, ROOT), "utf8");
  return [...text.matchAll(/^contract (\w+) \{$([\s\S]*?)^\}$/gm)].map(([, contract, body]) => ({
    file,
    contract,
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
function prove({ file, contract }, limit) {
  const given = [CHECK, file, contract, limit];
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
    const { contract, assertions, outcome, why } = row;
    const line = `${contract.padEnd(28)} ${assertions} assertions  ${outcome}${why && `: ${why}`}`;
    (json ? console.error : console.log)(line);
  }
  const counted = (outcome) => rows.filter((row) => row.outcome === outcome).length;
  if (json) console.log(JSON.stringify(rows));
  else console.log(`${counted("proved")} proved, ${counted("not proved")} not, ${counted("refuted")} refuted`);
  return counted("proved") === rows.length ? 0 : 1;
}

await runMain({ help: HELP, options: OPTIONS, allowPositionals: true }, main);
