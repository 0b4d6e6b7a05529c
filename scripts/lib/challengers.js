// scripts/bench challengers: crowds of false challengers of right claims, against a real worker.
import { join, resolve } from "node:path";
import { Wallet, formatEther } from "ethers";

import { Blocks } from "./blocks.js";
import { runMain } from "./commandLine.js";
import { Crowd } from "./crowd.js";
import { contractsOf } from "./deployment.js";
import { MODELS } from "./exampleModels.js";
import { table } from "./markdown.js";
import { measuring } from "./measuring.js";
import { modelFile } from "./modelFiles.js";
import { Network } from "./network.js";
import { NetworkModel } from "./networkModel.js";
import { profile } from "./parameters.js";
import { storedParty, storesOf } from "./storedParty.js";

const ROOT = resolve(import.meta.dirname, "../..");
const DIRECTORY = join(ROOT, "target/challengers");

const CROWDS = [1, 50, 500];
const PROFILE = "consortium";
const BLOCK_SECONDS = 12;
/** How many blocks before their clocks run out they ask: as many as all their questions may need. */
const MARGIN = 5;
const STAKE = "20000"; // amounts in $OPG
const BOND_LIMIT = "5000";
/** Several hundred nodes, so that there is much to ask for. */
const MODEL = MODELS.find(({ name }) => name === "lstm");

const HELP = "challengers.js [--json]";
const OPTIONS = { json: { type: "boolean" } };

const began = performance.now();
const tell = (line) => process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s  ${line}\n`);
let network;

await runMain({ help: HELP, options: OPTIONS }, async ({ json }) => {
  network = new Network(DIRECTORY);
  return measuring(network, tell, async () => {
    const scene = await setUp();
    const rows = [];
    for (const size of CROWDS) {
      rows.push(await challengedBy(scene, size));
      tell(JSON.stringify(rows.at(-1)));
    }
    process.stdout.write(`${json ? JSON.stringify(rows) : tableOf(rows)}\n`);
    return rows.every(({ verdict, workerGained }) => verdict === "upheld" && Number(workerGained) > 0) ? 0 : 1;
  });
});

/** A network with an honest worker that serves a model of several hundred nodes. */
async function setUp() {
  await network.startChain();
  const { treasury } = network;
  const contracts = contractsOf(await network.deploy(PROFILE), treasury);

  const [store] = await storesOf(network, "owner");
  const owner = await storedParty(network, store);
  const model = new NetworkModel(network, MODEL, modelFile(MODEL, DIRECTORY, tell).file);
  const sources = { "store.sources": store.source };
  const requester = await network.fundedParty("requester", sources);
  const [port] = await network.ports(1);
  const worker = await network.fundedParty("worker", { ...sources, "admin.port": port });
  await network.fund(worker.address, STAKE);
  const cold = Wallet.createRandom().address;
  await network.opg(worker.folder, "worker", "stake", STAKE, "--withdrawal", cold);
  await model.prepare(owner.folder, worker.folder, BOND_LIMIT);
  const { nodes } = await model.opg(owner.folder, "lower", ...model.sizes);
  await network.startWorker("worker", worker.folder, port);
  const blocks = new Blocks(network.provider, BLOCK_SECONDS);
  return { contracts, treasury, model, nodes, requester, worker, cold, blocks };
}

/** A right claim, and false challenges of it that take as long as they may. */
async function challengedBy(scene, size) {
  const { contracts, treasury, model, nodes, requester, blocks } = scene;
  const { market, court } = contracts;
  const crowd = await Crowd.of(size, { treasury, contracts, nodes });
  await blocks.begin();
  try {
    const before = await wealth(scene);
    const { job } = await model.request(requester.folder);
    const claimed = await blocks.event(market, market.filters.JobClaimed(job));
    tell(`${size} false challengers: job ${job} is claimed`);

    await crowd.commit(job, blocks);
    await crowd.open(blocks);
    const asserted = await blocks.event(court, court.filters.TraceAsserted(job));
    const { challengerClock } = profile(PROFILE).court;
    const assertedAt = (await asserted.getBlock()).timestamp;
    await blocks.skipTo(assertedAt + Number(challengerClock) - MARGIN * BLOCK_SECONDS);
    const askedAt = await blocks.number();
    const questions = await crowd.ask(blocks);
    await blocks.until(
      async () => (await court.queryFilter(court.filters.HashesRevealed(job), askedAt)).length === questions,
    );
    const answeredAt = await blocks.number();
    const settled = await blocks.event(court, court.filters.Settled(job));
    const finalised = await blocks.event(market, market.filters.JobFinalised(job));
    await blocks.pass(5); // in which the worker collects
    const after = await wealth(scene);
    return {
      challengers: size,
      verdict: Number(settled.args.stage) === 2 ? "upheld" : "refuted",
      questions,
      blocksToAnswer: answeredAt - askedAt,
      finalityBlocks: finalised.blockNumber - claimed.blockNumber,
      workerGained: formatEther(after.token - before.token),
      workerCoinGained: formatEther(after.coin - before.coin),
      challengersLost: formatEther(await crowd.lost()),
    };
  } finally {
    await blocks.end();
  }
}

/** What the worker has: with what contracts owe it. */
async function wealth({ contracts: { token, market, court }, worker, cold }) {
  const sum = async (amounts) => (await Promise.all(amounts)).reduce((total, amount) => total + amount, 0n);
  const owned = [worker.address, cold].flatMap((account) => [
    token.balanceOf(account),
    market.balanceOf(account),
    court.balanceOf(account),
  ]);
  return {
    token: await sum(owned),
    coin: await sum([network.provider.getBalance(worker.address), court.coinOf(worker.address)]),
  };
}

function tableOf(rows) {
  return table(
    ["false challengers", "verdict", "questions", "answered in", "final after", "worker gains", "in coin", "they lose"],
    rows.map((row) => [
      row.challengers,
      row.verdict,
      row.questions,
      `${row.blocksToAnswer} blocks`,
      `${row.finalityBlocks} blocks`,
      `${row.workerGained} OPG`,
      row.workerCoinGained,
      `${row.challengersLost} OPG`,
    ]),
  );
}
