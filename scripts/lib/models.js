// scripts/bench models: real models, from an ONNX file to a judged answer on a network of this machine.
import { join, resolve } from "node:path";
import { Wallet } from "ethers";

import { runMain } from "./commandLine.js";
import { MODELS } from "./exampleModels.js";
import { measuring } from "./measuring.js";
import { modelFile } from "./modelFiles.js";
import { ModelShow } from "./modelShow.js";
import { tables } from "./modelTables.js";
import { namedCases } from "./namedCases.js";
import { Network } from "./network.js";
import { profile } from "./parameters.js";
import { storedParty, storesOf } from "./storedParty.js";

const ROOT = resolve(import.meta.dirname, "../..");
const DIRECTORY = join(ROOT, "target/models");

const PROFILE = "local";
const STAKE = "2000"; // $OPG
const WORKER = "worker";
const LIMITS = {
  "canonical.memory": "6GiB",
  "canonical.timeout": "10m",
  "inference.memory": "4GiB",
  "inference.timeout": "5m",
};

const HELP = "models.js [--json] [--only NAME,…]";
const OPTIONS = { json: { type: "boolean" }, only: { type: "string" } };

const began = performance.now();
const tell = (line) => process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s  ${line}\n`);
let network;

await runMain({ help: HELP, options: OPTIONS }, async ({ json, only }) => {
  const models = namedCases("model", MODELS, only);
  network = new Network(join(DIRECTORY, "network"));
  return measuring(network, tell, async () => {
    const rows = await show(models);
    const run = rows.filter(({ notRun }) => !notRun);
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : `${tables(run).join("\n\n")}\n`);
    for (const { model, notRun } of rows.filter(({ notRun }) => notRun)) tell(`NOT RUN: ${model}: ${notRun}`);
    const failures = run.flatMap(({ model, failures }) => failures.map((reason) => `FAILED: ${model}: ${reason}`));
    failures.forEach(tell);
    return failures.length > 0 ? 1 : 0;
  });
});

/** The rows, in the order of the models. */
async function show(models) {
  await network.startChain();
  await network.deploy(PROFILE);
  network.challengeWindow = profile(PROFILE).market.challengeWindow;
  // Owner, requester and worker have what others need: files, inputs, outputs.
  const stores = await storesOf(network, "owner", "requester", WORKER);
  const sources = stores.map(({ source }) => source).join(", ");
  const [owner, requester] = [await party(stores[0], sources), await party(stores[1], sources)];
  const watcher = await network.party("watcher", { "store.sources": sources });

  const rows = [];
  const shows = [];
  for (const model of models) {
    const { file, notRun } = modelFile(model, DIRECTORY, tell);
    if (notRun) {
      rows.push({ model: model.name, title: model.title, notRun });
      continue;
    }
    const each = new ModelShow(network, model, file, tell);
    rows.push(each.row);
    shows.push(each);
    await each.measure(owner);
    await each.register(owner);
  }
  await startWorker(shows, stores[2], sources);
  for (const each of shows) await each.ask({ requester, watcher: watcher.folder, workerName: WORKER });
  return rows;
}

/** The folder of a party whose store others can read. */
async function party(store, sources, settings = {}) {
  return (await storedParty(network, store, { "store.sources": sources, ...settings })).folder;
}

async function startWorker(shows, store, sources) {
  const [port] = await network.ports(1);
  const folder = await party(store, sources, { "admin.port": port, ...LIMITS });
  await network.opg(folder, "worker", "stake", STAKE, "--withdrawal", Wallet.createRandom().address);
  for (const each of shows) await each.offer(folder);
  await network.startWorker(WORKER, folder, port);
}
