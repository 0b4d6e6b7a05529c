import { challengeBond, challengerOutlay, gasCost, lockCost, lostChallenge, slashed } from "../amounts.js";
import { longestDispute } from "../clocks.js";
import { best, combinations } from "../search.js";

/**
 * All that a watcher can plan for its days: to do nothing; to run a share of the jobs again, with ONNX Runtime first or in the canonical engine
 * at once; to challenge a share of them without looking ("guess"); or to look for others' challenges and send the same ("copy").
 */
export const plans = [
  { way: "idle", share: 0 },
  ...combinations({ way: ["filter", "run", "guess"], share: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] }),
  { way: "copy", share: 1 },
];

/** What running one job again costs. */
const rerunCost = ({ model }, way, fraud) => (way === "run" ? model.runCost : model.filterCost + fraud * model.runCost);

/** The chance to be first among `rivals` others which each run the same share of all jobs. */
const chanceToBeFirst = (share, rivals) => (1 - (1 - share) ** (rivals + 1)) / ((rivals + 1) * share);

/** What a conviction leaves the winner with; the worker defends itself to the last. */
export const convictionGain = (world) =>
  slashed(world).winner -
  challengerOutlay(world, world.assumed.gasPrice) -
  lockCost(world, challengeBond(world), longestDispute(world));

/** What a challenge without looking is worth on average, where a share `fraud` of the answers is wrong. */
export const guessGain = (world, fraud) => fraud * convictionGain(world) - (1 - fraud) * lostChallenge(world);

/** What sending another's challenge and proof once more is worth. It may come first, but whoever committed earlier has the extension to send its own. */
export function copyGain(world) {
  const { assumed, gas, court } = world;
  if (court.extension < timeToProve(world)) return convictionGain(world);
  return -gasCost(gas.challenge + gas.open + gas.proveOutput, assumed.gasPrice);
}

/** What the plan is worth a day, where a share `fraud` of the answers is wrong and `rivals` others watch as much. */
export function payoff(world, { way, share }, { fraud, rivals = 0 }) {
  const { assumed } = world;
  const jobs = assumed.jobsADay * share;
  switch (way) {
    case "idle":
      return 0;
    case "guess":
      return jobs * guessGain(world, fraud) - assumed.watcherDay;
    case "copy":
      return jobs * fraud * copyGain(world) - assumed.watcherDay;
    default: {
      const won = fraud * chanceToBeFirst(share, rivals) * convictionGain(world);
      return jobs * (won - rerunCost(world, way, fraud)) - assumed.watcherDay;
    }
  }
}

/** Seconds that a challenger who knows the proof needs to have it on chain. */
export const timeToProve = ({ assumed, model }) => assumed.congestion + model.proofTransactions * assumed.blockPeriod;

export const bestPlan = (world, market, admitted = () => true) =>
  best(plans.filter(admitted), (plan) => payoff(world, plan, market));

/** The rate of fraud from which on it pays to run a share of the jobs again; 1 where it never does. */
export function breakEvenFraud(world, { share, rivals = 0, cost = world.model.filterCost }) {
  const { assumed } = world;
  const perJob = cost + assumed.watcherDay / (assumed.jobsADay * share);
  const won = chanceToBeFirst(share, rivals) * convictionGain(world);
  return won > perJob ? perJob / won : 1;
}
