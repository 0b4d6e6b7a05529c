// What a run is told as: for people and for programs.

/** The report of a run as data. */
export function report(seed, minutes, facts, findings) {
  const { chain } = facts;
  const count = (name) => chain.jobs.filter(({ events }) => events.some((event) => event.name === name)).length;
  const { transactions } = chain.transactions.worker;
  return {
    seed,
    minutes,
    injected: counted(facts.injected.map(kindOf)),
    skipped: counted(facts.skipped.map(({ kind, why }) => `${kind}: ${why}`)),
    questions: facts.proxies.reduce((sum, { questions }) => sum + questions, 0),
    rpc: facts.proxies.map(({ faults }) => faults).reduce(added, {}),
    gateway: facts.gateway,
    blocks: chain.newest - chain.since + 1,
    jobs: {
      sent: facts.requested,
      requested: chain.jobs.length,
      claimed: count("JobClaimed"),
      declined: count("JobDeclined"),
      leased: count("JobLeased"),
      late: count("WorkerLate"),
      finalised: count("JobFinalised"),
      expired: count("JobExpired"),
      refuted: count("JobRefuted"),
    },
    sends: transactions.length,
    watcherSends: chain.transactions.watcher.transactions.length,
    replacements: facts.journal.effects.reduce((sum, { hashes }) => sum + Math.max(0, hashes.length - 1), 0),
    restarts: facts.restarts,
    endsByItself: counted(facts.ends.map(({ party, reason, status }) => `${party}: ${reason ?? status}`)),
    settledWithin: facts.settlement.blocks,
    invariants: findings,
    holds: findings.every(({ holds }) => holds),
  };
}

/** The same for people. */
export function lines(told) {
  const list = (counts) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ") || "none";
  return [
    `Seed ${told.seed}, ${told.minutes} minutes of faults, ${told.blocks} blocks; all was over ${told.settledWithin} blocks after the last fault.`,
    `Injected: ${list(told.injected)}`,
    ...Object.entries(told.skipped).map(([what, count]) => `  not injected, ${count} times: ${what}`),
    `By the proxies, in ${told.questions} questions: ${list(told.rpc)}`,
    `By the gateway: ${list(told.gateway)}`,
    `Jobs: ${list(told.jobs)}`,
    `Transactions: worker ${told.sends}, of them ${told.replacements} replacements tried, watcher ${told.watcherSends}; ${told.restarts} starts of processes`,
    `Ends by itself: ${list(told.endsByItself)}`,
    ...told.invariants.flatMap(({ number, name, holds, evidence, violations, excused }) => [
      `${holds ? "✔" : "✘"} ${number > 0 ? `${number} ` : ""}${name}: ${evidence}`,
      ...violations.map((text) => `    VIOLATED: ${text}`),
      ...excused.map((text) => `    no violation: ${text}`),
    ]),
    told.holds ? "All invariants hold." : "NOT all invariants hold.",
    // As scripts/test counts.
    `  ${told.invariants.filter(({ holds }) => holds).length} passing`,
    `  ${told.invariants.filter(({ holds }) => !holds).length} failing`,
  ];
}

const kindOf = ({ kind, party }) => [kind, party].filter(Boolean).join(" ");

function counted(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const added = (one, other) => {
  const sum = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};
