// scripts/bench dispute: disputes about real models, between real processes on a network of this machine.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Wallet } from "ethers";

import { runMain } from "./commandLine.js";
import { contractsOf } from "./deployment.js";
import { FAULTS } from "./disputeFaults.js";
import { DisputeShow } from "./disputeShow.js";
import { tables } from "./disputeTables.js";
import { MODELS } from "./exampleModels.js";
import { measuring } from "./measuring.js";
import { modelFile } from "./modelFiles.js";
import { namedCases } from "./namedCases.js";
import { Network } from "./network.js";
import { storedParty, storesOf } from "./storedParty.js";

const ROOT = resolve(import.meta.dirname, "../..");
const DIRECTORY = join(ROOT, "target/disputes");

// Its clocks are long enough for the largest models; what nobody needs of them is made to pass.
const PROFILE = "consortium";
const USUAL_MODELS = ["volatility", "digits", "mnist", "ultraface", "resnet50", "bert-base"];
const FUNDS = "200000"; // $OPG, for a bond lost in each dispute
const LIMITS = {
  "canonical.memory": "4GiB",
  "canonical.timeout": "10m",
  "inference.memory": "4GiB",
  "inference.timeout": "5m",
};

const HELP = "disputes.js [--json] [--only NAME,…] [--faults NAME,…]";
const OPTIONS = { json: { type: "boolean" }, only: { type: "string" }, faults: { type: "string" } };

const began = performance.now();
const tell = (line) => process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s  ${line}\n`);
let network;

await runMain({ help: HELP, options: OPTIONS }, async (values) => {
  const usual = MODELS.filter(({ name }) => USUAL_MODELS.includes(name));
  const models = namedCases("model", MODELS, values.only, usual);
  const faults = namedCases("fault", FAULTS, values.faults);
  network = new Network(join(DIRECTORY, "network"));
  return measuring(network, tell, async () => {
    const rows = await show(models, faults);
    const run = rows.filter(({ notRun }) => !notRun);
    process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : `${tables(run).join("\n\n")}\n`);
    for (const { model, notRun } of rows.filter(({ notRun }) => notRun)) tell(`NOT RUN: ${model}: ${notRun}`);
    const others = run.filter(({ expected, verdict }) => verdict !== expected);
    for (const { model, fault, verdict, expected, failure } of others) {
      tell(`FAILED: ${model}, ${fault}: ${failure ?? `${verdict} instead of ${expected}`}`);
    }
    tellAims(run);
    return others.length > 0 ? 1 : 0;
  });
});

/** A row for each case. */
async function show(models, faults) {
  const parties = await startNetwork();
  const rows = [];
  for (const model of models) {
    const { file, notRun } = modelFile(model, DIRECTORY, tell);
    if (notRun) {
      rows.push({ model: model.name, title: model.title, notRun });
      continue;
    }
    const show = new DisputeShow(network, model, file);
    await show.prepare(parties.owner, parties.worker);
    for (const fault of faults) {
      const row = await show.dispute(fault, parties);
      tell(told(row));
      rows.push(row);
      // What was measured is not lost with a run that is ended early.
      writeFileSync(join(DIRECTORY, "rows.json"), `${JSON.stringify(rows)}\n`);
    }
  }
  return rows;
}

async function startNetwork() {
  await network.startChain();
  network.contracts = contractsOf(await network.deploy(PROFILE), network.provider);
  // Owner, requester and worker have what others need: files, inputs, outputs.
  const stores = await storesOf(network, "owner", "requester", "worker");
  const reading = { "store.sources": stores.map(({ source }) => source).join(", ") };
  const [adminPort] = await network.ports(1);
  const owner = await storedParty(network, stores[0], reading);
  const requester = await storedParty(network, stores[1], reading);
  const worker = await storedParty(network, stores[2], { ...reading, ...LIMITS, "admin.port": adminPort });
  const watcher = await network.fundedParty("watcher", { ...reading, ...LIMITS });
  const falseChallenger = await network.fundedParty("false-challenger", reading);
  await network.fund(worker.address, FUNDS);
  await network.opg(worker.folder, "worker", "stake", FUNDS, "--withdrawal", Wallet.createRandom().address);
  await network.startWatcher("watcher", watcher.folder);
  return { owner, requester, falseChallenger, worker: { ...worker, adminPort } };
}

function told({ model, fault, expected, verdict, refutation, alternations, gas, largest, seconds, failure }) {
  if (failure) return `${model}, ${fault}: ${failure}  (${seconds} s)`;
  const asExpected = verdict === expected ? "as expected" : `and not ${expected}`;
  const by = refutation ? ` by ${refutation.by}` : "";
  return `${model}, ${fault}: ${verdict}${by}, ${asExpected}; ${alternations} alternations, ${gas.total} gas, at most ${largest.gas} in one transaction  (${seconds} s)`;
}

function tellAims(rows) {
  const greatest = (what, of) => {
    const [row] = rows.filter((row) => row.gas).sort((one, other) => of(other) - of(one));
    if (row) tell(`${what}: at most ${of(row)} (${row.model}, ${row.fault})`);
  };
  greatest("Gas of a dispute, aim 3,000,000", ({ gas }) => gas.total);
  greatest("Gas of a transaction, aim 2,000,000", ({ largest }) => largest.gas);
  greatest("Alternations, aim 8", ({ alternations }) => alternations);
}
