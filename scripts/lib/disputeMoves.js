// The moves of a dispute, as the chain tells them: for who follows one, and for who measures it.
import { gasParts } from "./transactionGas.js";

const KINDS = ["none", "nodes", "leaves", "input", "weight", "output"];

/** What a question asks for: contracts/court/Path.sol. */
export function readPath(word) {
  const bits = (from, count) => Number((word >> BigInt(from)) & ((1n << BigInt(count)) - 1n));
  return { kind: KINDS[bits(72, 8)], node: bits(40, 32), level: bits(32, 8), index: bits(0, 32) };
}

/** A job's dispute. Blocks are read once, so the chain must not be reorganised. */
export class DisputeMoves {
  #provider;
  #court;
  #address;
  #next;
  #waiting = [];
  #challenges = new Set();

  /**
   * @param provider asks a node
   * @param court the contract
   * @param job its number
   * @param since the block from which on there can be moves: that of the claim
   */
  constructor(provider, court, job, since) {
    this.#provider = provider;
    this.#court = court;
    this.#address = court.target.toLowerCase();
    this.#next = since;
    this.job = BigInt(job);
    /** All so far, those that failed too: see `read`. */
    this.moves = [];
  }

  /** The challenges of the job that are open or were, by number. */
  get challenges() {
    return [...this.#challenges];
  }

  /**
   * The moves that came since the last time. Commitments don't say which job they mean, so one is given together with its opening.
   *
   * @returns moves: name, args, sender, hash, block, time, succeeded, gas (execution, calldata, total), events (name, args) in the court
   */
  async read() {
    const newest = await this.#provider.getBlockNumber();
    const found = [];
    for (; this.#next <= newest; this.#next++) {
      const block = await this.#provider.send("eth_getBlockByNumber", [`0x${this.#next.toString(16)}`, true]);
      for (const transaction of block.transactions) {
        if (transaction.to?.toLowerCase() === this.#address) {
          found.push(...this.#ours(await this.#move(transaction, Number(block.timestamp))));
        }
      }
    }
    this.moves.push(...found);
    return found;
  }

  async #move({ hash, from, input }, time) {
    const receipt = await this.#provider.getTransactionReceipt(hash);
    const { name, args } = this.#court.interface.parseTransaction({ data: input });
    const events = receipt.logs
      .filter((log) => log.address.toLowerCase() === this.#address)
      .map((log) => this.#court.interface.parseLog(log))
      .map((event) => ({ name: event.name, args: event.args }));
    const gas = gasParts(input, Number(receipt.gasUsed));
    gas.execution ??= await this.#executed(hash);
    return {
      name,
      args,
      sender: receipt.from ?? from,
      hash,
      block: receipt.blockNumber,
      time,
      succeeded: receipt.status === 1,
      gas,
      events,
    };
  }

  /** From the first step of a transaction's code to its last, without what is given back at the end. */
  async #executed(hash) {
    const { structLogs } = await this.#provider.send("debug_traceTransaction", [
      hash,
      { disableMemory: true, disableStack: true, disableStorage: true },
    ]);
    const [first, last] = [structLogs[0], structLogs.at(-1)];
    return Number(first.gas) - Number(last.gas) + Number(last.gasCost);
  }

  /** The move with those that wait for it, if it belongs to this dispute. */
  #ours(move) {
    const opened = move.events.find(({ name, args }) => name === "ChallengeOpened" && args.job === this.job);
    if (opened) {
      this.#challenges.add(opened.args.challenge);
      const committed = this.#waiting.filter(({ events }) =>
        events.some(({ args }) => args.challenge === opened.args.challenge),
      );
      return [...committed, move];
    }
    if (move.name === "challenge") {
      this.#waiting.push(move);
      return [];
    }
    const { job, id } = move.args;
    return job === this.job || this.#challenges.has(id) ? [move] : [];
  }
}
