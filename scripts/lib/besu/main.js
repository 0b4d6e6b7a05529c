// scripts/besu: a chain of Besu's nodes, and a paid answer and a dispute on it.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { UsageError, runMain } from "../commandLine.js";
import { WORKERS, paidAnswer } from "../demo/paidAnswer.js";
import { DemoStage } from "../demo/stage.js";
import { Telling } from "../demo/telling.js";
import { convicted, liar } from "../demo/trial.js";
import { endingWith } from "../network.js";
import { NetworkFailure } from "../processes.js";
import { BesuChain } from "./chain.js";
import { BesuNetwork } from "./network.js";
import { Running } from "./running.js";
import { starts } from "./starts.js";
import { catchesUp, stalls } from "./straggler.js";
import { traced } from "./traced.js";

const ROOT = resolve(import.meta.dirname, "../../..");
const DIRECTORY = join(ROOT, "target/besu");
const PLUGIN = join(ROOT, "besu-plugin/target/besu-plugin-0.1.0.jar");
const PROFILES = join(import.meta.dirname, "profiles.json");
const PROFILE = "rehearsal";
const NOT_RUN = 77;

const HELP = `scripts/besu [--validators 1|4] [--without-plugin N | --no-plugin] [--keep] [--check] [--json]
scripts/besu --starts [--check] [--json]
scripts/besu --help

Starts a QBFT network of Besu's nodes on loopback, on free ports, from the distribution that BESU_HOME names, with the precompile's plugin in each node.
Deploys the contracts, with the precompile chosen by probe; has a contract ask a model and a worker answer and be paid; then, with contracts of
their own, has a worker lie and a watcher convict it in court. All nodes must have the same blocks and states at the end. Logs and data: target/besu.

  --validators N      1 (default) or 4
  --without-plugin N  of four: validator N (2 to 4) has no plugin. It stands still from the first call of the precompile on; then it is given the
                      plugin, and has to catch up with the others
  --no-plugin         no node has it: the contracts compute, as on any other chain
  --starts            no job: one validator after the other that must refuse to start, for its genesis file has another spec version, no account for the
                      precompile or an impossible activation block, or for two copies of the plugin; and one whose precompile becomes active later
  --keep              leave the nodes running until Ctrl-C
  --check             one line that says whether it passed; where BESU_HOME is not set, that it was not run
  --json              one JSON line on standard output at the end, everything else on standard error

exit status: 0 passed, 1 failed, 2 wrong arguments or nothing to run, 77 not run (--check without BESU_HOME)`;

const OPTIONS = {
  validators: { type: "string", default: "1" },
  "without-plugin": { type: "string" },
  "no-plugin": { type: "boolean", default: false },
  starts: { type: "boolean", default: false },
  keep: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
};

await runMain({ help: HELP, options: OPTIONS }, async (options) => {
  const chosen = chosenFrom(options);
  const home = process.env.BESU_HOME;
  if (!home) {
    const line = "BESU_HOME is not set: it names the folder of a Besu distribution, with bin/besu in it";
    if (!options.check) throw new UsageError(line);
    console.log(`NOT RUN: ${line}`);
    return NOT_RUN;
  }
  const outcome = await rehearse(home, chosen, options);
  if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  else if (options.check) console.log(outcome.passed ? "passed" : `FAILED: ${outcome.failure}`);
  return outcome.passed ? 0 : 1;
});

function chosenFrom(options) {
  const count = Number(options.validators);
  if (![1, 4].includes(count)) throw new UsageError("--validators is 1 or 4");
  const without = options["without-plugin"] === undefined ? undefined : Number(options["without-plugin"]);
  if (without !== undefined && !(count === 4 && [2, 3, 4].includes(without))) {
    throw new UsageError("--without-plugin is 2, 3 or 4, with --validators 4: three others have to go on");
  }
  if (without !== undefined && options["no-plugin"])
    throw new UsageError("--without-plugin and --no-plugin exclude each other");
  if (options.starts && (count !== 1 || options["no-plugin"] || options.keep)) {
    throw new UsageError("--starts is about one validator with the plugin, and leaves none running");
  }
  return { count, without, plugin: options["no-plugin"] ? undefined : PLUGIN, isAboutStarts: options.starts };
}

