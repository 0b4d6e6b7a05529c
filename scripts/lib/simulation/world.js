import { profileNames, writtenProfile } from "../parametersFile.js";
import { ASSUMPTIONS } from "./assumptions.js";
import { GAS } from "./gas.js";
import { MODELS } from "./models.js";
import { RULES } from "./rules.js";

/** The profiles that stand for a real chain, and so have assumptions. */
export const simulatedProfiles = profileNames.filter((name) => Object.hasOwn(ASSUMPTIONS, name));

/**
 * Everything that a figure depends on: a profile as it is deployed, the contracts' rules, gas of moves, assumptions about the chain, and a model.
 * Amounts are in $OPG, durations in seconds.
 */
export function worldOf(name, model = "bert-base") {
  const { market, court, workers } = writtenProfile(name);
  if (!simulatedProfiles.includes(name)) {
    throw new Error(
      `the profile "${name}" stands for no real chain and has no assumptions; those that do: ${simulatedProfiles.join(", ")}`,
    );
  }
  return {
    name,
    market: inNumbers(market),
    court: inNumbers(court),
    workers: inNumbers(workers),
    rules: RULES,
    gas: GAS,
    assumed: ASSUMPTIONS[name],
    model: MODELS[model],
  };
}

/** Figures that are a part of a whole. */
export const SHARES = new Set(["rules.burnedShare", "rules.requesterShare", "assumed.watchedShare", "assumed.censors"]);

/** Figures by which others are divided. */
export const DIVISORS = new Set(["court.openPeriod", "assumed.jobsADay", "assumed.blockGas"]);

/** The same world with one figure changed: `varied(world, "court.extension", 60)`. */
export function varied(world, path, value) {
  const [group, field] = path.split(".");
  return { ...world, [group]: { ...world[group], [field]: value } };
}

/** What stands at a path. */
export function figure(world, path) {
  const [group, field] = path.split(".");
  return world[group][field];
}

const inNumbers = (section) => Object.fromEntries(Object.entries(section).map(([key, value]) => [key, Number(value)]));
