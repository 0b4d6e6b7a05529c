// Calls as nobody who encodes them would write them.
import { pick } from "../../../canon/vectors/cases/random.js";
import { wordOf } from "./openings.js";

const SELECTOR_LENGTH = 4;
const WORD_LENGTH = 32;

const NUMBERS = [
  ...[0, 1, 2, 31, 32, 33, 64, 0x80, 255, 256, 1024, -1, -32, -31],
  ...[16n, 31n, 32n, 63n, 64n, 128n, 255n].flatMap((bits) => [2n ** bits - 1n, 2n ** bits, 2n ** bits + 32n]),
  2n ** 256n - 0x20n,
  2n ** 64n - 0x44n,
  2n ** 256n - 0x44n,
];

const CHANGES = [
  (call, next) => withByte(call, next() % Math.max(1, call.length), (byte) => byte ^ (1 << (next() % 8))),
  (call, next) => withByte(call, next() % Math.max(1, call.length), () => next() % 256),
  (call, next) => call.subarray(0, next() % (call.length + 1)),
  (call, next) => call.subarray(0, Math.max(0, call.length - WORD_LENGTH * (1 + (next() % 3)))),
  (call, next) => call.subarray(0, Math.max(0, call.length - 1 - (next() % WORD_LENGTH))),
  (call, next) => Uint8Array.from([...call, ...wordOf(next())].slice(0, call.length + 1 + (next() % WORD_LENGTH))),
  (call, next) => withWord(call, anyWord(call, next), () => pick(next, NUMBERS)),
  (call, next) => withWord(call, smallWord(call, next), () => pick(next, NUMBERS)),
  (call, next) => withWord(call, smallWord(call, next), () => pick(next, NUMBERS)),
  (call, next) =>
    withWord(call, smallWord(call, next), (word) => word + BigInt(pick(next, [-33, -32, -1, 1, 31, 32, 1024]))),
  (call, next) =>
    withWord(call, smallWord(call, next), (word) => word + BigInt(pick(next, [-33, -32, -1, 1, 31, 32, 1024]))),
  (call, next) =>
    withWord(call, smallWord(call, next), (word) => word + 2n ** BigInt(pick(next, [8, 16, 32, 64, 160, 248, 255]))),
  (call, next) => withWord(call, smallWord(call, next), () => numberAt(call, smallWord(call, next))),
  (call, next) => withWord(call, smallWord(call, next), () => call.length - SELECTOR_LENGTH - (next() % 64)),
  (call, next) => withWord(call, smallWord(call, next), () => next() % Math.max(1, call.length)),
  // Offsets within a tuple may point back, and even before the call.
  (call, next) => withWord(call, smallWord(call, next), () => -(next() % 300)),
  (call, next) => withWord(call, smallWord(call, next), () => -(next() % Math.max(1, call.length))),
  (call, next) => withWord(call, smallWord(call, next), (word) => -word - BigInt(next() % 64)),
  // So far back that its last bytes are those of an offset that leads into the call.
  (call, next) =>
    withWord(call, smallWord(call, next), (word) => word - 2n ** BigInt(pick(next, [31, 32, 33, 64, 128, 255]))),
  (call, next) => withByte(call, next() % SELECTOR_LENGTH, () => next() % 256),
  (call, next) => without(call, anyWord(call, next)),
];

/** Another call than this, most of the time. */
export function damagedCall(call, next) {
  let changed = call;
  for (let left = next() % 4 === 0 ? 2 : 1; left > 0; left--) changed = pick(next, CHANGES)(changed, next);
  return changed;
}

const wordsOf = (call) => Math.floor(Math.max(0, call.length - SELECTOR_LENGTH) / WORD_LENGTH);
const placeOf = (word) => SELECTOR_LENGTH + word * WORD_LENGTH;
const anyWord = (call, next) => next() % Math.max(1, wordsOf(call));

/** A word that may be an offset, a length or a small number: leaves and hashes hold few such. */
function smallWord(call, next) {
  const small = [];
  for (let word = 0; word < wordsOf(call); word++) {
    const place = placeOf(word);
    if (call.subarray(place, place + WORD_LENGTH - SELECTOR_LENGTH).every((byte) => byte === 0)) small.push(word);
  }
  // What is zero is mostly the filling of a leaf.
  const told = small.filter((word) =>
    call.subarray(placeOf(word), placeOf(word) + WORD_LENGTH).some((byte) => byte !== 0),
  );
  if (told.length > 0 && next() % 4 !== 0) return pick(next, told);
  return small.length === 0 ? anyWord(call, next) : pick(next, small);
}

function numberAt(call, word) {
  const place = placeOf(word);
  return call.subarray(place, place + WORD_LENGTH).reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function withWord(call, word, numberFrom) {
  const changed = Uint8Array.from(call);
  const bytes = wordOf(numberFrom(numberAt(call, word)));
  const place = placeOf(word);
  changed.set(bytes.subarray(0, Math.max(0, changed.length - place)), Math.min(place, changed.length));
  return changed;
}

function withByte(call, place, byteFrom) {
  const changed = Uint8Array.from(call);
  if (place < changed.length) changed[place] = byteFrom(changed[place]);
  return changed;
}

function without(call, word) {
  const place = placeOf(word);
  return Uint8Array.from([...call.subarray(0, place), ...call.subarray(place + WORD_LENGTH)]);
}
