// The byte core of the precompile in a JVM: a process that answers calls, in their order.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");
const CLASSES = ["besu-plugin/target/test-classes", "besu-plugin/target/classes", "canon/core/target/classes"];
const MAIN = "ai.opengradient.besu.precompile.ReplayMain";
const LENGTH_BYTES = 4;
/** Whether it returned, the gas, and the length of what it said. */
const HEAD_BYTES = 1 + 8 + LENGTH_BYTES;

/** Starts the process; JAVA_HOME's Java where that is set. */
export function byteCore() {
  const { JAVA_HOME } = process.env;
  const java = JAVA_HOME === undefined ? "java" : join(JAVA_HOME, "bin/java");
  const classPath = CLASSES.map((folder) => join(ROOT, folder)).join(":");
  return new ByteCore(spawn(java, ["-Xmx512m", "-cp", classPath, MAIN], { stdio: ["pipe", "pipe", "inherit"] }));
}

class ByteCore {
  #process;
  #waiting = [];
  #chunks = [];
  #held = 0;
  #ended;

  constructor(process) {
    this.#process = process;
    process.stdout.on("data", (chunk) => this.#take(chunk));
    process.stdin.on("error", () => {}); // the end of the process says more
    process.on("error", (error) => this.#end(error));
    process.on("exit", (status) => this.#end(new Error(`the byte core has ended (${status}): are its classes built?`)));
  }

  /** What becomes of each call: {returned, gas, data}. */
  ask(calls) {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const frames = calls.flatMap(({ bytes }) => [lengthOf(bytes), bytes]);
    const answers = new Promise((answered, failed) =>
      this.#waiting.push({ left: calls.length, outcomes: [], answered, failed }),
    );
    this.#process.stdin.write(Buffer.concat(frames));
    return answers;
  }

  /** Ends the process. */
  close() {
    this.#process.stdin.end();
  }

  #end(error) {
    this.#ended ??= error;
    for (const { failed } of this.#waiting.splice(0)) failed(this.#ended);
  }

  #take(chunk) {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held < HEAD_BYTES) return;
    let bytes = Buffer.concat(this.#chunks);
    while (bytes.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + bytes.readUInt32BE(HEAD_BYTES - LENGTH_BYTES);
      if (bytes.length < end) break;
      this.#answer({
        returned: bytes[0] === 1,
        gas: bytes.readBigUInt64BE(1),
        data: `0x${bytes.toString("hex", HEAD_BYTES, end)}`,
      });
      bytes = bytes.subarray(end);
    }
    this.#chunks = [bytes];
    this.#held = bytes.length;
  }

  #answer(outcome) {
    const batch = this.#waiting[0];
    batch.outcomes.push(outcome);
    if (--batch.left > 0) return;
    this.#waiting.shift();
    batch.answered(batch.outcomes);
  }
}

function lengthOf({ length }) {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt32BE(length);
  return bytes;
}
