import { challengeBond, challengerOutlay, gasCost, lockCost, slashed, timeoutReward } from "./amounts.js";
import * as griefer from "./actors/griefer.js";
import * as requester from "./actors/requester.js";
import * as watcher from "./actors/watcher.js";
import * as worker from "./actors/worker.js";
import { finalityBound, inclusionTime, longestDispute } from "./clocks.js";
import { alternations, disputeGas, workerGas } from "./gas.js";
import { settle } from "./settlement.js";
import { varied } from "./world.js";

/** A watcher runs the job, and commits and opens a challenge. */
const MOVES_TO_CHALLENGE = 2;

/** Part of the blocks that a worker fills who answers a flood of challenges. */
const SHARE_OF_BLOCKS = 0.2;

const least = (values) => Math.min(...values);
const single = { challenges: 1, opened: true, walk: true, demands: true };

/** How much more than the watcher a worker loses that is convicted, but whose partner committed earlier; its requester is in it, too. */
function baitingMargin(world) {
  const plans = worker.plans.filter(({ answer, selfChallenge }) => answer === "wrong" && selfChallenge !== "none");
  return least(
    plans.map((plan) => {
      const balances = settle(world, plan, true);
      return balances.watcher - (balances.worker + balances.partner + balances.requester);
    }),
  );
}

/**
 * What parameters have to keep. Each property holds where its margin is not negative; margins are in $OPG, seconds, or a number, as `unit` says.
 */
