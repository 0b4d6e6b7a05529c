import { setTimeout as sleep } from "node:timers/promises";
import { toQuantity } from "ethers";

const PACE = 1_000; // milliseconds of ours a block, while somebody has something to do
const LATEST = 600; // blocks to wait for something

/** A chain's blocks, each so many seconds after the one before, whatever time it is. */
export class Blocks {
  #mining = Promise.resolve();
  #stopped = true;

  /** @param seconds from one block to the next */
  constructor(provider, seconds) {
    this.provider = provider;
    this.seconds = seconds;
  }

  /** From now on blocks are mined here. */
  async begin() {
    await this.provider.send("evm_setIntervalMining", [0]);
    await this.provider.send("evm_setAutomine", [false]);
    this.#resume();
  }

  /** From now on each transaction has a block of its own again. */
  async end() {
    await this.#pause();
    await this.provider.send("evm_setAutomine", [true]);
    await this.provider.send("evm_setIntervalMining", [1_000]);
  }

  /** Does something before the next block. */
  async before(action) {
    await this.#pause();
    try {
      return await action();
    } finally {
      this.#resume();
    }
  }

  number() {
    return this.provider.getBlockNumber();
  }

  /** Passes blocks in which nobody has anything to do, up to the last one before an instant. */
  skipTo(instant) {
    return this.before(async () => {
      const { timestamp } = await this.provider.getBlock("latest");
      const count = Math.floor((instant - 1 - timestamp) / this.seconds);
      if (count > 0) await this.provider.send("hardhat_mine", [toQuantity(count), toQuantity(this.seconds)]);
    });
  }

  /** Waits for a number of blocks. */
  async pass(count) {
    const last = (await this.number()) + count;
    await this.until(async () => (await this.number()) >= last);
  }

  /** Waits until something holds. */
  async until(condition) {
    const last = (await this.number()) + LATEST;
    while (!(await condition())) {
      if ((await this.number()) > last) throw new Error(`${LATEST} blocks were not enough`);
      await sleep(100);
    }
  }

  /** Waits for an event. */
  async event(contract, filter) {
    let found;
    await this.until(async () => {
      [found] = await contract.queryFilter(filter);
      return found !== undefined;
    });
    return found;
  }

  async #pause() {
    this.#stopped = true;
    await this.#mining;
  }

  #resume() {
    this.#stopped = false;
    this.#mining = (async () => {
      while (!this.#stopped) {
        const { timestamp } = await this.provider.getBlock("latest");
        await this.provider.send("evm_mine", [timestamp + this.seconds]);
        await sleep(PACE);
      }
    })();
  }
}
