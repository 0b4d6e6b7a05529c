// What happens in a run, and when: a function of the seed and the length.
import { uniform } from "../uniform.js";

/** Seconds from one fault to the next. */
const GAP = { least: 3, most: 7 };

/** Seconds from one request to the next. */
const REQUEST_GAP = { least: 2, most: 5 };

/** So many different inputs are asked about. */
export const INPUTS = 6;

/** One request in so many pays enough for the worker that lies. */
const DEAR = 8;

/** What the proxies before the chain's node know: FaultKind of oracle-worker's tests. */
export const RPC_FAULTS = [
  "DELAY",
  "LOSE_QUESTION",
  "LOSE_ANSWER",
  "DUPLICATE",
  "REORDER",
  "RATE_LIMIT",
  "WEB_PAGE",
  "TRUNCATED",
  "WRONG_ID",
  "OLD_HEAD",
  "FUTURE_HEAD",
  "OTHER_HASH",
];

export const GATEWAY_FAULTS = ["cut", "broken-off", "corrupt", "stall", "trickle", "web-page", "busy"];

const PROXIES = 2;

/** Each kind of fault, and how its particulars are drawn. A kind that stands here twice comes twice as often. */
const KINDS = [
  [
    "rpc-weather",
    ({ some, between }) => ({
      proxy: between(0, PROXIES - 1),
      permille: between(10, 80),
      kinds: some(RPC_FAULTS),
      seconds: between(10, 40),
    }),
  ],
  [
    "rpc-weather",
    ({ some, between }) => ({
      proxy: "both",
      permille: between(5, 40),
      kinds: some(RPC_FAULTS),
      seconds: between(5, 20),
    }),
  ],
  ["rpc-dead", ({ between }) => ({ proxy: between(0, PROXIES - 1), seconds: between(5, 25) })],
  ["gateway", ({ pick, between }) => ({ fault: pick(GATEWAY_FAULTS), seconds: between(10, 40) })],
  ["disk-full", ({ pick, between }) => ({ party: pick(["worker", "worker", "watcher"]), seconds: between(5, 15) })],
  [
    "kill",
    ({ chance, between }) => ({
      party: "worker",
      clearCache: chance(0.5),
      seconds: between(0, 5),
    }),
  ],
  [
    "kill",
    ({ chance, between }) => ({
      party: "watcher",
      clearCache: chance(0.5),
      seconds: between(0, 5),
    }),
  ],
  ["kill", ({ between }) => ({ party: "store", clearCache: false, seconds: between(0, 5) })],
  ["freeze", ({ pick, between }) => ({ party: pick(["worker", "watcher", "store"]), seconds: between(2, 12) })],
  ["clock-jump", ({ between }) => ({ seconds: between(5, 20) })],
  ["reorganisation", ({ between, chance }) => ({ depth: between(1, 3), loses: chance(0.5) })],
  ["reorganisation", ({ between, chance }) => ({ depth: between(1, 3), loses: chance(0.5) })],
  ["second-worker", () => ({})],
];

/**
 * The plan of a run.
 *
 * @param seed a whole number
 * @param seconds how long faults happen
 * @returns faults: at (seconds from the beginning), kind, and what belongs to the kind; requests: at, input, isDear
 */
export function planOf(seed, seconds) {
  return { faults: faultsOf(drawing(seed), seconds), requests: requestsOf(drawing(seed + 1_000_003), seconds) };
}

function faultsOf(draw, seconds) {
  const faults = [];
  let bag = [];
  for (let at = draw.between(GAP.least, GAP.most); at < seconds; at += draw.between(GAP.least, GAP.most)) {
    // Out of a shuffled bag, so that each kind comes soon.
    if (bag.length === 0) bag = draw.shuffled(KINDS);
    const [kind, particulars] = bag.pop();
    faults.push({ at, kind, ...particulars(draw) });
  }
  return faults;
}

function requestsOf(draw, seconds) {
  const requests = [];
  for (let at = 0; at < seconds; at += draw.between(REQUEST_GAP.least, REQUEST_GAP.most)) {
    requests.push({ at, input: draw.between(0, INPUTS - 1), isDear: draw.chance(1 / DEAR) });
  }
  return requests;
}

/** Ways to draw, all from one seed. */
export function drawing(seed) {
  const next = uniform(seed);
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  const pick = (list) => list[between(0, list.length - 1)];
  const shuffled = (list) => {
    const left = [...list];
    return Array.from({ length: list.length }, () => left.splice(between(0, left.length - 1), 1)[0]);
  };
  return {
    next,
    between,
    pick,
    shuffled,
    chance: (share) => next() < share,
    some: (list) => shuffled(list).slice(0, between(1, list.length)),
  };
}
