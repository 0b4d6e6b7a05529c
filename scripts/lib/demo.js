// scripts/demo: one paid answer, told as it happens.
import { chmodSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Contract, ContractFactory, Wallet, formatEther, getBytes, parseEther } from "ethers";

import { artifact } from "./deployment.js";
import { Network, NetworkFailure, endingWith } from "./network.js";

const ROOT = resolve(import.meta.dirname, "../..");
const DIRECTORY = join(ROOT, "target/demo");
const MODEL = join(ROOT, "example-models/models/volatility.onnx");

const WINDOW = 32; // returns that the model looks at
const CALLBACK_GAS = 120_000;
const BAND = "volatility=0,2e-6"; // what opg model calibrate proposes
const ROYALTY = "0.25"; // amounts in $OPG
const WORKERS = [
  { name: "alice", price: "1" },
  { name: "bob", price: "1.5" },
];
const MAX_FEE = "3";
const BOND_LIMIT = "500";
const STAKE = "2000";

const keep = process.argv.includes("--keep");
const json = process.argv.includes("--json");
const say = (line) => (json ? process.stderr : process.stdout).write(`${line}\n`);
const began = performance.now();
const seconds = () => Number(((performance.now() - began) / 1000).toFixed(1));

let step = 0;
const tell = (title, ...details) => {
  say(`\n${++step}. ${title}  (${seconds()} s)`);
  for (const detail of details) say(`   ${detail}`);
};

const network = new Network(DIRECTORY);
const stop = endingWith(network);
network.onDeath = (failure) => fail(failure);

let failed = false;
async function fail(error) {
  if (failed) return;
  failed = true;
  say(`\nThe demo failed: ${error instanceof NetworkFailure ? error.message : (error.stack ?? error)}`);
  say(`Logs of all processes: ${join(DIRECTORY, "logs")}`);
  await stop(1);
}

try {
  const contracts = await startChain();
  const owner = await startStore();
  const version = await registerModel(owner);
  await Promise.all(WORKERS.map((worker) => startWorker(version, worker)));
  const consumer = await deployConsumer(contracts, version);
  const answer = await askAndFollow(contracts, version, consumer);
  if (keep) await explainWhatToTry(consumer);
  if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (keep) {
    say("\nThe network runs until Ctrl-C.");
  } else {
    await stop(0);
  }
} catch (error) {
  await fail(error);
}

async function startChain() {
  await network.startChain();
  const treasury = await network.provider.getSigner(0);
  const deployment = await network.deploy("local");
  const at = (name, role) => new Contract(deployment[role], artifact(name).abi, treasury);
  tell(
    "A chain, and the contracts on it",
    `Hardhat's node at ${network.rpc}, chain id ${deployment.chainId}`,
    `$OPG ${deployment.token}`,
    `models ${deployment.models}, workers ${deployment.workers}, market ${deployment.market}`,
  );
  return {
    treasury,
    deployment,
    token: at("OPG", "token"),
    models: at("ModelRegistry", "models"),
    workers: at("WorkerRegistry", "workers"),
    parameterSets: at("ParameterSets", "parameterSets"),
    market: at("InferenceMarket", "market"),
  };
}

async function startStore() {
  const [gateway, rpc] = await network.ports(2);
  const { folder } = await network.fundedParty("owner", { "store.gateway-port": gateway, "store.rpc-port": rpc });
  await network.startStore(folder, rpc);
  network.store = `gateway:http://127.0.0.1:${gateway}`;
  tell(
    "A model store",
    `a trustless IPFS gateway at http://127.0.0.1:${gateway}, Kubo's RPC at http://127.0.0.1:${rpc}`,
  );
  return folder;
}

async function registerModel(owner) {
  const published = await network.opg(
    owner,
    "model",
    "publish",
    MODEL,
    "--name",
    "volatility",
    "--licence",
    "Apache-2.0",
    "--band",
    BAND,
  );
  const registered = await network.opg(owner, "model", "register", published.manifest, "--royalty", ROYALTY);
  tell(
    "A model, published and registered",
    "volatility.onnx: from the last 32 returns of a price to the volatility to expect",
    `manifest ${published.manifest}`,
    `program ${registered.programs[0]}: what a court would judge by`,
    `version ${registered.version}, royalty ${ROYALTY} OPG a job`,
  );
  return registered.version;
}

async function startWorker(version, { name, price }) {
  const [adminPort] = await network.ports(1);
  const cold = Wallet.createRandom().address;
  const { folder, address } = await network.fundedParty(name, {
    "store.sources": network.store,
    "admin.port": adminPort,
  });
  await network.opg(folder, "worker", "stake", STAKE, "--withdrawal", cold);
  await network.opg(folder, "worker", "serve", `${version}`, "--price", price, "--bond-limit", BOND_LIMIT);
  await network.startWorker(name, folder, adminPort);
  network.names = { ...network.names, [address]: name };
  tell(`Worker ${name}`, `${address}, ${STAKE} OPG staked, ${price} OPG a job; paid to ${cold}`);
}

