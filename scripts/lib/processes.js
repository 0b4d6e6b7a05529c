// Processes of this machine that belong together, with a folder for them. What is started is stopped.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = resolve(import.meta.dirname, "../..");

/** The longest that a part may take to be ready, on a machine that has much else to do. */
const PATIENCE_MILLISECONDS = 300_000;

/** A failure whose message is all that its reader needs. */
export class NetworkFailure extends Error {}

export class Processes {
  /** Called with a NetworkFailure if one of them ends by itself. */
  onDeath;
  #processes = [];
  #stopping = false;

  /** @param directory Everything of theirs lives below it: configuration, keys, stores, logs. Emptied first. */
  constructor(directory) {
    this.directory = directory;
    rmSync(directory, { recursive: true, force: true });
    this.makeFolder("logs");
  }

  /** What a process has told so far. */
  logOf(name) {
    return readFileSync(join(this.directory, "logs", `${name}.log`), "utf8");
  }

  /** Makes a folder below theirs. */
  makeFolder(name) {
    const folder = join(this.directory, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Ends every process that was started, the youngest first, and waits for them. */
  async stop() {
    this.#stopping = true;
    for (const entry of this.#processes.reverse()) await this.#end(entry);
    this.#processes = [];
  }

  /** Ends the process of this name, if it was started, and waits for it. */
  async end(name) {
    const entry = this.entryOf(name);
    if (!entry) return;
    this.#processes = this.#processes.filter((process) => process !== entry);
    await this.#end(entry);
  }

  /** Whether they are being ended. */
  get isStopping() {
    return this.#stopping;
  }

  /** The youngest process of this name: child, log, and what settles when it has ended. */
  entryOf(name) {
    return this.#processes.findLast((process) => process.name === name);
  }

  /** Waits until the process of this name ends by itself, as it should; gives its status. */
  async untilEnd(name) {
    const entry = this.entryOf(name);
    entry.isWanted = false;
    return entry.ended;
  }

  /** Kills the process of this name where it stands (SIGKILL), and waits until it is gone. */
  async kill(name) {
    const entry = this.entryOf(name);
    this.#processes = this.#processes.filter((process) => process !== entry);
    entry.isWanted = false;
    entry.child.kill("SIGKILL");
    await entry.ended;
  }

  async #end(entry) {
    const { child, ended } = entry;
    entry.isWanted = false;
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    if ((await Promise.race([ended, sleep(10_000, "late")])) === "late") {
      child.kill("SIGKILL");
      await ended;
    }
  }

  /**
   * Starts a program, whose output goes to a log.
   *
   * @param environment what it has besides this process's
   * @param input what its standard input is: "ignore" or "pipe"
   */
  startProcess(name, program, args, environment = {}, input = "ignore") {
    const log = join(this.directory, "logs", `${name}.log`);
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: [input, "pipe", "pipe"],
    });
    const file = createWriteStream(log, { flags: "a" });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    const ended = new Promise((resolve) => child.once("close", resolve));
    const entry = { name, child, log, ended, isWanted: true };
    ended.then((status) => {
      file.end();
      if (entry.isWanted && !this.#stopping)
        this.onDeath?.(new NetworkFailure(`${name} ended by itself with ${status}; its log is ${log}`));
    });
    this.#processes.push(entry);
    return entry;
  }

  /** Waits until a condition holds, which may throw meanwhile, or the process ends. */
  async until(what, { name, child, log }, condition) {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      if (child.exitCode !== null) {
        const tail = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
        throw new NetworkFailure(`${name} ended with ${child.exitCode} before ${what}; the end of ${log}:\n${tail}`);
      }
      if (await condition().catch(() => false)) return;
      if (Date.now() > deadline) throw new NetworkFailure(`Waited five minutes, but not yet: ${what}. See ${log}`);
      await sleep(100);
    }
  }
}
