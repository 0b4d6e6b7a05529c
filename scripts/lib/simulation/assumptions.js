const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * What the figures take for granted about each kind of chain and its market: docs/economics.md gives the reasons. No contract reads them.
 * Gas prices are in $OPG a million gas, other amounts in $OPG.
 */
export const ASSUMPTIONS = {
  consortium: {
    gasPrice: 0.1, // usual
    worstGasPrice: 1, // for as long as a dispute
    blockPeriod: 4, // s
    blockGas: 30_000_000,
    censors: 1 / 3, // share of block producers that leave a party's transactions out
    forcedInclusion: 0, // s after which the chain takes a transaction that its only producer leaves out; 0: there are many producers
    censoredMoves: 0, // of one dispute, that the only producer leaves out
    congestion: 60, // s that a transaction may wait though nobody censors it
    reaction: 900, // s until a stopped machine acts again
    finalityLimit: DAY, // longest that a requester may have to wait in the worst case
    price: 1, // of an answer
    gain: 1, // to somebody, from a wrong answer to an ordinary job
    watchedShare: 0.05, // of all jobs, that some honest watcher runs again
    toleratedFraud: 0.001, // rate of fraud at which watching has to pay
    jobsADay: 5_000,
    watcherDay: 20, // what a watcher's machine and node cost a day
    capitalRate: 0.15, // what a year of locked money costs
  },
  l2: {
    gasPrice: 0.6, // 0.02 gwei, a coin at 30,000 $OPG
    worstGasPrice: 12, // 0.2 gwei, a coin at 60,000 $OPG
    blockPeriod: 2,
    blockGas: 30_000_000,
    censors: 0,
    forcedInclusion: DAY,
    censoredMoves: 2,
    congestion: HOUR,
    reaction: 4 * HOUR,
    finalityLimit: 21 * DAY,
    price: 2,
    gain: 2,
    watchedShare: 0.05,
    toleratedFraud: 0.001,
    jobsADay: 10_000,
    watcherDay: 50,
    capitalRate: 0.15,
  },
  l1: {
    gasPrice: 60, // 2 gwei, a coin at 30,000 $OPG
    worstGasPrice: 1_800, // 30 gwei, a coin at 60,000 $OPG
    blockPeriod: 12,
    blockGas: 36_000_000,
    censors: 0.99,
    forcedInclusion: 0,
    censoredMoves: 0,
    congestion: HOUR / 2,
    reaction: 4 * HOUR,
    finalityLimit: 7 * DAY,
    price: 50,
    gain: 50,
    watchedShare: 0.05,
    toleratedFraud: 0.001,
    jobsADay: 500,
    watcherDay: 50,
    capitalRate: 0.15,
  },
};
