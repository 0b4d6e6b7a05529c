import { answersGas, challengerGas, disputeGas } from "./gas.js";

const YEAR = 365 * 24 * 3_600;
const MILLION = 1_000_000;

/** What gas costs in $OPG. */
export const gasCost = (gas, gasPrice) => (gas * gasPrice) / MILLION;

/** What it costs to have money locked. */
export const lockCost = ({ assumed }, amount, seconds) => (amount * assumed.capitalRate * seconds) / YEAR;

export const protocolFee = ({ market, assumed }) => (assumed.price * market.protocolFeeBasisPoints) / 10_000;

/** What a lost challenge pays to the worker, once a job: its trace, and its gas. */
export const disputeAward = ({ court, model }) => model.tracePrice + court.answerAllowance;

/** What a lost challenge pays to whoever sends its time-out. */
export const timeoutReward = ({ court, rules }) => rules.timeoutShare * court.answerAllowance;

/** The least bond of a challenge. */
export const challengeBond = (world) => world.rules.challengeBondFactor * disputeAward(world);

/** What it costs to open the least challenge and lose it without a question. */
export const lostChallenge = (world) =>
  challengeBond(world) + gasCost(world.gas.challenge + world.gas.open, world.assumed.gasPrice);

/** How a slashed job bond is shared out. */
export function slashed({ market, rules }) {
  const bond = market.minimumBond;
  const burned = bond * rules.burnedShare;
  const requester = bond * rules.requesterShare;
  return { bond, burned, requester, winner: bond - burned - requester };
}

/** What a challenger spends until a worker that defends itself to the last is refuted: its gas, and what its questions prepaid. */
export const challengerOutlay = ({ gas, model, rules }, gasPrice) =>
  gasCost(challengerGas(gas, model) + rules.prepayment * answersGas(gas, model), gasPrice);

/** The least job bond from which a worst dispute's gas is covered four times, and the winner's share is worth the challenge bond. */
export function jobBondNeeded(world) {
  const { gas, model, rules, assumed } = world;
  const winnersShare = 1 - rules.burnedShare - rules.requesterShare;
  return Math.max(4 * gasCost(disputeGas(gas, model), assumed.worstGasPrice), challengeBond(world) / winnersShare);
}
