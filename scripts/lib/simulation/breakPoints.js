import { failing, PROPERTIES } from "./properties.js";
import { turningPoint } from "./search.js";
import { figure, SHARES, varied } from "./world.js";

/** Parameters that a deployment chooses, rules that the contracts fix, and what is taken for granted about a chain. */
export const VARIED = {
  parameters: [
    "market.requestFee",
    "market.latePenalty",
    "market.minimumBond",
    "market.protocolFeeBasisPoints",
    "market.challengeWindow",
    "court.openPeriod",
    "court.assertPeriod",
    "court.workerClock",
    "court.challengerClock",
    "court.extension",
    "court.demandLimit",
    "court.answerAllowance",
    "workers.minimumStake",
  ],
  rules: [
    "rules.burnedShare",
    "rules.requesterShare",
    "rules.challengeBondFactor",
    "rules.prepayment",
    "rules.timeoutShare",
  ],
  assumptions: [
    "assumed.gasPrice",
    "assumed.worstGasPrice",
    "assumed.price",
    "assumed.gain",
    "assumed.watchedShare",
    "assumed.capitalRate",
    "assumed.jobsADay",
    "assumed.watcherDay",
    "model.tracePrice",
    "model.traceCost",
    "model.stepGas",
  ],
};

const COUNTS = new Set(["court.demandLimit"]);
const FARTHEST = 10_000;
const LARGEST_SHARE = 0.999;

/** Steps away from a value, each twice as far as the one before, or half. */
function steps(path, value, direction) {
  const found = [];
  for (let factor = 2; factor < FARTHEST; factor *= 2) found.push(direction > 0 ? value * factor : value / factor);
  found.push(direction > 0 ? value * FARTHEST : 0);
  return SHARES.has(path) ? found.map((step) => Math.min(step, LARGEST_SHARE)) : found;
}

/** Where varying one figure in one direction first breaks one of the properties: the last value that holds, and which; null if none breaks. */
function breakPoint(world, kept, path, direction) {
  const at = (given) => varied(world, path, given);
  let holding = figure(world, path);
  for (const step of steps(path, holding, direction)) {
    const broken = failing(at(step), kept);
    if (broken.length > 0) {
      const [first] = broken
        .map((property) => ({
          property: property.name,
          value: turningPoint(holding, step, (given) => failing(at(given), [property]).length === 0),
        }))
        .sort((one, other) => direction * (one.value - other.value));
      return COUNTS.has(path) ? { ...first, value: Math.floor(first.value) } : first;
    }
    holding = step;
  }
  return null;
}

/** For each figure what it is, and how far it can go down and up before which of the properties breaks that hold as it is. */
export function breakPoints(world, paths) {
  const broken = failing(world);
  const kept = PROPERTIES.filter((property) => !broken.includes(property));
  return paths.map((path) => ({
    path,
    value: figure(world, path),
    least: breakPoint(world, kept, path, -1),
    greatest: breakPoint(world, kept, path, +1),
  }));
}
