import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const OPG = join(resolve(import.meta.dirname, "../../.."), "scripts/opg");

/** An end by itself that a supervisor answers with a new start: the program said why, with a code. */
const TYPED = /OPG-\d+/;
const RESTART_MILLISECONDS = 1_000;
const LAST_LINES = 40;

/** A process of ours that is killed, frozen and started anew. A supervisor starts it again if it ends by itself. */
export class Party {
  /** Ends by itself: time, and whether it said why. */
  ends = [];
  starts = 0;
  #wanted = false;
  #logged = 0;
  #greeted = false;

  constructor(network, name, folder, command) {
    Object.assign(this, { network, name, folder });
    this.args = [...command, "--config", join(folder, "opg.properties")];
  }

  get isRunning() {
    return this.#wanted && this.process !== undefined;
  }

  /** Whether it runs and has said so since its last start. */
  get isUp() {
    this.#greeted ||= this.network.logOf(this.name).slice(this.#logged).includes(" runs");
    return this.isRunning && this.#greeted;
  }

  get pid() {
    return this.process.child.pid;
  }

  /** The process was started by somebody else, and is ours from now on. */
  takeOver() {
    this.#wanted = true;
    this.#supervise(this.network.entryOf(this.name));
  }

  /** Starts it. */
  async start() {
    this.#wanted = true;
    this.starts++;
    this.#greeted = false;
    this.#logged = this.starts > 1 ? this.network.logOf(this.name).length : 0;
    const process = this.network.startProcess(this.name, OPG, this.args);
    this.#supervise(process);
  }

  #supervise(process) {
    process.isWanted = false;
    this.process = process;
    process.ended.then((status) => this.#ended(process, status));
  }

  /** Kills it where it stands. */
  async kill() {
    this.#wanted = false;
    await this.network.kill(this.name);
    this.process = undefined;
  }

  signal(signal) {
    this.process.child.kill(signal);
  }

  /** Limits the length of the files that it may write, which is a full disk to it: -1 for none. Needs no rights of root. */
  limitFiles(bytes) {
    const limit = bytes < 0 ? "unlimited" : bytes;
    const tool = spawn("prlimit", [`--pid=${this.pid}`, `--fsize=${limit}:unlimited`]);
    return new Promise((resolve, reject) => {
      tool.once("error", reject);
      tool.once("close", (status) => (status === 0 ? resolve() : reject(new Error(`prlimit ended with ${status}`))));
    });
  }

  /** Forgets the files that it fetched. */
  clearCache() {
    for (const folder of ["data/models", "watch/models"]) {
      const path = join(this.folder, folder);
      if (existsSync(path)) rmSync(path, { recursive: true });
    }
  }

  async #ended(process, status) {
    if (!this.#wanted || this.process !== process || this.network.isStopping) return;
    this.process = undefined;
    const lines = readFileSync(process.log, "utf8").trim().split("\n").slice(-LAST_LINES);
    const last = lines.findLast((line) => TYPED.test(line));
    this.ends.push({ party: this.name, status, reason: last, isTyped: last !== undefined });
    await sleep(RESTART_MILLISECONDS);
    if (this.#wanted && !this.network.isStopping) await this.start();
  }

  /** Stops it in order. */
  async stop() {
    this.#wanted = false;
    await this.network.end(this.name);
    this.process = undefined;
  }
}
