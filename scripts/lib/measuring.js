import { endingWith } from "./network.js";

/** Measures on a network and ends it; gives the exit status: the action's, or 1 if something failed. A process that dies ends the measurement. */
export async function measuring(network, tell, action) {
  const stop = endingWith(network);
  const fail = async (error) => {
    tell(`The measurement failed: ${error.stack ?? error}`);
    await stop(1);
  };
  network.onDeath = fail;
  try {
    const status = await action();
    await network.stop();
    return status;
  } catch (error) {
    return fail(error);
  }
}
