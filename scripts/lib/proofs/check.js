// Has solc's SMTChecker prove the assertions of one contract, and writes what it found as a line of JSON. A process of its own, which can be ended.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const solc = createRequire(import.meta.url)("solc");
const root = fileURLToPath(new URL("../../../", import.meta.url));
const content = (file) => readFileSync(join(root, file), "utf8");

const [file, contract, engine] = process.argv.slice(2);
const input = {
  language: "Solidity",
  sources: { [file]: { content: content(file) } },
  settings: {
    modelChecker: {
      engine,
      contracts: { [file]: [contract] },
      targets: ["assert"],
      solvers: ["z3"],
      showProvedSafe: true,
      showUnproved: true,
    },
    outputSelection: { "*": { "*": ["abi"] } },
  },
};
const output = solc.compile(JSON.stringify(input), { import: (path) => ({ contents: content(path) }) });
const messages = (JSON.parse(output).errors ?? []).map(({ severity, message }) => ({ severity, message }));
const count = (pattern) => messages.filter(({ message }) => pattern.test(message)).length;
console.log(
  JSON.stringify({
    proved: count(/check is safe/),
    refuted: count(/Assertion violation happens here/),
    open: count(/Assertion violation might happen here/),
    errors: messages.filter(({ severity }) => severity === "error").map(({ message }) => message),
  }),
);
