import { attacks } from "./attacks.js";
import { bestResponses } from "./bestResponses.js";
import { breakPoints, VARIED } from "./breakPoints.js";
import { finalityBound, longestDispute } from "./clocks.js";
import { modelNeeds } from "./modelNeeds.js";
import { breakEvenByCost, breakEvenByShare } from "./plots.js";
import { playPopulation } from "./population.js";
import { check } from "./properties.js";

/** All figures about a world. */
export function simulate(world, seed) {
  const properties = check(world);
  return {
    profile: world.name,
    seed,
    holds: properties.every(({ holds }) => holds),
    properties,
    bestResponses: bestResponses(world),
    attacks: attacks(world),
    models: modelNeeds(world),
    finality: {
      unchallenged: world.market.challengeWindow,
      longest: longestDispute(world),
      bound: finalityBound(world),
    },
    breakEven: { byShare: breakEvenByShare(world), byCost: breakEvenByCost(world) },
    breakPoints: Object.fromEntries(Object.entries(VARIED).map(([kind, paths]) => [kind, breakPoints(world, paths)])),
    population: playPopulation(world, { seed }),
  };
}
