// Carries a plan's faults out on a running world.
import { setTimeout as sleep } from "node:timers/promises";

/** What a second process with the worker's key has to be refused with: the journal, the key or the port is in use. */
const REFUSED = /OPG-\d+/;
const SECOND_MILLISECONDS = 120_000;

export class Injector {
  /** What was done, with when in chain time; and what could not be. */
  injected = [];
  skipped = [];
  /** How often a second worker was started, and how often it was refused. */
  seconds = { started: 0, refused: 0 };
  #busy = new Set();
  #lasting = new Set();
  #weather = [[], []];

  /** @param request makes a request that a reorganisation undoes */
  constructor(world, clock, request) {
    Object.assign(this, { world, clock, request });
  }

  /** Begins a fault; it ends by itself. */
  begin(fault) {
    const lasting = this.#inject(fault).catch((error) => this.skipped.push({ ...fault, why: error.message }));
    this.#lasting.add(lasting);
    lasting.finally(() => this.#lasting.delete(lasting));
  }

  /** Makes a request between two blocks, and not while some are taken back. */
  ask(request) {
    this.clock.take(request).catch((error) => this.skipped.push({ kind: "request", why: error.message }));
  }

  /** Waits until all faults are over, and has nothing fail any more. */
  async end() {
    await Promise.all(this.#lasting);
    for (const proxy of this.world.proxies) {
      await proxy.tell("alive");
      await proxy.tell("peace");
    }
    this.world.gateway.turn(undefined);
  }

  async #inject(fault) {
    const { world } = this;
    switch (fault.kind) {
      case "rpc-weather":
        return this.#during(
          fault,
          `weather-${fault.proxy}`,
          () => this.#blow(fault),
          () => this.#calm(fault),
        );
      case "rpc-dead":
        // One of them always lives.
        return this.#during(
          fault,
          "rpc-dead",
          () => world.proxies[fault.proxy].tell("dead"),
          () => world.proxies[fault.proxy].tell("alive"),
        );
      case "gateway":
        return this.#during(
          fault,
          "gateway",
          () => world.gateway.turn(fault.fault),
          () => world.gateway.turn(undefined),
        );
      case "disk-full":
        return this.#during(
          fault,
          fault.party,
          () => world.parties[fault.party].limitFiles(0),
          () => world.parties[fault.party].limitFiles(-1),
        );
      case "freeze":
        return this.#during(
          fault,
          fault.party,
          () => world.parties[fault.party].signal("SIGSTOP"),
          () => world.parties[fault.party].signal("SIGCONT"),
        );
      case "kill":
        return this.#during(
          fault,
          fault.party,
          () => world.parties[fault.party].kill(),
          () => {
            if (fault.clearCache) world.parties[fault.party].clearCache();
            return world.parties[fault.party].start();
          },
        );
      case "clock-jump":
        return this.clock.take(() => {
          this.#note(fault);
          return this.clock.jump(fault.seconds);
        });
      case "reorganisation":
        return this.#reorganise(fault);
      case "second-worker":
        return this.#startSecond(fault);
      default:
        throw new Error(`there is no fault ${fault.kind}`);
    }
  }

  /** Does and undoes something to somebody who suffers nothing else meanwhile. */
  async #during(fault, sufferer, begin, end) {
    const party = this.world.parties[sufferer];
    await this.#alone(sufferer, async () => {
      if (party && !party.isRunning) throw new Error(`${sufferer} is not running`);
      const pid = party?.pid;
      await begin();
      this.#note(fault);
      await sleep(fault.seconds * 1_000);
      // Who ended meanwhile is started by its supervisor, without the fault.
      if (fault.kind === "kill" || !party || (party.isRunning && party.pid === pid)) await end();
    });
  }

  /** Does something to somebody to whom nothing else is done meanwhile. */
  async #alone(sufferer, action) {
    if (this.#busy.has(sufferer)) throw new Error(`${sufferer} suffers something else`);
    this.#busy.add(sufferer);
    try {
      await action();
    } finally {
      this.#busy.delete(sufferer);
    }
  }

  #blow(fault) {
    return this.#change(fault, (weather) => [...weather, fault]);
  }

  #calm(fault) {
    return this.#change(fault, (weather) => weather.filter((other) => other !== fault));
  }

  /** The newest weather is the one that counts. */
  async #change({ proxy }, change) {
    const { proxies } = this.world;
    for (const index of proxy === "both" ? proxies.keys() : [proxy]) {
      this.#weather[index] = change(this.#weather[index]);
      const newest = this.#weather[index].at(-1);
      await proxies[index].tell(newest ? `faults ${newest.permille} ${newest.kinds.join(" ")}` : "peace");
    }
  }

  #reorganise(fault) {
    return this.clock.take(async () => {
      await this.clock.reorganise(fault.depth, async () => {
        if (fault.loses) await this.request();
      });
      this.#note(fault);
    });
  }

  /** A second worker with the same key and folder has to be refused. */
  async #startSecond(fault) {
    const { world } = this;
    await this.#alone("worker", async () => {
      // One that still starts has not taken its key's lock: then the other one may be the first.
      if (!world.parties.worker.isUp) throw new Error("the worker is not running");
      const name = `second-worker-${++this.seconds.started}`;
      const { ended, log } = world.startSecondWorker(name);
      this.#note(fault);
      const status = await Promise.race([ended, sleep(SECOND_MILLISECONDS, "late")]);
      if (status === "late") await world.network.kill(name);
      else if (status !== 0 && REFUSED.test(world.network.logOf(name))) this.seconds.refused++;
      else this.skipped.push({ ...fault, why: `the second worker ended with ${status}; ${log}` });
    });
  }

  #note(fault) {
    this.injected.push({ ...fault, when: Date.now() });
  }
}
