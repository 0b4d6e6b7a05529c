// A validator without the plugin: it stands still where the others call the precompile, and goes on once it has it.
import { setTimeout as sleep } from "node:timers/promises";

import { NetworkFailure } from "../processes.js";

/** Blocks that the others are ahead by then, and how long a node must stand still meanwhile. */
const AHEAD = 5;
const STILL_MILLISECONDS = 10_000;

/** Makes sure that the validator of this number stands still; gives the number of the block at which it does. */
export async function stalls(chain, number, telling) {
  const straggler = chain.nodes[number - 1];
  const [other] = chain.nodes;
  const stands = await straggler.provider.getBlockNumber();
  await sleep(STILL_MILLISECONDS);
  const [now, ahead] = await Promise.all([straggler.provider.getBlockNumber(), other.provider.getBlockNumber()]);
  if (now !== stands || ahead < stands + AHEAD) {
    throw new NetworkFailure(
      `${straggler.name} has no plugin, but is at block ${now}, as ${other.name} is at ${ahead}`,
    );
  }
  telling.tell(
    `${straggler.name}, without the plugin, stands still`,
    `at block ${stands}; ${other.name} is at ${ahead}`,
  );
  return stands;
}

/** Gives it the plugin, starts it anew, and waits until it is where the others were then. */
export async function catchesUp(chain, number, telling) {
  const straggler = chain.nodes[number - 1];
  const goal = await chain.nodes[0].provider.getBlockNumber();
  await chain.end(straggler.name);
  chain.givePlugin(straggler);
  chain.startNode(straggler);
  await chain.untilBlock(straggler, goal);
  telling.tell(`${straggler.name} has the plugin now, and has caught up`, `block ${goal}`);
}
