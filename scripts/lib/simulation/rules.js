/** What contracts fix for every profile: shares, factors and counts that no parameter set changes. */
export const RULES = {
  burnedShare: 0.5, // of a slashed job bond
  requesterShare: 0.1, // of a slashed job bond; the rest is the winner's
  challengeBondFactor: 2, // challenge bond, in trace prices with the answer allowance
  prepayment: 1.5, // what an ask prepays, in gas of its answer
  freeChallenges: 8, // open challenges from which on the worker's clock grows
  timeoutShare: 1 / 16, // of the answer allowance, to whoever ends a lost challenge
};
