import { challengeBond, disputeAward, gasCost, lockCost, timeoutReward } from "../amounts.js";
import { longestDispute } from "../clocks.js";
import { alternations, answersGas } from "../gas.js";
import { combinations } from "../search.js";

/** As many challenges as anybody is thought to send against one right answer. */
export const FLOOD = 500;

/** How somebody can bother a worker whose answer is right. Each challenge asks for other nodes: none has its answer already. */
export const plans = combinations({
  challenges: [1, 8, 50, FLOOD],
  opened: [true, false],
  walk: [false, true], // down the whole tree, or silence from the opening on
  demands: [false, true], // as many as are allowed
}).filter(({ opened, walk, demands }) => opened || !(walk || demands));

/**
 * What it leaves griefer and worker with, where the griefer sends at one gas price and the worker answers at another.
 * The worker's is against the day on which nobody had challenged.
 */
export function outcome(world, plan, askedAt, answeredAt = askedAt) {
  const { court, gas, model, rules, market } = world;
  const { challenges, opened, walk, demands } = plan;
  const demanded = demands ? court.demandLimit * challenges : 0;
  const questions = walk ? challenges * alternations(model) : 0;
  const answers = (walk ? challenges * answersGas(gas, model) : 0) + demanded * gas.revealLeaf;
  const prepaid = gasCost(rules.prepayment * answers, askedAt);
  const moves = challenges * (gas.challenge + (opened ? gas.open : 0)) + (questions + demanded) * gas.ask;
  const griefer = -challenges * challengeBond(world) - gasCost(moves, askedAt) - prepaid;
  if (!opened) return { griefer, worker: 0 };
  const timeouts = gas.timeout + (challenges - 1) * gas.laterTimeout;
  const sent = gas.assertTrace + answers + timeouts + gas.settle;
  const worker =
    disputeAward(world) +
    challenges * timeoutReward(world) +
    prepaid -
    model.traceCost -
    gasCost(sent, answeredAt) -
    lockCost(world, market.minimumBond, longestDispute(world, challenges) - market.challengeWindow);
  return { griefer, worker };
}
