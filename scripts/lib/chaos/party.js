import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { execFile, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

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
  #skew = 0;
  #logged = 0;

  constructor(network, name, folder, command) {
    Object.assign(this, { network, name, folder });
    this.args = [...command, "--config", join(folder, "opg.properties")];
  }

  get isRunning() {
    return this.#wanted && this.process !== undefined;
  }

  /** Whether it has said that it runs. */
  get isUp() {
    return this.network.logOf(this.name).slice(this.#logged).includes(" runs");
  }

  get pid() {
    return this.process.child.pid;
  }

  /** The process was started by somebody else, and is ours from now on. */
  takeOver() {
    this.#wanted = true;
    this.#supervise(this.network.entryOf(this.name));
  }

  /** Starts it, with a clock that is wrong by some seconds where the machine has faketime. */
  async start(skew = 0) {
    this.#wanted = true;
    this.#skew = skew;
    this.starts++;
    this.#logged = this.starts > 1 ? this.network.logOf(this.name).length : 0;
    const process = this.network.startProcess(this.name, OPG, this.args, await skewed(skew));
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
    if (!this.#wanted || this.process !== process) return;
    this.process = undefined;
    const lines = readFileSync(process.log, "utf8").trim().split("\n").slice(-LAST_LINES);
    const last = lines.findLast((line) => TYPED.test(line));
    this.ends.push({ party: this.name, status, reason: last, isTyped: last !== undefined });
    await sleep(RESTART_MILLISECONDS);
    if (this.#wanted) await this.start(this.#skew);
  }

  /** Stops it in order. */
  async stop() {
    this.#wanted = false;
    await this.network.end(this.name);
    this.process = undefined;
  }
}

/** What the environment has to say for a process's clock to be wrong by some seconds. Its time since the start of the machine stays right. */
async function skewed(seconds) {
  if (seconds === 0) return {};
  return {
    LD_PRELOAD: await wrongClock(),
    FAKETIME: `${seconds > 0 ? "+" : ""}${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}

/** The library that makes clocks wrong, if the machine has it. The tool itself would stay in between as a process of its own. */
export async function wrongClock() {
  try {
    const { stdout } = await promisify(execFile)("faketime", ["-m", "-f", "+0s", "printenv", "LD_PRELOAD"]);
    return stdout.trim();
  } catch {
    return undefined;
  }
}