async function rehearse(home, chosen, { json, check, keep }) {
  const telling = new Telling(json || check ? process.stderr : process.stdout);
  const running = new Running();
  endingWith(running);
  const died = new Promise((_, fail) => (running.onDeath = fail));
  died.catch(() => {}); // told below, if it comes to that
  const outcome = { passed: false, validators: chosen.count };
  try {
    await Promise.race([died, play(running, telling, { home, ...chosen }, outcome)]);
    outcome.passed = true;
    if (keep) {
      telling.say(`\nThe nodes run until Ctrl-C: ${running.chain.nodes.map(({ rpc }) => rpc).join(", ")}`);
      await died;
    }
  } catch (error) {
    outcome.failure = error instanceof NetworkFailure ? error.message : (error.stack ?? String(error));
    telling.say(`\nFailed: ${outcome.failure}\nLogs: ${DIRECTORY}/*/logs`);
  }
  await running.stop();
  return { ...outcome, seconds: telling.seconds };
}

async function play(running, telling, { home, count, without, plugin, isAboutStarts }, outcome) {
  if (plugin !== undefined && !existsSync(plugin)) {
    throw new NetworkFailure(`there is no ${plugin}: build it with mvn package, or take --no-plugin`);
  }
  if (isAboutStarts) {
    Object.assign(outcome, await starts(running, telling, DIRECTORY, { home, plugin }));
    return;
  }
  const chain = running.add(new BesuChain(join(DIRECTORY, "chain"), { home, plugin, count, without }));
  await chain.start();
  const [{ provider }] = chain.nodes;
  outcome.client = await provider.send("web3_clientVersion", []);
  telling.tell(
    `${count === 1 ? "A validator" : `${count} validators`} of Besu's`,
    outcome.client,
    ...chain.nodes.map(({ name, rpc }) => `${name} at ${rpc}${chain.hasPlugin(name) ? "" : ", without the plugin"}`),
  );

  const show = async (folder, workers, play) => {
    const canon = plugin === undefined ? "contracts" : "precompile";
    const network = running.add(new BesuNetwork(join(DIRECTORY, folder), chain, { profiles: PROFILES, canon }));
    const stage = new DemoStage(network, telling, PROFILE);
    await stage.start(workers);
    const played = await play(stage);
    await network.stop();
    const { canon: address, canonKind } = network.deployment;
    return { canon: address, canonKind, ...played };
  };
  outcome.job = await show("job", WORKERS, paidAnswer);
  outcome.dispute = await show("dispute", [liar("longest-fold")], convicted);
  if (outcome.dispute.verdict !== "refuted") throw new NetworkFailure(`the claim is ${outcome.dispute.verdict}`);
  outcome.traced = await traced(chain, telling, outcome.dispute);

  if (without !== undefined) {
    outcome.stalledAt = await stalls(chain, without, telling);
    await catchesUp(chain, without, telling);
  }
  outcome.agreement = await agreed(chain, telling);
}

/** All nodes have the same newest block that all of them have, with the same state. */
async function agreed(chain, telling) {
  const heads = await Promise.all(chain.nodes.map(({ provider }) => provider.getBlockNumber()));
  const agreement = await chain.agreement(Math.min(...heads));
  const { number, hashes, stateRoots } = agreement;
  if (hashes.length !== 1 || stateRoots.length !== 1) {
    throw new NetworkFailure(
      `the nodes disagree about block ${number}: ${hashes.join(", ")}; states ${stateRoots.join(", ")}`,
    );
  }
  telling.tell(`All nodes agree on block ${number}`, `hash ${hashes[0]}`, `state ${stateRoots[0]}`);
  return agreement;
}
