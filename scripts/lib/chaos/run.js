// One run: faults and requests by plan, then peace, then the chain, the journal and the samples are read.
import { setTimeout as sleep } from "node:timers/promises";

import { CommandFailure } from "../network.js";
import { readChain } from "./chainRecord.js";
import { Clock } from "./clock.js";
import { Injector } from "./injector.js";
import { defectsIn, readJournal } from "./journalRecord.js";
import { Requests } from "./requests.js";
import { Sampling } from "./sampling.js";
import { settle } from "./settlement.js";
import { CONFIRMATIONS } from "./world.js";

const TELL_SECONDS = 30;

/** Plays a plan on a world that has started; gives the facts that invariants are checked by. */
export async function play(world, plan, seed, tell) {
  const { provider } = world;
  const since = (await provider.getBlockNumber()) + 1;
  const clock = new Clock(provider, () => world.isStarting());
  await clock.begin();
  const requests = new Requests(world, seed);
  const injector = new Injector(world, clock, () => requests.send({ input: 0, isDear: false }));
  const sampling = new Sampling(world);
  sampling.begin();
  await follow(plan, injector, clock, requests, tell);
  await injector.end();
  await reviveAll(world);
  tell(`peace: ${injector.injected.length} faults so far`);
  const settlement = await settle(world, clock, since, tell);
  await sampling.end();
  const stoppedAt = await provider.getBlockNumber();
  await world.parties.worker.stop();
  await world.parties.watcher.stop();
  await clock.end();
  const chain = { ...(await readChain(world, since)), stoppedAt };
  tell("the canonical answers are computed");
  const judged = await judge(world, chain.jobs);
  return {
    worker: world.worker.address,
    confirmations: CONFIRMATIONS,
    chain,
    journal: readJournal(world.worker.folder),
    samples: sampling.samples,
    injected: injector.injected,
    skipped: injector.skipped,
    seconds: injector.seconds,
    proxies: await Promise.all(world.proxies.map((proxy) => proxy.tell("counts"))),
    gateway: world.gateway.counts,
    ends: Object.values(world.parties).flatMap(({ ends }) => ends),
    restarts: Object.values(world.parties).reduce((sum, { starts }) => sum + starts, 0),
    defects: ["worker", "watcher", "owner-store"].flatMap((name) => defectsIn(world.network.logOf(name))),
    requested: requests.count,
    settlement,
    judged,
  };
}

/** Does what the plan says when it says it. */
async function follow({ faults, requests: asked }, injector, clock, requests, tell) {
  const began = performance.now();
  const due = [
    ...faults.map((fault) => ({ at: fault.at, act: () => injector.begin(fault) })),
    // Not while blocks are taken back.
    ...asked.map((request) => ({ at: request.at, act: () => injector.ask(() => requests.send(request)) })),
  ].sort((one, other) => one.at - other.at);
  let told = 0;
  for (const { at, act } of due) {
    await sleep(Math.max(0, at * 1_000 - (performance.now() - began)));
    act();
    if (at >= told + TELL_SECONDS) {
      told = at;
      tell(`${requests.count} requests, ${injector.injected.length} faults`);
    }
  }
  await clock.take(() => {});
}

/** Nobody stays away. */
async function reviveAll({ parties }) {
  for (const party of Object.values(parties)) {
    if (!party.isRunning) await party.start();
  }
}

/** The canonical output for each input that was asked about: by the hash of the inputs. */
async function judge(world, jobs) {
  const judged = new Map();
  for (const job of jobs) {
    // A refuted claim is no answer any more, and nobody reproduces it.
    if (job.state !== "finalised" || judged.has(job.inputsHash)) continue;
    judged.set(job.inputsHash, await canonicalOutput(world, job.id));
  }
  return judged;
}

async function canonicalOutput({ network, owner }, job) {
  try {
    return numbersOf(await network.opg(owner.folder, "reproduce", `${job}`));
  } catch (failure) {
    // It ends with 1 where the claim is wrong.
    if (failure instanceof CommandFailure && failure.answer) return numbersOf(failure.answer);
    throw failure;
  }
}

const numbersOf = ({ outputs }) => [outputs[0].canonical].flat(Infinity);
