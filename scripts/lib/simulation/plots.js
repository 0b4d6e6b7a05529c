import * as griefer from "./actors/griefer.js";
import { breakEvenFraud } from "./actors/watcher.js";
import { deterredGain } from "./actors/worker.js";
import { finalityBound, longestDispute } from "./clocks.js";
import { varied } from "./world.js";

const HOUR = 3_600;

/** `count` values from one to another, each the same factor above the one before. */
const geometric = (from, to, count) =>
  Array.from({ length: count }, (_, place) => from * (to / from) ** (place / (count - 1)));

/** Break-even rate of fraud against the share of jobs that a watcher runs again, with no, three and nine others who do the same. */
export const breakEvenByShare = (world) =>
  [0, 3, 9].map((rivals) => ({
    name: rivals === 0 ? "alone" : `with ${rivals} others`,
    points: geometric(0.001, 1, 31).map((share) => [share, breakEvenFraud(world, { share, rivals })]),
  }));

/** The same against what it costs to run one job again, for a watcher that runs all jobs, and one that runs a tenth. */
export const breakEvenByCost = (world) =>
  [1, 0.1].map((share) => ({
    name: share === 1 ? "all jobs" : "a tenth of them",
    points: geometric(0.0001, 10, 31).map((cost) => [cost, breakEvenFraud(world, { share, cost })]),
  }));

function deterrence(world) {
  const shares = geometric(0.01, 0.95, 61);
  const line = (name, admitted) => ({
    name,
    points: shares.map((share) => [
      share,
      Math.max(0.01, deterredGain(varied(world, "assumed.watchedShare", share), admitted)),
    ]),
  });
  return [
    line("a worker alone", (plan) => plan.selfChallenge === "none" && plan.requester === "stranger"),
    line("with a challenger", (plan) => plan.requester === "stranger"),
    line("and with a requester", () => true),
  ];
}

function griefing(world) {
  const counts = [1, 8, ...Array.from({ length: 20 }, (_, place) => 25 * (place + 1))];
  const opened = griefer.plans.filter((plan) => plan.opened && plan.challenges === 1);
  const line = (name, askedAt, answeredAt) => ({
    name,
    points: counts.map((challenges) => [
      challenges,
      Math.min(...opened.map((plan) => griefer.outcome(world, { ...plan, challenges }, askedAt, answeredAt).worker)),
    ]),
  });
  const { gasPrice } = world.assumed;
  return [
    line("usual gas price", gasPrice, gasPrice),
    line("twice that", 2 * gasPrice, 2 * gasPrice),
    line("doubles after asking", gasPrice, 2 * gasPrice),
  ];
}

function finality(world) {
  const counts = Array.from({ length: 60 }, (_, place) => place + 1);
  return [
    { name: "longest game", points: counts.map((count) => [count, longestDispute(world, count) / HOUR]) },
    { name: "promised bound", points: counts.map((count) => [count, finalityBound(world) / HOUR]) },
    { name: "nobody challenges", points: counts.map((count) => [count, world.market.challengeWindow / HOUR]) },
  ];
}

function population(rounds) {
  const line = (name, field) => ({ name, points: rounds.map((row) => [row.round, row[field]]) });
  return [
    line("wrong answers", "wrong"),
    line("wrong answers that stood", "stood"),
    line("jobs run again", "watched"),
    line("false challenges", "falselyChallenged"),
  ];
}

/** Plots by the name of their file. */
export function plots(world, rounds) {
  const share = { label: "share of jobs run again", logarithmic: true };
  return {
    "break-even-by-share": {
      title: `${world.name}: rate of fraud from which watching pays`,
      x: share,
      y: { label: "rate of fraud", logarithmic: true },
      lines: breakEvenByShare(world),
    },
    "break-even-by-cost": {
      title: `${world.name}: rate of fraud from which watching pays`,
      x: { label: "cost of running a job again, $OPG", logarithmic: true },
      y: { label: "rate of fraud", logarithmic: true },
      lines: breakEvenByCost(world),
    },
    deterrence: {
      title: `${world.name}: greatest gain that the least bond deters`,
      x: share,
      y: { label: "gain from a wrong answer, $OPG", logarithmic: true },
      lines: deterrence(world),
    },
    griefing: {
      title: `${world.name}: the worst that sham challenges leave a worker with`,
      x: { label: "challenges against one answer" },
      y: { label: "worker's balance, $OPG" },
      lines: griefing(world),
    },
    finality: {
      title: `${world.name}: from claim to verdict, everybody stalling`,
      x: { label: "challenges against one answer" },
      y: { label: "hours" },
      lines: finality(world),
    },
    population: {
      title: `${world.name}: workers and watchers who imitate success`,
      x: { label: "round" },
      y: { label: "share of jobs" },
      lines: population(rounds),
    },
  };
}
