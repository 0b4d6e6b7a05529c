import { once } from "node:events";
import { createInterface } from "node:readline";

const PROGRAM = "ai.opengradient.worker.faults.FaultProxyMain";

/** A proxy before the chain's node: FaultProxyMain of oracle-worker's tests, as a process. */
export class RpcProxy {
  #child;
  #lines;
  #asking = Promise.resolve();

  /** Starts one, and waits until it listens. */
  static async start(network, name, port, seed) {
    const { child } = network.startTestProgram(name, PROGRAM, [network.rpc, `${port}`, `${seed}`]);
    const proxy = new RpcProxy(child, port);
    await proxy.#answer();
    return proxy;
  }

  constructor(child, port) {
    this.url = `http://127.0.0.1:${port}`;
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout });
  }

  /** Tells it what to do; gives what it has done so far: questions, faults by kind. */
  tell(order) {
    this.#asking = this.#asking.then(() => {
      this.#child.stdin.write(`${order}\n`);
      return this.#answer();
    });
    return this.#asking;
  }

  async #answer() {
    for (;;) {
      const [line] = await once(this.#lines, "line");
      if (line.startsWith("{")) return JSON.parse(line);
    }
  }
}
