// ABI encoding of calls, for speed: a part is a word of the head, or a tail to which the head points.
import { wordOf } from "./openings.js";

const WORD_LENGTH = 32;

export const word = (number) => ({ head: wordOf(number) });
export const hash = (bytes) => ({ head: bytes });

/** `bytes`. */
export function bytes(given) {
  const tail = new Uint8Array(WORD_LENGTH + Math.ceil(given.length / WORD_LENGTH) * WORD_LENGTH);
  tail.set(wordOf(given.length));
  tail.set(given, WORD_LENGTH);
  return { tail };
}

/** A tuple that has a tail, or the arguments of a function. */
export const tuple = (...parts) => ({ tail: encoded(parts) });

/** An array of any parts that are alike. */
export const list = (parts) => ({ tail: joined([wordOf(parts.length), encoded(parts)]) });

/** The call of a function. */
export const call = (selector, ...parts) => joined([Buffer.from(selector.slice(2), "hex"), encoded(parts)]);

function encoded(parts) {
  const heads = [];
  const tails = [];
  let offset = parts.length * WORD_LENGTH;
  for (const { head, tail } of parts) {
    heads.push(head ?? wordOf(offset));
    if (tail === undefined) continue;
    tails.push(tail);
    offset += tail.length;
  }
  return joined([...heads, ...tails]);
}

const joined = (parts) => new Uint8Array(Buffer.concat(parts));
