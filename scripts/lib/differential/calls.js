// Calls to ICanon, drawn at random: right ones, ones in which a value is wrong, and ones whose bytes are damaged.
import { many, pick, randomBetween, randomOfExponents, randomWords } from "../../../canon/vectors/cases/random.js";
import { DATA_TYPES } from "../../../canon/vectors/reference/dataTypes.js";
import { damagedCall } from "./damage.js";
import { bytes, call, hash, list, tuple, word } from "./encoding.js";
import { bytesOf, openingOf, randomPlaces } from "./openings.js";
import {
  ProgramSteps,
  STRANGE_FLOATS,
  changeOpening,
  changedStep,
  greatStep,
  randomLeaf,
  termsOfSum,
} from "./steps.js";

/** Bytes that are no call of any function. */
const STRANGE_CALLS = ["0x", "0x00", "0x000000", "0xffffffff", "0x00000000"].map(bytesOf);
const MOST_DEPTH = 31;
/** Sums that are spread over calls wait here for their next part. */
const MOST_WAITING = 200;

/** Calls for a seed; what `accumulate` answers goes into later ones. */
export class Calls {
  #waiting = [];

  /** @param canon ethers' interface of ICanon */
  constructor(seed, canon) {
    this.next = randomWords(seed);
    this.canon = canon;
    this.programs = new ProgramSteps(this.next);
  }

  /** {operation, bytes, heard?}: a call, and what wants to hear its answer. */
  draw() {
    const { next } = this;
    if (next() % 400 === 0) return { operation: "none", bytes: pick(next, STRANGE_CALLS) };
    const right = this.#right();
    if (next() % 100 >= 22) return right;
    return { operation: right.operation, bytes: damagedCall(right.bytes, next) };
  }

  #right() {
    const kind = this.next() % 100;
    if (kind < 34) return this.#step();
    if (kind < 50) return this.#accumulate();
    if (kind < 64) return this.#rootOfLeaves();
    if (kind < 74) return this.#rootOf();
    if (kind < 86) return this.#within();
    if (kind < 99) return this.#describe();
    return this.#call("specVersion");
  }

  #call(operation, ...parts) {
    return { operation, bytes: call(this.canon.getFunction(operation).selector, ...parts) };
  }

  #step() {
    const { next } = this;
    const { step } = next() % 4 === 0 ? greatStep(next) : this.programs.draw();
    return this.#call("step", stepPart(next() % 8 === 0 ? changedStep(step, next) : step));
  }

  #accumulate() {
    const { next } = this;
    const { step, node, terms } = this.#sum();
    const begun = step.accumulator.length === 0 ? 0 : Number(numberAt(step.accumulator));
    if (begun > 0 && next() % 10 === 0) step.accumulator = withOtherByte(step.accumulator, next);
    // Those in their last part, and those that were spread enough, are finished by a step.
    if (begun === terms || (begun > 0 && next() % 3 === 0)) return this.#call("step", stepPart(step));
    if (next() % 8 === 0) {
      const until = pick(next, [0, begun, terms + 1, 2 ** 32 - 1, 1]);
      return this.#call("accumulate", stepPart(changedStep(step, next)), word(until));
    }
    const asked = this.#call("accumulate", stepPart(step), word(randomBetween(next, begun + 1, terms)));
    asked.heard = (accumulator) => {
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ step: { ...step, accumulator }, node, terms });
    };
    return asked;
  }

  /** A step of a sum, mostly one of those that wait. */
  #sum() {
    const { next } = this;
    if (this.#waiting.length > 0 && next() % 3 !== 0) {
      const [sum] = this.#waiting.splice(next() % this.#waiting.length, 1);
      return sum;
    }
    for (;;) {
      const drawn = next() % 3 === 0 ? greatStep(next) : this.programs.draw();
      const terms = termsOfSum(drawn.node);
      if (terms !== undefined) return { ...drawn, terms };
    }
  }

  #rootOfLeaves() {
    const { next } = this;
    const depth = next() % 6 === 0 ? randomBetween(next, 0, MOST_DEPTH) : randomBetween(next, 0, 6);
    const places = randomPlaces(next, depth, next() % 8 === 0 ? 12 : 3);
    const leaves = places.map(() => randomLeaf(next, pick(next, DATA_TYPES)));
    const opened = openingOf(next, depth, places, leaves);
    const kind = next() % 18;
    if (kind === 0) return this.#call("rootOfLeaves", word(pick(next, [0, 31, 32, 256, -1])), leavesPart(opened));
    if (kind < 3) changeOpening(opened, next);
    return this.#call("rootOfLeaves", word(depth), leavesPart(opened));
  }

  #rootOf() {
    const { next } = this;
    const length = pick(next, [0, 1, 31, 32, 1023, 1024, 1025, 2048, next() % 600, next() % 3_000, next() % 12_000]);
    const data = new Uint8Array(length);
    for (let place = 0; place < length; place++) data[place] = next();
    return this.#call("rootOf", bytes(data));
  }

  #within() {
    const { next } = this;
    const y = next() % 4 === 0 ? pick(next, STRANGE_FLOATS) : randomOfExponents(next, 90, 160);
    const near = (y + (next() % 9) - 4) >>> 0;
    const c = pick(next, [near, near, y, pick(next, STRANGE_FLOATS), next()]);
    const tolerance = () =>
      pick(next, [0, 1, 0x3f7fffff, 0x7f7fffff, randomOfExponents(next, 90, 126) % 2 ** 31, next() % 0x3f800000]);
    const wrong = () => pick(next, [0x80000000, 0xbf800000, 0x7f800000, 0x7fc00000, 0x3f800000, next()]);
    const absolute = next() % 15 === 0 ? wrong() : tolerance();
    const relative = next() % 15 === 0 ? wrong() : tolerance() % 0x3f800000;
    return this.#call("within", ...[c, y, absolute, relative].map(word));
  }

  #describe() {
    const { descriptor, position } = this.programs.descriptor();
    const { next } = this;
    const at = next() % 10 === 0 ? pick(next, [0, 65_535, 65_536, 2 ** 32 - 1]) : position;
    return this.#call("describe", bytes(descriptor), word(at));
  }
}

const leavesPart = ({ places, leaves, siblings }) =>
  tuple(list(places.map(word)), bytes(leaves), list(siblings.map(hash)));

const operandPart = ({ dtype, count, root, opened }) => tuple(word(dtype), word(count), hash(root), leavesPart(opened));

const stepPart = ({ descriptor, position, element, operands, accumulator }) =>
  tuple(bytes(descriptor), word(position), word(element), list(operands.map(operandPart)), bytes(accumulator));

function withOtherByte(bytes, next) {
  const changed = Uint8Array.from(bytes);
  changed[next() % changed.length] = pick(next, [next() % 256, next() % 256, 0xff, 1]);
  return changed;
}

/** The number with which an accumulator begins: of the term that comes next. */
const numberAt = (accumulator) => new DataView(accumulator.buffer, accumulator.byteOffset).getUint32(0);

/** So many calls as arrays of calls of at most `most` at a time; an answer that a call wants to hear has to be told before the next. */
export function* batchesOf(calls, count, most) {
  for (let left = count; left > 0; left -= most) yield many(Math.min(left, most), () => calls.draw());
}
