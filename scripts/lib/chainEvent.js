import { setTimeout as sleep } from "node:timers/promises";

import { NetworkFailure } from "./network.js";

/** The longest that a worker may take for a small model, on a machine that has much else to do. */
const USUAL_PATIENCE = 5;

/**
 * A job's event in a contract, as soon as the chain has it.
 *
 * @param since the first block that may have it
 * @param minutes to wait for it
 */
export async function chainEvent(contract, name, job, since, minutes = USUAL_PATIENCE) {
  const deadline = Date.now() + minutes * 60_000;
  while (Date.now() < deadline) {
    const [found] = await contract.queryFilter(contract.filters[name](job), since);
    if (found) return found;
    await sleep(100);
  }
  throw new NetworkFailure(`Job ${job} had no ${name} within ${minutes} minutes.`);
}
