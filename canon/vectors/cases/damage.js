// Changes byte strings a little, as nobody who writes them would.

import { pick } from "./random.js";

const WORDS = [
  [0, 0, 0, 0],
  [0, 0, 0, 1],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80, 0, 0, 0],
  [0xff, 0xff, 0xff, 0xff],
];

const CHANGES = [
  (bytes, place, next) => bytes.splice(place, 1, next() % 256),
  (bytes, place, next) => bytes.splice(place, 1, bytes[place] ^ (1 << (next() % 8))),
  (bytes, place, next) => bytes.splice(place, 1, next() % 11),
  (bytes, place, next) => bytes.splice(place, 4, ...pick(next, WORDS)),
  (bytes, place) => bytes.splice(place, 1),
  (bytes, place, next) => bytes.splice(place, 0, next() % 256),
  (bytes, place) => bytes.splice(place),
];

/** Other bytes than these, most of the time. */
export function damaged(bytes, next) {
  const changed = [...bytes];
  for (let left = 1 + (next() % 2); left > 0; left--) pick(next, CHANGES)(changed, next() % (changed.length + 1), next);
  return Uint8Array.from(changed);
}