async function deployConsumer({ treasury, token, market }, version) {
  const { abi, bytecode } = artifact("VolatilityFee");
  const consumer = await new ContractFactory(abi, bytecode, treasury).deploy(
    {
      market: market.target,
      token: token.target,
      owner: treasury.address,
      version,
      binding: 0,
      acceptUndisputable: false,
      callbackGas: CALLBACK_GAS,
      bond: 0,
    },
    WINDOW,
    { lowest: 500, highest: 10_000, perVolatility: 100_000 },
  );
  await consumer.waitForDeployment();
  await (await token.transfer(consumer, parseEther("100"))).wait();
  for (const value of returns()) await (await consumer.recordReturn(value)).wait();
  tell(
    "A contract that asks",
    `VolatilityFee at ${consumer.target}: it sets a swap fee by the volatility that the model expects`,
    `it has recorded ${WINDOW} returns, holds 100 OPG, and its fee is ${await consumer.fee()} millionths`,
  );
  return consumer;
}

/** Daily returns of a price that has become restless, 18 decimals. */
function returns() {
  return Array.from({ length: WINDOW }, (_, day) => {
    const size = 40n + 8n * BigInt(day); // hundredths of a percent
    return (day % 3 === 1 ? -size : size) * 10n ** 14n;
  });
}

async function askAndFollow({ market, parameterSets, token }, version, consumer) {
  const since = await network.provider.getBlockNumber();
  const requested = await (await consumer.requestVolatility(parseEther(MAX_FEE))).wait();
  const job = await consumer.pendingJob();
  tell(`The contract asks: job ${job}`, `${MAX_FEE} OPG in escrow; the next block's hash draws the worker`);

  const claim = await event(market, "JobClaimed", job, since);
  const { outputs } = await market.resultOf(job);
  const output = numbers(outputs[0].data);
  const worker = claim.args.worker;
  const window = Number((await parameterSets.marketParametersOf(1)).challengeWindow);
  tell(
    `${network.names[worker]} answers: ${output}`,
    `drawn among ${WORKERS.length}, run in ONNX Runtime, ${formatEther((await market.jobOf(job)).bond)} OPG bond locked behind it`,
    `provisional for ${window} s, in which it could be challenged`,
  );

  const finalised = await event(market, "JobFinalised", job, since);
  const { workerEarned, royaltyPaid, protocolFee } = finalised.args;
  const callbackOutput = numbers(await consumer.lastOutput());
  const spent = parseEther("100") - (await token.balanceOf(consumer)) - (await market.balanceOf(consumer));
  tell(
    `The contract is called back with ${callbackOutput}, and everybody is paid`,
    `its fee is now ${await consumer.fee()} millionths`,
    `it paid ${formatEther(spent)} OPG: worker ${formatEther(workerEarned)}, royalty ${formatEther(royaltyPaid)}, ` +
      `protocol ${formatEther(protocolFee)}, request fee ${formatEther(spent - workerEarned - royaltyPaid - protocolFee)} (to be burned)`,
  );
  if (output.join() !== callbackOutput.join())
    throw new NetworkFailure("The contract stored another answer than was claimed.");

  const gasOf = async (hash) => Number((await network.provider.getTransactionReceipt(hash)).gasUsed);
  const gas = {
    request: Number(requested.gasUsed),
    claim: await gasOf(claim.transactionHash),
    finalise: await gasOf(finalised.transactionHash),
  };
  say(`   gas: request ${gas.request}, claim ${gas.claim}, finalise with callback ${gas.finalise}`);
  return {
    model: version,
    job: Number(job),
    state: "finalised",
    worker,
    output,
    callbackOutput,
    workerEarned: formatEther(workerEarned),
    royaltyPaid: formatEther(royaltyPaid),
    gas,
    seconds: seconds(),
  };
}

/** A job's event, as soon as the chain has it. */
async function event(market, name, job, since) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const [found] = await market.queryFilter(market.filters[name](job), since);
    if (found) return found;
    await sleep(100);
  }
  throw new NetworkFailure(`Job ${job} had no ${name} within a minute.`);
}

/** The float32 numbers in big-endian bytes, as short as they can be written. */
function numbers(data) {
  const bytes = getBytes(data);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => shortest(view.getFloat32(4 * index)));
}

function shortest(value) {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

async function explainWhatToTry(consumer) {
  const { folder } = await network.fundedParty("requester", { "store.sources": network.store });
  writeFileSync(
    join(DIRECTORY, "returns.json"),
    `${JSON.stringify([returns().map((value) => Number(value) / 1e18)])}\n`,
  );
  const script = (name, command) => {
    const path = join(DIRECTORY, "bin", name);
    writeFileSync(path, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(path, 0o755);
  };
  network.makeFolder("bin");
  script("opg", join(ROOT, "scripts/opg"));
  script(
    "faucet",
    `${process.execPath} ${join(ROOT, "scripts/lib/faucet.js")} ${network.rpc} ${join(DIRECTORY, "deployment.json")}`,
  );
  const environment = { OPG_DEMO: DIRECTORY, OPG_RPC: network.rpc, OPG_STORE: network.store };
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(
    join(DIRECTORY, "environment"),
    `${lines.join("\n")}\nexport PATH='${join(DIRECTORY, "bin")}':"$PATH"\n`,
  );
  say(`
Try next, in a second terminal:

  source ${join(DIRECTORY, "environment")}
  cd ${folder}
  opg model list
  opg model show 1
  opg job request 1 --input returns=@$OPG_DEMO/returns.json --max-fee 3
  opg job result 1
  opg worker status --config $OPG_DEMO/alice/opg.properties

docs/guide-dapp.md and docs/guide-operator.md go on from here. The consumer is ${consumer.target}.`);
}
