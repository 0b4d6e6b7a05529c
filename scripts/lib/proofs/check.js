// Has solc's SMTChecker prove the assertions of one contract, and writes what it found as a line of JSON. A process of its own, which can be ended.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const solc = createRequire(import.meta.url)("solc");
const root = fileURLToPath(new URL("../../../", import.meta.url));
const SOLVER = fileURLToPath(new URL("solver.js", import.meta.url));
const content = (file) => readFileSync(join(root, file), "utf8");

const [file, contract, limit] = process.argv.slice(2);

/** What Z3 says to a question of the compiler's. In a process of its own: the compiler waits for nothing else. */
function smtSolver(question) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SOLVER, limit], {
    input: question,
    encoding: "utf8",
  });
  return status === 0 ? { contents: stdout } : { error: stderr };
}

const input = {
  language: "Solidity",
  sources: { [file]: { content: content(file) } },
  settings: {
    modelChecker: {
      engine: "chc",
      contracts: { [file]: [contract] },
      targets: ["assert"],
      solvers: ["smtlib2"],
      showProvedSafe: true,
      showUnproved: true,
    },
    outputSelection: { "*": { "*": ["abi"] } },
  },
};
const output = JSON.parse(
  solc.compile(JSON.stringify(input), { import: (path) => ({ contents: content(path) }), smtSolver }),
);
const messages = (output.errors ?? []).map(({ severity, message }) => ({ severity, message }));
const count = (pattern) => messages.filter(({ message }) => pattern.test(message)).length;
console.log(
  JSON.stringify({
    proved: count(/check is safe/),
    refuted: count(/Assertion violation happens here/),
    open: count(/Assertion violation might happen here/),
    errors: messages.filter(({ severity }) => severity === "error").map(({ message }) => message),
  }),
);
