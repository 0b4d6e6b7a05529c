// A network of real processes on loopback: Hardhat's node, a model store, workers. What it starts, it stops.
import { spawn } from "node:child_process";
import { appendFileSync, globSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { JsonRpcProvider } from "ethers";

import { passUntil } from "./chainClock.js";
import { fund } from "./fund.js";
import { NetworkFailure, Processes } from "./processes.js";

const ROOT = resolve(import.meta.dirname, "../..");
const HARDHAT = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
const OPG = join(ROOT, "scripts/opg");
const WORKER = join(ROOT, "oracle-worker/target");
const LOOPBACK = "127.0.0.1";

// Those who lie are compiled with the tests, since no package may have them.
const DEMO_CLASSES = join(WORKER, "test-classes");
const DEMO_FLAGS = [
  "--add-modules=jdk.incubator.vector",
  "--enable-native-access=ALL-UNNAMED",
  "--sun-misc-unsafe-memory-access=allow",
  "-Dlogback.configurationFile=ai/opengradient/worker/cli/worker-logback.xml",
];

export { NetworkFailure };

/** A program that ended with another status than 0. */
export class CommandFailure extends NetworkFailure {
  /** @param output what it printed on standard output, and `errors` what on the other */
  constructor(command, status, output, errors) {
    super(`${command} ended with ${status}: ${excerpt(errors.trim() || output.trim())}`);
    this.status = status;
    this.output = output;
    this.errors = errors;
  }

  /** The answer that `opg` gave nevertheless, if it did. */
  get answer() {
    return this.output.trim() ? answer(this.output) : undefined;
  }

  /** What `opg` refused, if it did: code, title, detail, way out. */
  get refusal() {
    const line = this.errors.trim().split("\n").at(-1);
    return line.startsWith("{") ? JSON.parse(line).error : undefined;
  }
}

/** The option that names a party's configuration. */
const configured = (folder) => ["--config", join(folder, "opg.properties")];

/** Ports that nobody listens on now. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer().once("error", reject);
          server.listen(0, LOOPBACK, () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Ends the network together with this process, when that is told to end. Gives what ends both with a status. */
export function endingWith(network) {
  const stop = async (status) => {
    await network.stop();
    process.exit(status);
  };
  process.once("SIGINT", () => stop(130));
  process.once("SIGTERM", () => stop(143));
  return stop;
}

export class Network extends Processes {
  /** What the chain is made by, for people. */
  chainName = "Hardhat's node";
  /** How time went by, for people. */
  timeTold = "clocks that nobody used were made to pass at once";

  /** Starts Hardhat's node, which mines a block for each transaction and one each second. */
  async startChain() {
    const [port] = await freePorts(1);
    this.rpc = `http://${LOOPBACK}:${port}`;
    const node = this.startProcess("chain", process.execPath, [
      HARDHAT,
      "node",
      "--hostname",
      LOOPBACK,
      "--port",
      `${port}`,
    ]);
    this.provider = new JsonRpcProvider(this.rpc, undefined, { pollingInterval: 100, cacheTimeout: -1 });
    await this.until("the chain answers", node, async () => {
      const answer = await fetch(this.rpc, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }),
      });
      return answer.ok;
    });
    await this.provider.send("evm_setIntervalMining", [1000]);
    this.treasury = await this.provider.getSigner(0);
  }

  /** Has the chain's clock stand at an instant at least. */
  async passUntil(instant) {
    await passUntil(this.provider, instant);
  }

  /** Deploys the contracts with a profile of contracts/parameters.json; `more` are further arguments of scripts/deploy.js. */
  async deploy(profile, ...more) {
    const out = join(this.directory, "deployment.json");
    const given = ["--rpc", this.rpc, "--profile", profile, "--out", out, ...more];
    await run(process.execPath, [join(ROOT, "scripts/deploy.js"), ...given]);
    this.deployment = JSON.parse(readFileSync(out, "utf8"));
    return this.deployment;
  }

  /** Starts a model store with the configuration in a folder. */
  async startStore(folder, rpcPort, name) {
    const store = this.startProcess(name, OPG, ["store", "serve", ...configured(folder)]);
    await this.until("the store answers", store, async () => {
      const answer = await fetch(`http://${LOOPBACK}:${rpcPort}/api/v0/version`, { method: "POST" });
      return answer.ok;
    });
  }

  /** Starts a worker and waits until it says that it is ready. */
  async startWorker(name, folder, adminPort) {
    await this.#untilHealthy(this.startProcess(name, OPG, ["worker", "run", ...configured(folder)]), folder, adminPort);
  }

  /**
   * Starts a worker that lies, and waits until it says that it is ready.
   *
   * @param lie none, output, silent, tree, padding, weights, weight, fp16, input, first-node, middle-node, last-node or longest-fold
   */
  async startLiar(name, folder, adminPort, lie) {
    await this.#untilHealthy(this.#startDemoClass(name, folder, "LyingWorker", lie), folder, adminPort);
  }

  /** Starts a watcher and waits until it looks at the chain. */
  async startWatcher(name, folder) {
    const watcher = this.startProcess(name, OPG, ["watch", "run", ...configured(folder)]);
    await this.until(`${name} watches`, watcher, async () => this.logOf(name).includes("The watcher runs."));
  }

  /** Starts somebody who challenges every claim without a reason, and waits until it looks at the chain. */
  async startFalseChallenger(name, folder) {
    const challenger = this.#startDemoClass(name, folder, "FalseChallengers");
    await this.until(`${name} looks at the chain`, challenger, async () =>
      this.logOf(name).includes("challenges every claim"),
    );
  }

  /** Makes a party: a folder with a key and a configuration. `settings` are further lines of its opg.properties. */
  async party(name, settings) {
    const folder = this.makeFolder(name);
    const deployment = join(this.directory, "deployment.json");
    const init = ["worker", "init", "--folder", folder, "--rpc", this.rpc, "--deployment", deployment, "--json"];
    const { worker: address } = answer(await run(OPG, init));
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
    appendFileSync(join(folder, "opg.properties"), lines.join(""));
    return { name, folder, address };
  }

  /** A party with money of its own, that looks at the chain often. */
  async fundedParty(name, settings) {
    const made = await this.party(name, { "chain.confirmations": 0, "chain.poll-interval": "100ms", ...settings });
    await this.fund(made.address, "10000");
    return made;
  }

  /** Gives an account 10 of the chain's coin and so much $OPG, a decimal number. */
  fund(address, opg) {
    return fund(this.treasury, this.deployment, address, opg);
  }

  async stop() {
    this.provider?.destroy();
    await super.stop();
  }

  /** Runs one `opg` command for a party and gives its JSON answer. */
  async opg(folder, ...command) {
    const output = await run(OPG, [...command, "--json", ...configured(folder)], folder);
    return answer(output);
  }

  ports(count) {
    return freePorts(count);
  }

  /** Starts a program of oracle-worker's tests, which can be told something on its standard input. */
  startTestProgram(name, main, args) {
    return this.startProcess(
      name,
      join(process.env.JAVA_HOME, "bin/java"),
      ["-cp", testClassPath(), main, ...args],
      {},
      "pipe",
    );
  }

  /** A program of oracle-worker/src/demo. */
  #startDemoClass(name, folder, className, ...args) {
    const main = `ai.opengradient.worker.demo.${className}`;
    const log = `-Dopg.log=${join(folder, `${name}.log`)}`;
    const java = join(process.env.JAVA_HOME, "bin/java");
    return this.startProcess(name, java, [
      ...DEMO_FLAGS,
      log,
      "-cp",
      testClassPath(),
      main,
      ...args,
      join(folder, "opg.properties"),
    ]);
  }

  async #untilHealthy(worker, folder, adminPort) {
    await this.until(`${worker.name} is ready`, worker, async () => {
      const token = readFileSync(join(folder, "admin.token"), "utf8").trim();
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://${LOOPBACK}:${adminPort}/health`, { headers });
      return answer.ok;
    });
  }
}

function testClassPath() {
  const jar = globSync(join(WORKER, "oracle-worker-*.jar"))[0];
  return [jar, join(WORKER, "lib/*"), DEMO_CLASSES].join(":");
}

/** Runs a program to its end and gives what it printed. */
async function run(program, args, cwd = ROOT) {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  if (status === 0) return output;
  throw new CommandFailure(`${program} ${args.join(" ")}`, status, output, errors);
}

/** The first lines of what may be a long stack. */
const excerpt = (text) => text.split("\n").slice(0, 10).join("\n");

/** The JSON line that ends a command's output. */
const answer = (output) => JSON.parse(output.trim().split("\n").at(-1));

async function text(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
