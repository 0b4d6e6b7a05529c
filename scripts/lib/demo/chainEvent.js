import { setTimeout as sleep } from "node:timers/promises";

import { NetworkFailure } from "../network.js";

/** The longest that a worker may take, on a machine that has much else to do. */
const PATIENCE_MILLISECONDS = 300_000;

/** A job's event in a contract, as soon as the chain has it. */
export async function chainEvent(contract, name, job, since) {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < deadline) {
    const [found] = await contract.queryFilter(contract.filters[name](job), since);
    if (found) return found;
    await sleep(100);
  }
  throw new NetworkFailure(`Job ${job} had no ${name} within five minutes.`);
}
