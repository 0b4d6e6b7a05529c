import { uniform } from "../uniform.js";
import { lostChallenge } from "./amounts.js";
import { settle } from "./settlement.js";

/** What workers of the population do, and what watchers. Watchers who guess challenge without looking. */
const WORKERS = {
  honest: { answer: "right", selfChallenge: "none", defence: "silent" },
  cheat: { answer: "wrong", selfChallenge: "none", defence: "stubborn" },
  insured: { answer: "wrong", selfChallenge: "opened", defence: "silent" },
};
const WATCHERS = {
  idle: { runs: 0, guesses: 0 },
  some: { runs: 0.1, guesses: 0 },
  all: { runs: 1, guesses: 0 },
  guessing: { runs: 0, guesses: 0.05 },
};

const IMITATION = 0.2; // chance a round that one looks at another and does as that one, if it fares better
const WHIM = { worker: 0.01, watcher: 0.05 }; // chance a round that one tries anything

/**
 * Workers and watchers who play jobs, round after round, and imitate whoever earns more. A third of the workers is honest at first, and a quarter of
 * the watchers is idle.
 *
 * @returns a row for each round: shares of wrong answers, of jobs that somebody ran again, of wrong answers that stood, and of right ones challenged
 */
export function playPopulation(world, { seed, rounds = 300, jobs = 200, workers = 30, watchers = 8 }) {
  const next = uniform(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const crowd = (strategies, size) =>
    Array.from({ length: size }, (_, place) => ({ strategy: strategies[place % strategies.length], earned: 0 }));
  const workerNames = Object.keys(WORKERS);
  const watcherNames = Object.keys(WATCHERS);
  const working = crowd(workerNames, workers);
  const watching = crowd(watcherNames, watchers);

  const learn = (agents, strategies, whim) => {
    const earned = agents.map((agent) => agent.earned);
    const before = agents.map((agent) => agent.strategy);
    agents.forEach((agent, place) => {
      const model = Math.floor(next() * agents.length);
      if (next() < IMITATION && earned[model] > earned[place]) agent.strategy = before[model];
      if (next() < whim) agent.strategy = pick(strategies);
      agent.earned = 0;
    });
  };

  return Array.from({ length: rounds }, (_, round) => {
    const counts = { wrong: 0, watched: 0, stood: 0, falselyChallenged: 0 };
    for (let job = 0; job < jobs; job++) playJob(world, working, watching, next, counts);
    const day = (world.assumed.watcherDay * jobs) / world.assumed.jobsADay;
    for (const watcher of watching) if (watcher.strategy !== "idle") watcher.earned -= day;
    learn(working, workerNames, WHIM.worker);
    learn(watching, watcherNames, WHIM.watcher);
    return { round, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / jobs])) };
  });
}

/** One job, drawn to a worker; whoever finds it wrong first has the winner's share. */
function playJob(world, working, watching, next, counts) {
  const worker = working[Math.floor(next() * working.length)];
  const plan = WORKERS[worker.strategy];
  const wrong = plan.answer === "wrong";
  const challengers = [];
  let watched = false;
  for (const watcher of watching) {
    const { runs, guesses } = WATCHERS[watcher.strategy];
    if (next() < runs) {
      watched = true;
      watcher.earned -= world.model.filterCost;
      if (wrong) challengers.push(watcher);
    } else if (next() < guesses) {
      if (wrong) challengers.push(watcher);
      else {
        watcher.earned -= lostChallenge(world);
        counts.falselyChallenged++;
      }
    }
  }
  const balances = settle(world, plan, challengers.length > 0);
  worker.earned += balances.worker + balances.partner;
  if (challengers.length > 0) challengers[Math.floor(next() * challengers.length)].earned += balances.watcher;
  if (watched) counts.watched++;
  if (wrong) counts.wrong++;
  if (wrong && challengers.length === 0) counts.stood++;
}
