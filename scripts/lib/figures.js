// What scripts/bench measured, for people or as JSON: figures.js [--json] INFERENCE
import { readFileSync } from "node:fs";

const json = process.argv[2] === "--json";
const inference = JSON.parse(process.argv.at(-1));
const snapshot = JSON.parse(readFileSync(new URL("../../gas-snapshot.json", import.meta.url), "utf8"));

const gas = Object.fromEntries(
  Object.entries(snapshot)
    .filter(([name]) => name.startsWith("second job, "))
    .map(([name, value]) => [name.slice("second job, ".length), value]),
);

if (json) {
  console.log(JSON.stringify({ inference, secondJobGas: gas }));
} else {
  for (const [name, value] of Object.entries(inference)) console.log(`  ${name.padEnd(24)}${value}`);
  for (const [output, { request, claim, finalise, total }] of Object.entries(gas)) {
    console.log(
      `  gas, output of ${output.padEnd(9)}${total} = request ${request} + claim ${claim} + finalise ${finalise}`,
    );
  }
}
