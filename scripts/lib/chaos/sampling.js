import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MILLISECONDS = 500;

/** Looks at the chain's clock and asks the worker how it is, again and again. */
export class Sampling {
  /** Each: real (milliseconds), time (of the chain), answers, troubles. */
  samples = [];
  #stopped = false;
  #running;

  constructor(world) {
    this.world = world;
  }

  begin() {
    this.#running = this.#run().catch((error) => {
      if (!this.world.provider.destroyed) throw error;
    });
  }

  async end() {
    this.#stopped = true;
    await this.#running;
  }

  async #run() {
    while (!this.#stopped) {
      this.samples.push(await this.#sample());
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  async #sample() {
    const real = Date.now();
    const { timestamp: time } = await this.world.provider.getBlock("latest");
    const watches = this.world.parties.watcher.isUp;
    try {
      const { troubles } = await this.world.workerStatus();
      return { real, time, answers: true, troubles, watches };
    } catch {
      return { real, time, answers: false, troubles: {}, watches };
    }
  }
}
