// After the last fault: everything comes to its end, and how soon.
import { setTimeout as sleep } from "node:timers/promises";

import { OVER, STATES } from "./chainRecord.js";

/** So many blocks are enough, however late the last fault came. */
export const BOUND = 900;

const LOOK_MILLISECONDS = 1_000;
const UNCLAIMED = new Set(["requested", "open", "leased"]);

/** Seconds by which the chain's clock is put on at each look once all that is left is to wait. */
const STEP = 20;

/** Waits until all jobs are over and what the worker owes is done. Gives bound, blocks and how many jobs are open nevertheless. */
export async function settle(world, clock, since, tell) {
  const { provider, contracts } = world;
  const first = await provider.getBlockNumber();
  const open = await jobsSince(contracts.market, since);
  let told = Infinity;
  for (;;) {
    const [head, states] = [await provider.getBlock("latest"), []];
    for (const id of [...open]) {
      const { state, phaseEnd, lastDeadline } = await contracts.market.jobOf(id);
      const name = STATES[Number(state)];
      if (OVER.has(name)) open.delete(id);
      else states.push({ id, state: name, phaseEnd: Number(phaseEnd), lastDeadline: Number(lastDeadline) });
    }
    const blocks = head.number - first;
    if (open.size === 0 && (await isIdle(world))) return { bound: BOUND, blocks, open: 0 };
    if (blocks > BOUND) return { bound: BOUND, blocks, open: open.size, left: states };
    if (open.size < told - 9 || open.size === 0) tell(`${(told = open.size)} jobs are open`);
    const expired = states.filter(({ state, lastDeadline }) => UNCLAIMED.has(state) && lastDeadline <= head.timestamp);
    for (const { id } of expired) await contracts.market.expire(id, { gasLimit: 500_000 });
    // Once nobody has a move to make, the rest of windows and deadlines may pass faster.
    const anythingToDo = states.some(
      ({ state, phaseEnd }) => state === "frozen" || (state === "claimed" && phaseEnd <= head.timestamp),
    );
    if (!anythingToDo && blocks > 60) await clock.take(() => clock.jump(STEP));
    await sleep(LOOK_MILLISECONDS);
  }
}

async function jobsSince(market, since) {
  const events = await market.queryFilter("JobRequested", since);
  return new Set(events.map(({ args }) => args.job));
}

/** Whether the worker has nothing open any more. */
async function isIdle(world) {
  try {
    const { busy, openJobs, troubles } = await world.workerStatus();
    return busy === 0 && Object.keys(openJobs).length === 0 && Object.keys(troubles).length === 0;
  } catch {
    return false;
  }
}
