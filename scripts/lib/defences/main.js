import { runMain, UsageError } from "../commandLine.js";
import { Copies, occurrences, remove } from "./copy.js";
import { hardhat, runTest } from "./run.js";
import { DEFENCES } from "./table.js";

const HELP = `scripts/mutate-defences [NAME]... [--list] [--json] [--help]

Removes one defence of docs/security.md after the other in a copy of the tree, and runs the test that is named there: it has to fail.
A minute or less for each; all of them take an hour.

  NAME    only these defences
  --list  names them, with file and test, and removes none
  --json  one JSON line on standard output: removed, red, survived, broken (does not compile, has no such text or test)

Exit: 0 each test went red; 1 one did not; 2 usage.`;

const OPTIONS = {
  list: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
};

function chosenOf(names) {
  const unknown = names.find((name) => !DEFENCES.some((defence) => defence.name === name));
  if (unknown !== undefined) throw new UsageError(`No defence "${unknown}": --list names all`);
  return names.length === 0 ? DEFENCES : DEFENCES.filter(({ name }) => names.includes(name));
}

/** Removes a defence in a copy of its own: "red", "survived", or what is broken. */
async function tryWithout(copies, defence) {
  if (occurrences(defence) !== 1) return "broken: its text is not in the file once";
  const folder = copies.another(defence.name);
  try {
    remove(defence, folder);
    const { passed, failed, output } = await runTest(folder, defence.test);
    if (failed > 0) return "red";
    if (passed > 0) return "survived";
    return /error/i.test(output) ? `broken: does not compile\n${output}` : "broken: there is no such test";
  } finally {
    copies.drop(folder);
  }
}

async function tryAll(chosen, say) {
  const found = { removed: chosen.length, red: 0, survived: [], broken: [] };
  const copies = new Copies();
  try {
    const { status, output } = await hardhat(copies.base, "build");
    if (status !== 0) throw new Error(`The tree does not compile:\n${output}`);
    for (const defence of chosen) {
      const outcome = await tryWithout(copies, defence);
      say(`${defence.name.padEnd(26)} ${outcome}`);
      if (outcome === "red") found.red++;
      else if (outcome === "survived") found.survived.push(defence.name);
      else found.broken.push(defence.name);
    }
  } finally {
    copies.end();
  }
  return found;
}

async function main({ list, json }, names) {
  const chosen = chosenOf(names);
  if (list) {
    if (json) console.log(JSON.stringify(chosen.map(({ name, file, test }) => ({ name, file, test }))));
    else for (const { name, file, test } of chosen) console.log(`${name}\n  ${file}\n  ${test[0]}: ${test[1]}`);
    return 0;
  }
  const found = await tryAll(chosen, json ? console.error : console.log);
  const { removed, red, survived, broken } = found;
  if (json) console.log(JSON.stringify(found));
  else console.log(`${removed} removed, ${red} red, ${survived.length} survived, ${broken.length} broken`);
  return red === removed ? 0 : 1;
}

await runMain({ help: HELP, options: OPTIONS, allowPositionals: true }, main);
