import { settle } from "../settlement.js";
import { best, combinations } from "../search.js";

/** All that a worker can plan for a job, alone or with a partner that challenges it, for a requester that is a stranger or in it, too. */
export const plans = combinations({
  answer: ["right", "wrong"],
  selfChallenge: ["none", "committed", "opened"],
  defence: ["silent", "stubborn"],
  requester: ["stranger", "accomplice"],
});

/** What the plan is worth on average to all who are in it. */
export function payoff(world, plan) {
  const share = (balances) =>
    balances.worker + balances.partner + (plan.requester === "accomplice" ? balances.requester : 0);
  const watched = plan.answer === "wrong" ? world.assumed.watchedShare : 0;
  return (1 - watched) * share(settle(world, plan, false)) + watched * share(settle(world, plan, true));
}

export const HONEST = { answer: "right", selfChallenge: "none", defence: "silent", requester: "stranger" };

/** What a plan is measured against: honest work, or no job at all, where the requester is in it. */
export const forgone = (world, { requester }) => (requester === "accomplice" ? 0 : payoff(world, HONEST));

/** The best plan among those that a condition admits. */
export const bestPlan = (world, admitted = () => true) => best(plans.filter(admitted), (plan) => payoff(world, plan));

/** The greatest gain from a wrong answer that is still no reason to give one. */
export function deterredGain(world, admitted = () => true) {
  const harmless = { ...world, assumed: { ...world.assumed, gain: 0 } };
  const wrong = bestPlan(harmless, (plan) => plan.answer === "wrong" && admitted(plan));
  return Math.max(0, (forgone(harmless, wrong.plan) - wrong.payoff) / (1 - world.assumed.watchedShare));
}
