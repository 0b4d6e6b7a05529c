// What becomes of a call of the canon, in words, and how often each of it was met.
import { bytesOf } from "./openings.js";

const PANIC = "0x4e487b71";
const REASON = "0x08c379a0";
const VOID = 0n;
const GIVEN = 1n;

/** Names outcomes by the interfaces whose errors there may be. */
export class Outcomes {
  #errors = new Map([
    [PANIC, "panic"],
    [REASON, "reason"],
  ]);

  /** @param canon ethers' interface of ICanon; others: of its libraries' errors */
  constructor(canon, ...others) {
    this.canon = canon;
    for (const interfaceOf of [canon, ...others]) {
      interfaceOf.forEachError((error) => this.#errors.set(error.selector, error.name));
    }
  }

  /** One word or two for what became of a call. */
  nameOf(call, { returned, data }) {
    if (returned) return this.#nameOfAnswer(call, data);
    if (data === "0x") return "reverted without data";
    return this.#errors.get(data.slice(0, 10)) ?? `unknown error ${data.slice(0, 10)}`;
  }

  #nameOfAnswer({ bytes }, data) {
    const name = this.canon.getFunction(`0x${Buffer.from(bytes.subarray(0, 4)).toString("hex")}`)?.name;
    if (name === "describe") return this.canon.decodeFunctionResult(name, data).valid ? "valid" : "not valid";
    if (name !== "step") return "answered";
    const { meaning } = this.canon.decodeFunctionResult(name, data);
    return meaning === VOID ? "void" : meaning === GIVEN ? "given" : "computed";
  }

  /** The accumulator that a call of `accumulate` returned. */
  accumulatorOf(data) {
    return bytesOf(this.canon.decodeFunctionResult("accumulate", data).accumulator);
  }
}

/** Outcomes of which the canon's rules had to be worked out to the end. */
const EVALUATED = ["answered", "valid", "computed"];

/** Counts outcomes by operation. */
export class Tally {
  #counts = new Map();
  calls = 0;

  add(operation, outcome) {
    this.calls++;
    const outcomes = this.#counts.get(operation) ?? new Map();
    this.#counts.set(operation, outcomes);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  get evaluated() {
    let evaluated = 0;
    for (const outcomes of this.#counts.values()) {
      for (const outcome of EVALUATED) evaluated += outcomes.get(outcome) ?? 0;
    }
    return evaluated;
  }

  toJSON() {
    return Object.fromEntries(
      [...this.#counts].map(([operation, outcomes]) => [operation, Object.fromEntries(outcomes)]),
    );
  }

  toString() {
    return [...this.#counts]
      .map(([operation, outcomes]) => {
        const sorted = [...outcomes].sort(([, one], [, other]) => other - one);
        return `  ${operation.padEnd(13)}${sorted.map(([outcome, times]) => `${outcome} ${times}`).join(", ")}`;
      })
      .join("\n");
  }
}
