import { alternations } from "./gas.js";

/** With which probability an honest party may fail to be heard in time. */
const FAILURE = 1e-9;

/** Blocks in which `moves` transactions are surely included, one after the other, where each block's producer leaves them out with `censors`. */
export function blocksFor(moves, censors) {
  if (censors === 0) return moves;
  // Enough blocks: fewer than `moves` of them by others than the censors is as improbable as FAILURE.
  const fails = (blocks) => probabilityOfFewer(moves, blocks, 1 - censors) > FAILURE;
  let enough = moves;
  while (fails(enough)) enough *= 2;
  let few = moves - 1;
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (fails(middle)) few = middle;
    else enough = middle;
  }
  return enough;
}

/** P(fewer than `wanted` successes in `trials`). */
function probabilityOfFewer(wanted, trials, success) {
  let logarithm = trials * Math.log1p(-success);
  let sum = 0;
  for (let successes = 0; successes < wanted; successes++) {
    sum += Math.exp(logarithm);
    logarithm += Math.log(((trials - successes) / (successes + 1)) * (success / (1 - success)));
  }
  return sum;
}

/** Seconds in which an honest party surely gets `moves` transactions on chain, whoever would rather not see them there. */
export function inclusionTime({ assumed }, moves) {
  const held = Math.min(moves, assumed.censoredMoves);
  const waiting = held * assumed.forcedInclusion + (moves - held) * assumed.congestion;
  return waiting + blocksFor(moves, assumed.censors) * assumed.blockPeriod;
}

/** The worker's clock in one of many challenges. */
export const workerClock = ({ court, rules }, challenges) =>
  court.workerClock + Math.min(court.workerClock, court.extension * Math.max(0, challenges - rules.freeChallenges));

/** Games that were searched: most figures have nothing to do with clocks, and ask for the same ones. */
const searched = new Map();

/**
 * The longest that a game of `questions` takes, by search: at each turn a side uses none of its time, all but the extension, or all.
 * The challenger asks, the worker answers; at last the challenger proves.
 */
export function longestGame(worker, challenger, extension, questions) {
  const game = [worker, challenger, extension, questions].join();
  if (!searched.has(game)) searched.set(game, searchGame(worker, challenger, extension, questions));
  return searched.get(game);
}

function searchGame(worker, challenger, extension, questions) {
  const known = new Map();
  const longest = (clock, opponent, turns) => {
    if (turns === 0) return 0;
    const position = [clock, opponent, turns].join();
    if (!known.has(position)) {
      const uses = [0, Math.max(0, clock - extension), clock];
      const lasting = (used) => used + longest(Math.max(opponent, extension), clock - used, turns - 1);
      known.set(position, Math.max(...uses.map(lasting)));
    }
    return known.get(position);
  };
  return longest(challenger, worker, 2 * questions + 1);
}

/** Seconds from the claim until the job is final or refuted, where everybody stalls. */
export function longestDispute(world, challenges = 1) {
  const { market, court, model } = world;
  const game = longestGame(workerClock(world, challenges), court.challengerClock, court.extension, alternations(model));
  // The last extension is that in which an earlier challenge may refute, too.
  return market.challengeWindow + court.assertPeriod + game + court.extension;
}

/** What the protocol promises, whatever the number of challenges. */
export const finalityBound = ({ market, court, model }) =>
  2 * market.challengeWindow +
  court.assertPeriod +
  2 * court.workerClock +
  court.challengerClock +
  alternations(model) * court.extension;
