import {
  challengeBond,
  challengerOutlay,
  disputeAward,
  gasCost,
  lockCost,
  protocolFee,
  slashed,
  timeoutReward,
} from "./amounts.js";
import { longestDispute } from "./clocks.js";
import { answersGas } from "./gas.js";

/** Everybody whom a job's money can reach; `outside` is the world beyond: machines, lenders, whoever gains from wrong answers. */
const PARTIES = ["worker", "partner", "requester", "watcher", "protocol", "burned", "producers", "outside"];

/** Accounts in which every payment leaves one party and reaches another. */
class Accounts {
  constructor(world) {
    this.world = world;
    this.balances = Object.fromEntries(PARTIES.map((party) => [party, 0]));
  }

  pay(from, to, amount) {
    this.balances[from] -= amount;
    this.balances[to] += amount;
  }

  gas(from, ...moves) {
    const gas = moves.reduce((sum, move) => sum + this.world.gas[move], 0);
    this.pay(from, "producers", gasCost(gas, this.world.assumed.gasPrice));
  }

  lock(from, amount, seconds) {
    this.pay(from, "outside", lockCost(this.world, amount, seconds));
  }
}

/**
 * What one job leaves everybody with.
 *
 * @param plan.answer "right" or "wrong": a wrong one costs no run, and is worth something to somebody
 * @param plan.selfChallenge what the worker's partner does against the worker: "none", "committed" (each open period anew; opened only if
 *        somebody else challenges), or "opened" (and kept alive until somebody else wins, or it is lost)
 * @param plan.defence "silent" or "stubborn": whether a caught worker answers until the proof
 * @param caught whether a watcher challenges, which it does only where the answer is wrong
 */
export function settle(world, { answer, selfChallenge, defence }, caught) {
  const accounts = new Accounts(world);
  accounts.gas("requester", "request");
  accounts.pay("requester", "burned", world.market.requestFee);
  accounts.gas("worker", "claim");
  if (answer === "right") accounts.pay("worker", "outside", world.model.filterCost);
  if (caught) refute(accounts, selfChallenge, defence);
  else uphold(accounts, answer, selfChallenge);
  return accounts.balances;
}

function uphold(accounts, answer, selfChallenge) {
  const { world } = accounts;
  const { market, assumed, model } = world;
  accounts.gas("worker", "finalise");
  accounts.pay("requester", "worker", assumed.price);
  accounts.pay("requester", "protocol", protocolFee(world));
  if (answer === "wrong") accounts.pay("outside", "worker", assumed.gain);
  if (selfChallenge === "opened") {
    accounts.gas("partner", "challenge", "open");
    accounts.gas("worker", "assertTrace", "timeout", "settle");
    accounts.pay("worker", "outside", model.traceCost);
    const paid = disputeAward(world) + timeoutReward(world);
    accounts.pay("partner", "worker", paid);
    accounts.pay("partner", "burned", challengeBond(world) - paid);
    accounts.lock("worker", market.minimumBond, longestDispute(world));
  } else {
    accounts.lock("worker", market.minimumBond, market.challengeWindow);
  }
  if (selfChallenge === "committed") commitAndForfeit(accounts, commitmentsInWindow(world));
}

function refute(accounts, selfChallenge, defence) {
  const { world } = accounts;
  const { bond, burned, requester, winner } = slashed(world);
  accounts.lock("worker", bond, longestDispute(world));
  accounts.lock("watcher", challengeBond(world), longestDispute(world));
  accounts.pay("worker", "burned", burned);
  accounts.pay("worker", "requester", requester);
  if (defence === "stubborn") resist(accounts);
  else accounts.gas("watcher", "challenge", "open", "timeout", "settle");
  if (selfChallenge === "none") {
    accounts.pay("worker", "watcher", winner);
    return;
  }
  // The partner committed earlier. It refutes in the extension after the watcher and takes its place.
  accounts.pay("worker", "partner", winner);
  accounts.gas("partner", "challenge", "open", defence === "stubborn" ? "proveOutput" : "timeout");
  if (selfChallenge === "committed") commitAndForfeit(accounts, (commitmentsInWindow(world) - 1) / 2);
}

/** The worker asserts a trace and answers; the watcher asks, prepays and proves. */
function resist(accounts) {
  const { world } = accounts;
  const { gas, model, rules, assumed } = world;
  const prepaid = gasCost(rules.prepayment * answersGas(gas, model), assumed.gasPrice);
  accounts.gas("worker", "assertTrace");
  accounts.pay("worker", "outside", model.traceCost);
  accounts.pay("worker", "producers", gasCost(answersGas(gas, model), assumed.gasPrice));
  accounts.pay("watcher", "worker", prepaid);
  accounts.pay("watcher", "producers", challengerOutlay(world, assumed.gasPrice) - prepaid);
}

/** Commitments that it takes to have one that can still be opened until the window ends. */
const commitmentsInWindow = ({ market, court }) => Math.ceil(market.challengeWindow / court.openPeriod);

function commitAndForfeit(accounts, count) {
  const { world } = accounts;
  accounts.pay("partner", "burned", count * challengeBond(world));
  accounts.pay("partner", "producers", count * gasCost(world.gas.challenge, world.assumed.gasPrice));
}
