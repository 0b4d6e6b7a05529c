import { setTimeout as sleep } from "node:timers/promises";

const BLOCK_SECONDS = 1;
const PACE_MILLISECONDS = 1_000;
const LOOK_MILLISECONDS = 250;

/** The longest that one block waits for processes that are starting. */
const LONGEST_WAIT_MILLISECONDS = 15_000;

/**
 * Mines a block a second, by a clock that is the chain's own: while processes start it goes slower, since how long a start takes says more of the
 * machine than of the process. Whatever else is done to the chain takes a turn between two blocks.
 */
export class Clock {
  #turn = Promise.resolve();
  #stopped = false;
  #running;

  /** @param isStarting whether some process is not up yet */
  constructor(provider, isStarting) {
    this.provider = provider;
    this.isStarting = isStarting;
  }

  async begin() {
    await this.provider.send("evm_setAutomine", [false]);
    await this.provider.send("evm_setIntervalMining", [0]);
    this.#running = this.#run().catch((error) => {
      // Whoever ends the run early ends the chain first.
      if (!this.provider.destroyed) throw error;
    });
  }

  async end() {
    this.#stopped = true;
    await this.#running;
  }

  /** Does something while no block is mined; one thing at a time. */
  take(action) {
    const turn = this.#turn.then(action);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Lets time pass by a block that comes some seconds later. To be called within a turn. */
  async jump(seconds) {
    await this.#mine(seconds);
  }

  /** Takes the newest blocks back, and has as many others and one more come instead. To be called within a turn. */
  async reorganise(depth, meanwhile) {
    const snapshot = await this.provider.send("evm_snapshot", []);
    await meanwhile();
    for (let block = 0; block < depth; block++) {
      await this.#mine(BLOCK_SECONDS);
      await sleep(PACE_MILLISECONDS);
    }
    await this.provider.send("evm_revert", [snapshot]);
    // At other times than before, so that the blocks are others whatever is in them.
    for (let block = 0; block <= depth; block++) await this.#mine(BLOCK_SECONDS + 1);
  }

  async #run() {
    while (!this.#stopped) {
      await sleep(PACE_MILLISECONDS);
      for (
        let waited = 0;
        waited < LONGEST_WAIT_MILLISECONDS && (await this.isStarting());
        waited += LOOK_MILLISECONDS
      ) {
        await sleep(LOOK_MILLISECONDS);
      }
      await this.take(() => this.#mine(BLOCK_SECONDS));
    }
  }

  async #mine(seconds) {
    const { timestamp } = await this.provider.getBlock("latest");
    await this.provider.send("evm_mine", [timestamp + seconds]);
  }
}