export const PROPERTIES = [
  {
    name: "honest work pays",
    unit: "$OPG",
    statement: "price ≥ the worker's run, gas of claim and finalisation, and its bond locked for the window",
    margin: (world) => worker.payoff(world, worker.HONEST),
  },
  {
    name: "cheating loses",
    unit: "$OPG",
    statement: "the best plan of a worker without accomplices that answers wrongly is worse than honest work",
    margin: (world) =>
      worker.payoff(world, worker.HONEST) -
      worker.bestPlan(world, ({ answer, requester: who }) => answer === "wrong" && who === "stranger").payoff,
  },
  {
    name: "collusion loses",
    unit: "$OPG",
    statement: "worker, requester and challenger together lose on each job of theirs, whatever its answer",
    margin: (world) => -worker.bestPlan(world, ({ requester: who }) => who === "accomplice").payoff,
  },
  {
    name: "bonds deter in proportion",
    unit: "$OPG",
    statement:
      "where half of all jobs are watched, the bond deters a gain of half of it, whoever is in it and challenges whom",
    margin: (world) => worker.deterredGain(varied(world, "assumed.watchedShare", 0.5)) - world.market.minimumBond / 2,
  },
  {
    name: "self-challenge loses",
    unit: "$OPG",
    statement: "a right answer is worth more unchallenged than with a challenge of the worker's own",
    margin: (world) =>
      worker.payoff(world, worker.HONEST) -
      worker.bestPlan(
        world,
        ({ answer, selfChallenge, requester: who }) =>
          answer === "right" && selfChallenge !== "none" && who === "stranger",
      ).payoff,
  },
  {
    name: "griefing costs the griefer more",
    unit: "$OPG",
    statement: "no plan of challenges and demands against a right answer costs the worker more than the griefer",
    margin: (world) =>
      least(
        [world.assumed.gasPrice, world.assumed.worstGasPrice].flatMap((answeredAt) =>
          griefer.plans.map((plan) => {
            const { griefer: own, worker: other } = griefer.outcome(world, plan, world.assumed.gasPrice, answeredAt);
            return Math.min(0, other) - own;
          }),
        ),
      ),
  },
  {
    name: "a challenge leaves the worker whole",
    unit: "$OPG",
    statement:
      "trace price and answer allowance cover one challenge asked at the usual gas price and answered at the worst",
    margin: (world) => griefer.outcome(world, single, world.assumed.gasPrice, world.assumed.worstGasPrice).worker,
  },
  {
    name: "a flood leaves the worker whole",
    unit: "$OPG",
    statement: `the same for ${griefer.FLOOD} challenges at the usual gas price`,
    margin: (world) =>
      least(
        griefer.plans
          .filter(({ challenges, opened }) => opened && challenges === griefer.FLOOD)
          .map((plan) => griefer.outcome(world, plan, world.assumed.gasPrice).worker),
      ),
  },
  {
    name: "a time-out pays for itself",
    unit: "$OPG",
    statement: "what a lost bond pays to the sender of the time-out ≥ its gas at the worst price",
    margin: (world) => timeoutReward(world) - gasCost(world.gas.timeout, world.assumed.worstGasPrice),
  },
  {
    name: "challenge bond covers the worker",
    unit: "$OPG",
    statement: "challenge bond ≥ 2 · (trace price + the worker's worst gas at the worst price)",
    margin: (world) =>
      challengeBond(world) -
      2 *
        (world.model.tracePrice +
          gasCost(workerGas(world.gas, world.model, world.court.demandLimit), world.assumed.worstGasPrice)),
  },
  {
    name: "job bond covers a dispute",
    unit: "$OPG",
    statement: "job bond ≥ 4 · gas of a worst dispute at the worst price",
    margin: (world) =>
      world.market.minimumBond - 4 * gasCost(disputeGas(world.gas, world.model), world.assumed.worstGasPrice),
  },
  {
    name: "conviction pays",
    unit: "$OPG",
    statement:
      "the winner's share ≥ its gas and prepayments at the worst price, and its bond locked for the longest dispute",
    margin: (world) =>
      slashed(world).winner -
      challengerOutlay(world, world.assumed.worstGasPrice) -
      lockCost(world, challengeBond(world), longestDispute(world)),
  },
  {
    name: "baiting watchers costs more",
    unit: "$OPG",
    statement:
      "a worker that has its partner take the winner's share loses more than the watcher that convicts it does at the worst price",
    margin: (world) => baitingMargin(varied(world, "assumed.gasPrice", world.assumed.worstGasPrice)),
  },
  {
    name: "a challenge wins what it risks",
    unit: "$OPG",
    statement: "the winner's share ≥ the challenge bond",
    margin: (world) => slashed(world).winner - challengeBond(world),
  },
  {
    name: "an earlier challenger is heard",
    unit: "s",
    statement: "extension ≥ congestion, and the blocks that a proof takes: who copied a proof is overtaken",
    margin: (world) => world.court.extension - watcher.timeToProve(world),
  },
  {
    name: "watching pays",
    unit: "$OPG a day",
    statement: "at the tolerated rate of fraud some way to run jobs again pays",
    margin: (world) =>
      watcher.bestPlan(world, { fraud: world.assumed.toleratedFraud }, ({ way }) => ["filter", "run"].includes(way))
        .payoff,
  },
  {
    name: "challenging blindly loses",
    unit: "$OPG a day",
    statement: "at the tolerated rate of fraud neither guessing nor copying pays",
    margin: (world) =>
      -watcher.bestPlan(world, { fraud: world.assumed.toleratedFraud }, ({ way }) => ["guess", "copy"].includes(way))
        .payoff,
  },
  {
    name: "bothering workers costs the requester more",
    unit: "$OPG",
    statement:
      "an unanswerable request, or a claim kept out until it is late, costs the requester more than the worker; late penalty ≤ request fee",
    margin: (world) =>
      least([
        world.market.requestFee - world.market.latePenalty,
        ...requester.plans.map((plan) => {
          const { requester: own, worker: other } = requester.outcome(world, plan);
          return other - own;
        }),
      ]),
  },
  {
    name: "a stake covers a bond",
    unit: "$OPG",
    statement: "minimum stake ≥ minimum bond",
    margin: (world) => world.workers.minimumStake - world.market.minimumBond,
  },
  {
    name: "finality is bounded",
    unit: "s",
    statement:
      "the longest game by search ≤ 2·window + assertion + 2·worker's clock + challenger's clock + m·extension",
    margin: (world) =>
      finalityBound(world) - Math.max(...[1, 50, griefer.FLOOD].map((count) => longestDispute(world, count))),
  },
  {
    name: "finality is soon enough",
    unit: "s",
    statement: "the longest game ≤ what requesters are thought to bear",
    margin: (world) => world.assumed.finalityLimit - longestDispute(world, griefer.FLOOD),
  },
  {
    name: "window outlasts censorship",
    unit: "s",
    statement: "window ≥ reaction, a run, and two moves that somebody tries to keep out",
    margin: (world) =>
      world.market.challengeWindow -
      world.assumed.reaction -
      world.model.traceSeconds -
      inclusionTime(world, MOVES_TO_CHALLENGE),
  },
  {
    name: "opening outlasts censorship",
    unit: "s",
    statement: "open period ≥ a block, and one move that somebody tries to keep out",
    margin: (world) => world.court.openPeriod - world.assumed.blockPeriod - inclusionTime(world, 1),
  },
  {
    name: "assertion outlasts censorship",
    unit: "s",
    statement: "assert period ≥ reaction, a trace, and one such move",
    margin: (world) =>
      world.court.assertPeriod - world.assumed.reaction - world.model.traceSeconds - inclusionTime(world, 1),
  },
  {
    name: "worker's clock outlasts censorship",
    unit: "s",
    statement: "worker's clock ≥ reaction, and all answers that somebody tries to keep out",
    margin: (world) =>
      world.court.workerClock - world.assumed.reaction - inclusionTime(world, alternations(world.model)),
  },
  {
    name: "challenger's clock outlasts censorship",
    unit: "s",
    statement: "challenger's clock ≥ reaction, and all questions and proofs that somebody tries to keep out",
    margin: (world) =>
      world.court.challengerClock -
      world.assumed.reaction -
      inclusionTime(world, alternations(world.model) + world.model.proofTransactions),
  },
  {
    name: "a flood can be answered",
    unit: "s",
    statement: `the worker's clock suffices for the answers to ${griefer.FLOOD} challenges in a fifth of each block`,
    margin: (world) => {
      const { gas, model, court, assumed } = world;
      const sent = griefer.FLOOD * workerGas(gas, model, court.demandLimit);
      const blocks = Math.ceil(sent / (assumed.blockGas * SHARE_OF_BLOCKS));
      return court.workerClock - blocks * assumed.blockPeriod;
    },
  },
  {
    name: "withheld data can be demanded",
    unit: "demands",
    statement: "a challenge may demand a leaf",
    margin: (world) => world.court.demandLimit - 1,
  },
];

/** Each property with its margin in this world. */
export const check = (world) =>
  PROPERTIES.map(({ name, unit, statement, margin }) => {
    const value = margin(world);
    return { name, unit, statement, margin: value, holds: value >= 0 };
  });

/** Those of the properties that fail in this world. */
export const failing = (world, properties = PROPERTIES) => properties.filter(({ margin }) => !(margin(world) >= 0));
