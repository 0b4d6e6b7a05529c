import * as griefer from "./actors/griefer.js";
import * as watcher from "./actors/watcher.js";
import * as worker from "./actors/worker.js";
import { best, turningPoint } from "./search.js";
import { varied } from "./world.js";

const WATCHED = [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 1];
const FRAUD = [0, 0.0001, 0.001, 0.01, 0.1];

/** The plan that pays each actor most, by search over all its plans, against what the others do. */
export function bestResponses(world) {
  const workers = (admitted) =>
    WATCHED.map((watched) => ({
      watched,
      ...worker.bestPlan(varied(world, "assumed.watchedShare", watched), admitted),
    }));
  return {
    worker: workers(),
    insured: workers(({ answer, requester }) => answer === "wrong" && requester === "stranger"),
    watcher: FRAUD.map((fraud) => ({ fraud, ...watcher.bestPlan(world, { fraud }) })),
    griefer: [world.assumed.gasPrice, world.assumed.worstGasPrice].map((answeredAt) => ({
      answeredAt,
      ...best(griefer.plans, (plan) => harmRatio(griefer.outcome(world, plan, world.assumed.gasPrice, answeredAt))),
    })),
    leastWatched: leastWatched(world),
    breakEvenFraud: watcher.breakEvenFraud(world, { share: 1 }),
  };
}

/** What the worker loses for each $OPG that the griefer does. */
const harmRatio = ({ griefer: own, worker: other }) => Math.min(0, other) / own;

/** The share of jobs that has to be watched so that honest work is a worker's best plan. */
const leastWatched = (world) =>
  turningPoint(1, 0, (watched) => {
    const { plan } = worker.bestPlan(
      varied(world, "assumed.watchedShare", watched),
      ({ requester }) => requester === "stranger",
    );
    return plan.answer === "right";
  });
