// What became of everything, as the chain has it in the end.
/** A job's states, by IInferenceMarket.State. */
export const STATES = ["none", "requested", "open", "leased", "claimed", "frozen", "finalised", "expired", "refuted"];

/** Those in which nothing is left to happen. */
export const OVER = new Set(["finalised", "expired", "refuted"]);

/** A challenge that was committed, or opened, by ICourt.Status. */
const UNFINISHED = new Set([1, 2]);

/**
 * Reads the chain.
 *
 * @param world contracts, provider, addresses of the parties
 * @param since the first block of the run
 */
export async function readChain(world, since) {
  const { provider, contracts } = world;
  const [jobs, transactions, ledger, blocks] = await Promise.all([
    readJobs(contracts, since),
    readTransactions(world, since),
    readLedger(world),
    readBlocks(provider, since),
  ]);
  return { since, newest: await provider.getBlockNumber(), jobs, transactions, ledger, blocks };
}

async function readBlocks(provider, since) {
  const newest = await provider.getBlockNumber();
  const blocks = new Map();
  for (let number = since; number <= newest; number++) {
    const { hash, timestamp } = await provider.getBlock(number);
    blocks.set(number, { hash, timestamp });
  }
  return blocks;
}

async function readJobs({ market, court }, since) {
  const events = await market.queryFilter("*", since);
  const jobs = new Map();
  for (const event of events) {
    const id = event.args?.job;
    if (id === undefined) continue;
    if (event.eventName === "JobRequested") {
      jobs.set(id, {
        id: Number(id),
        block: event.blockNumber,
        claimDeadline: Number(event.args.claimDeadline),
        events: [],
      });
    }
    jobs.get(id)?.events.push({
      name: event.eventName,
      block: event.blockNumber,
      hash: event.transactionHash,
      worker: event.args.worker,
      earned: event.args.workerEarned,
      deadline: event.args.deadline === undefined ? undefined : Number(event.args.deadline),
      windowEnd: event.args.windowEnd === undefined ? undefined : Number(event.args.windowEnd),
    });
  }
  const challenges = await court.queryFilter("ChallengeOpened", since);
  for (const [id, job] of jobs) {
    const kept = await market.jobOf(id);
    Object.assign(job, {
      state: STATES[Number(kept.state)],
      requestedAt: Number(kept.requestedAt),
      lastDeadline: Number(kept.lastDeadline),
      drawBlock: Number(kept.drawBlock),
      // Then, since a chain forgets old blocks' hashes.
      drawn: await market.drawnWorkerOf(id, { blockTag: kept.drawBlock + 2n }),
      inputsHash: kept.inputsHash,
      claimed: await claimedOutput(market, id, job),
      challengers: challenges.filter(({ args }) => args.job === id).map(({ args }) => args.challenger),
    });
  }
  return [...jobs.values()];
}

/** A refuted claim's outputs are in its transaction only. */
async function claimedOutput(market, id, { events }) {
  const claim = events.find(({ name }) => name === "JobClaimed");
  if (!claim) return undefined;
  const { data } = await market.runner.provider.getTransaction(claim.hash);
  return market.interface.parseTransaction({ data }).args.outputs[0].data;
}

async function readTransactions({ provider, contracts, worker, watcher }, since) {
  const mine = { [worker.address.toLowerCase()]: "worker", [watcher.address.toLowerCase()]: "watcher" };
  const named = Object.values(contracts).map((contract) => [contract.target.toLowerCase(), contract]);
  const byAddress = Object.fromEntries(named);
  const found = { worker: [], watcher: [] };
  const newest = await provider.getBlockNumber();
  for (let number = since; number <= newest; number++) {
    const block = await provider.send("eth_getBlockByNumber", [`0x${number.toString(16)}`, true]);
    for (const { hash, from, to, input, nonce } of block.transactions) {
      const party = mine[from.toLowerCase()];
      if (!party) continue;
      const receipt = await provider.getTransactionReceipt(hash);
      const call = byAddress[to?.toLowerCase()]?.interface.parseTransaction({ data: input });
      found[party].push({
        hash,
        nonce: Number(nonce),
        block: number,
        function: call?.name ?? "unknown",
        job: call?.args.job === undefined ? undefined : Number(call.args.job),
        input,
        succeeded: receipt.status === 1,
      });
    }
  }
  const nonces = async ({ address }) => ({
    first: await provider.getTransactionCount(address, since - 1),
    next: await provider.getTransactionCount(address, "latest"),
    pending: await provider.getTransactionCount(address, "pending"),
  });
  return {
    worker: { transactions: found.worker, nonces: await nonces(worker) },
    watcher: { transactions: found.watcher, nonces: await nonces(watcher) },
  };
}

async function readLedger({ contracts, network, worker, liar, watcher, owner }) {
  const { market, token, workers, court } = contracts;
  const holders = [worker.address, liar.address, watcher.address, owner.address, await network.treasury.getAddress()];
  const balances = await Promise.all(holders.map((holder) => market.balanceOf(holder)));
  const staked = await Promise.all([worker, liar].map(({ address }) => workers.workerOf(address)));
  return {
    marketHolds: await token.balanceOf(market),
    marketOwes: sum(balances),
    requestFees: await market.requestFees(),
    registryHolds: await token.balanceOf(workers),
    stakes: sum(staked.map((account) => account.staked)),
    courtHolds: await token.balanceOf(court),
    courtOwes: (await bondsIn(court)) + sum(await Promise.all(holders.map((holder) => court.balanceOf(holder)))),
    workerLocked: staked[0].locked,
    workerPaid: balances[0] + (await token.balanceOf(worker.cold)),
  };
}

/** Of challenges that are not over, such as those that were not opened in time and that nobody has had burned yet. */
async function bondsIn(court) {
  let bonds = 0n;
  const count = await court.challengeCount();
  for (let id = 1n; id <= count; id++) {
    const { bond, status } = await court.challengeOf(id);
    if (UNFINISHED.has(Number(status))) bonds += bond;
  }
  return bonds;
}

const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);
