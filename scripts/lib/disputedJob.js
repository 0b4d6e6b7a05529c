import { setTimeout as sleep } from "node:timers/promises";

import { DisputeMoves } from "./disputeMoves.js";
import { NetworkFailure } from "./network.js";

const NOBODY = 0n;
const SIDES = { worker: 1n, challenger: 2n };
const STAGES = { none: 0n, disputed: 1n, upheld: 2n, refuted: 3n };
const LOOK_MILLISECONDS = 200;

/** After so long the dishonest side has said what it had to say. */
const SILENCE_MILLISECONDS = 20_000;

/** The longest that honest sides may take for one move, on a slow machine. */
const PATIENCE_MILLISECONDS = 900_000;

/**
 * Follows the dispute about a claimed job to its end: the claim has fallen and the bond is back, or the worker is paid. Time that nobody can use is made to
 * pass at once: that of the dishonest side when it is silent, that of challenges committed earlier, of which there are none, and the rest of the window.
 *
 * @param network with contracts: court, market; on a chain whose time nobody can make pass, its `passUntil` does nothing
 * @param claim the event JobClaimed
 * @param dishonest the side that lies: worker or challenger
 * @param options onMoves: is told new moves as they come; assertsNothing: the worker won't say a word; silenceMilliseconds: after so long without a
 *   move the dishonest side has said what it had to say
 * @returns moves, and finality: blocks and seconds from the claim to the job's end
 */
export async function followDispute(network, claim, dishonest, options = {}) {
  const { job } = claim.args;
  const following = new Following(network, job, claim.blockNumber, SIDES[dishonest], options);
  for (;;) {
    const end = await following.look();
    if (end) return { moves: following.dispute.moves, finality: await finality(network.provider, claim, end) };
    await sleep(LOOK_MILLISECONDS);
  }
}

class Following {
  constructor(network, job, since, dishonest, options) {
    const { onMoves = () => {}, assertsNothing = false, silenceMilliseconds = SILENCE_MILLISECONDS } = options;
    Object.assign(this, { onMoves, assertsNothing, silenceMilliseconds });
    this.network = network;
    this.contracts = network.contracts;
    this.job = job;
    this.since = since;
    this.dishonest = dishonest;
    this.dispute = new DisputeMoves(network.provider, network.contracts.court, job, since);
    this.lastMove = performance.now();
  }

  /** Looks once; gives the block in which the job ended, if it has. */
  async look() {
    const { court } = this.contracts;
    const moves = await this.dispute.read();
    if (moves.length > 0) {
      this.lastMove = performance.now();
      await this.onMoves(moves);
    }
    if (this.#quiet() > PATIENCE_MILLISECONDS)
      throw new NetworkFailure(`Nobody moves in the dispute of job ${this.job}`);

    const about = await court.caseOf(this.job);
    if (about.stage === STAGES.disputed) await this.#pass(about);
    if (about.stage === STAGES.refuted) {
      const returned = this.dispute.moves.some(({ events }) => events.some(({ name }) => name === "BondReturned"));
      return returned ? this.#blockOf("Settled") : undefined;
    }
    if (about.stage === STAGES.upheld) {
      const { market } = this.contracts;
      const [finalised] = await market.queryFilter(market.filters.JobFinalised(this.job), this.since);
      return finalised?.blockNumber;
    }
    return undefined;
  }

  #quiet() {
    return performance.now() - this.lastMove;
  }

  #blockOf(event) {
    return this.dispute.moves.find(({ events }) => events.some(({ name }) => name === event)).block;
  }

  /** Has time pass that nobody can use. */
  async #pass(about) {
    if (about.winner !== 0n) {
      const { extension } = await this.#parameters(about);
      await this.network.passUntil(Number(about.refutedAt + extension));
    } else if (about.pending === 0n) {
      await this.network.passUntil(Number(about.windowEnd));
    } else if ((about.assertedAt !== 0n || this.assertsNothing) && this.#quiet() > this.silenceMilliseconds) {
      const { turnOf } = this.contracts.court;
      const turns = await Promise.all(this.dispute.challenges.map((challenge) => turnOf(challenge)));
      const open = turns.filter(({ side }) => side !== NOBODY);
      if (open.length > 0 && open.every(({ side }) => side === this.dishonest)) {
        await this.network.passUntil(Math.min(...open.map(({ deadline }) => Number(deadline))));
      }
    }
  }

  #parameters({ parameters }) {
    return this.contracts.parameterSets.courtParametersOf(parameters);
  }
}

async function finality(provider, claim, end) {
  const [claimed, ended] = await Promise.all([claim.blockNumber, end].map((number) => provider.getBlock(number)));
  return { blocks: end - claim.blockNumber, seconds: ended.timestamp - claimed.timestamp };
}
