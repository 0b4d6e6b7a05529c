// The worker's ten invariants, held against what chain, journal and samples say of a run. Pure: facts in, findings out.
import { OVER } from "./chainRecord.js";
import { secondsWell, stretchesOfTrouble } from "./presence.js";

/** Seconds of chain time, without trouble, in which a worker has to get a job done. */
export const ENOUGH_SECONDS = 30;

/** Seconds of chain time in which a watcher has to begin a challenge. */
export const ENOUGH_TO_CHALLENGE = 60;

/** How long after the last fault that can cause it a trouble may last, in milliseconds. */
const GRACE_MILLISECONDS = 60_000;

/** What takes a worker away, or leaves it nobody to ask. */
const DISABLING = new Set(["kill", "freeze", "disk-full", "rpc-weather", "rpc-dead", "reorganisation"]);

const ONCE = new Set(["claim", "decline", "lease", "challenge", "open", "assertTrace", "ask", "settle", "reclaim"]);

const BAND_RELATIVE = 2e-6;

/**
 * Checks a run.
 *
 * @returns for each invariant: number, name, violations (texts), evidence (a text with counts), excused (texts)
 */
export function check(facts) {
  const about = { ...facts, ours: facts.worker.toLowerCase() };
  return [
    finding(1, "Intent is journalled before any send or signature", journalledFirst(about)),
    finding(2, "The chain is truth, the journal only intent", reconciled(about)),
    finding(3, "Every effect happens once", onceEach(about)),
    finding(4, "The block cursor and what it caused commit in one", nothingSkipped(about)),
    finding(5, "Block hashes are stored, a reorganisation unwinds", onTheChain(about)),
    finding(6, "One address, one sequencer", oneSequencer(about)),
    finding(7, "An ambiguous send is unknown until resolved", neverGuessed(about)),
    finding(8, "Errors are typed", typedErrors(about)),
    finding(9, "Deadlines use chain time, and none is missed", deadlinesMet(about)),
    finding(10, "In trouble, take no new jobs", nothingInTrouble(about)),
    finding(0, "Wrong claims fall, right ones stand", verdicts(about)),
  ].map((found) => ({ ...found, holds: found.violations.length === 0 }));
}

const finding = (number, name, { violations = [], evidence, excused = [] }) => ({
  number,
  name,
  violations,
  evidence,
  excused,
});

const isOurs = (about, address) => address?.toLowerCase() === about.ours;

const has = (job, name) => job.events.some((event) => event.name === name);

const of = (job, name) => job.events.filter((event) => event.name === name);

function journalledFirst({ chain, journal }) {
  const known = new Set(journal.effects.flatMap(({ hashes }) => hashes));
  const { transactions } = chain.transactions.worker;
  const violations = transactions
    .filter(({ hash }) => !known.has(hash))
    .map((sent) => `${told(sent)} is on the chain, but not in the journal`);
  return { violations, evidence: `${transactions.length} transactions of the worker, each in its journal` };
}

function reconciled(about) {
  const { chain, journal, settlement } = about;
  const violations = [];
  for (const { key, isOpen, stage } of journal.effects)
    if (isOpen) violations.push(`${key} is still ${stage} in the journal`);
  for (const { id, isOpen, state } of journal.jobs)
    if (isOpen) violations.push(`job ${id} is still ${state} in the journal`);
  const kept = new Map(journal.jobs.map((job) => [job.id, job]));
  for (const job of chain.jobs) {
    const paid = job.state === "finalised" && of(job, "JobFinalised").some(({ worker }) => isOurs(about, worker));
    const ending = kept.get(job.id)?.ending;
    if (ending && paid !== (ending === "PAID")) {
      violations.push(`job ${job.id} is ${job.state} on the chain and ${ending} in the journal`);
    }
  }
  if (settlement.open > 0)
    violations.push(`${settlement.open} jobs were not over ${settlement.bound} blocks after the last fault`);
  return {
    violations,
    evidence: `${journal.jobs.length} jobs and ${journal.effects.length} effects closed as the chain has them, ${settlement.blocks} blocks after the last fault`,
  };
}

function onceEach(about) {
  const { chain } = about;
  const violations = [];
  for (const [party, { transactions }] of Object.entries(chain.transactions)) {
    const seen = new Map();
    for (const sent of transactions.filter(
      (each) => ONCE.has(each.function) || (each.function === "finalise" && each.succeeded),
    )) {
      // Two leases or claims of a job differ in their data at most.
      const key = sent.job === undefined || party === "watcher" ? sent.input : `${sent.function} ${sent.job}`;
      const first = seen.get(key);
      if (first) violations.push(`the ${party} has sent ${told(first)} and again ${told(sent)}`);
      seen.set(key, sent);
    }
  }
  for (const job of chain.jobs) {
    for (const name of ["JobClaimed", "JobFinalised"]) {
      if (of(job, name).length > 1) violations.push(`job ${job.id} has ${of(job, name).length} ${name}`);
    }
  }
  violations.push(...ledgerFaults(about));
  return { violations, evidence: "no effect twice on the chain; market, registry and court hold what they owe" };
}

function ledgerFaults(about) {
  const { ledger, jobs } = about.chain;
  const escrow = jobs.filter(({ state }) => !OVER.has(state)).length;
  const earned = jobs
    .flatMap((job) => of(job, "JobFinalised"))
    .filter(({ worker }) => isOurs(about, worker))
    .reduce((sum, event) => sum + event.earned, 0n);
  const faults = [];
  const equal = (what, one, other) => {
    if (one !== other) faults.push(`${what}: ${one} and not ${other}`);
  };
  if (escrow === 0) equal("the market holds", ledger.marketHolds, ledger.marketOwes + ledger.requestFees);
  equal("the registry holds", ledger.registryHolds, ledger.stakes);
  equal("the court holds", ledger.courtHolds, ledger.courtOwes);
  if (escrow === 0) equal("the worker's locked stake", ledger.workerLocked, 0n);
  equal("the worker was paid", ledger.workerPaid, earned);
  return faults;
}

function nothingSkipped({ chain, journal, confirmations }) {
  const kept = new Set(journal.jobs.map(({ id }) => id));
  const cursor = Math.max(...journal.blocks.map(({ number }) => number));
  const violations = chain.jobs
    .filter(({ id, block }) => block <= cursor && !kept.has(id))
    .map(({ id, block }) => `job ${id} of block ${block} is not in the journal, whose cursor is at ${cursor}`);
  // The worker was stopped in order, a look or two before the chain was read.
  const lag = chain.stoppedAt - cursor;
  if (lag > confirmations + 5) violations.push(`the cursor stopped ${lag} blocks before the end`);
  return {
    violations,
    evidence: `${chain.jobs.length} requests, all in the journal; the cursor is at block ${cursor}`,
  };
}

function onTheChain({ chain, journal, injected }) {
  const violations = journal.blocks
    .filter(({ number, hash }) => chain.blocks.has(number) && chain.blocks.get(number).hash !== hash)
    .map(({ number }) => `block ${number} has another hash on the chain than in the journal`);
  const count = injected.filter(({ kind }) => kind === "reorganisation").length;
  return {
    violations,
    evidence: `${journal.blocks.length} blocks remembered, all of them the chain's, after ${count} reorganisations`,
  };
}

function oneSequencer({ chain, journal, seconds }) {
  const violations = [];
  for (const [party, { transactions, nonces }] of Object.entries(chain.transactions)) {
    const used = transactions.map(({ nonce }) => nonce).sort((one, other) => one - other);
    const expected = Array.from({ length: nonces.next - nonces.first }, (_, index) => nonces.first + index);
    if (used.join() !== expected.join()) violations.push(`the ${party}'s nonces are ${used.join(" ")}`);
    if (nonces.pending !== nonces.next)
      violations.push(`the ${party} has ${nonces.pending - nonces.next} transactions waiting`);
  }
  const effectOf = new Map(journal.effects.flatMap(({ key, hashes }) => hashes.map((hash) => [hash, key])));
  const signedFor = new Map(journal.nonces.map(({ nonce, effect }) => [nonce, effect]));
  for (const { hash, nonce } of chain.transactions.worker.transactions) {
    const [effect, kept] = [effectOf.get(hash), signedFor.get(nonce)];
    if (effect && kept && effect !== kept)
      violations.push(`nonce ${nonce} was kept for ${kept} and used for ${effect}`);
  }
  if (seconds.refused !== seconds.started) {
    violations.push(
      `${seconds.started - seconds.refused} of ${seconds.started} second workers with the same key were not refused`,
    );
  }
  return { violations, evidence: `no gap in the nonces; ${seconds.refused} second workers refused` };
}

function neverGuessed({ chain, journal }) {
  const mined = new Map(chain.transactions.worker.transactions.map((sent) => [sent.hash, sent]));
  const violations = [];
  for (const { key, outcome, hashes, receipts } of journal.effects) {
    const onChain = hashes.filter((hash) => mined.has(hash));
    if (
      outcome === "Mined" &&
      !onChain.some((hash) => mined.get(hash).succeeded && mined.get(hash).block >= chain.since)
    ) {
      if (!receipts.some((hash) => mined.get(hash)?.succeeded))
        violations.push(`${key} counts as mined, but is not on the chain`);
    }
    if ((outcome === "Refused" || outcome === "Cancelled") && onChain.some((hash) => mined.get(hash).succeeded)) {
      violations.push(`${key} counts as ${outcome.toLowerCase()}, but ${onChain[0]} is on the chain`);
    }
    if (onChain.length > 1) violations.push(`${key} is on the chain ${onChain.length} times`);
  }
  const replaced = journal.effects.reduce((sum, { hashes }) => sum + Math.max(0, hashes.length - 1), 0);
  return {
    violations,
    evidence: `${journal.effects.length} effects, each as the chain has it; ${replaced} replacements`,
  };
}

function typedErrors({ journal, defects, ends }) {
  const violations = [
    ...defects.map((line) => `untyped: ${line}`),
    ...ends
      .filter(({ isTyped }) => !isTyped)
      .map(({ party, status }) => `the ${party} ended by itself with ${status} and did not say why`),
    ...journal.effects
      .filter(({ outcome }) => outcome === "Reverted")
      .map(({ key }) => `${key} was refused by the contract, and no lost race`),
    ...journal.jobs.filter(({ ending }) => ending === "FAILED").map(({ id, detail }) => `job ${id} failed: ${detail}`),
  ];
  const lost = journal.effects.filter(({ outcome }) => outcome === "LostRace").length;
  return { violations, evidence: `${lost} lost races, ${ends.length} ends by itself, each with a code` };
}

function deadlinesMet(about) {
  const violations = [];
  const excused = [];
  for (const job of about.chain.jobs) {
    for (const { from, until, why } of missedBy(about, job)) {
      const well = secondsWell(about.samples, from, until);
      const text = `job ${job.id}: ${why}; the worker was there and well for ${Math.round(well)} of ${until - from} seconds`;
      (well < ENOUGH_SECONDS ? excused : violations).push(text);
    }
  }
  const jumps = about.injected.filter(({ kind }) => kind === "clock-jump").length;
  const claims = about.chain.jobs.filter((job) =>
    of(job, "JobClaimed").some(({ worker }) => isOurs(about, worker)),
  ).length;
  return {
    violations,
    excused,
    evidence: `${claims} claims in time, ${jumps} jumps of the chain's clock`,
  };
}

/** The worker's turns of a job that came to nothing. */
function missedBy(about, job) {
  const claimed = of(job, "JobClaimed").some(({ worker }) => isOurs(about, worker));
  const missed = [];
  const declined = of(job, "JobDeclined").some(({ worker }) => isOurs(about, worker));
  if (isOurs(about, job.drawn) && !claimed && !declined) {
    missed.push({ from: job.requestedAt, until: job.claimDeadline, why: "drawn, and neither claimed nor declined" });
  }
  for (const { worker, block, deadline } of of(job, "JobLeased")) {
    if (isOurs(about, worker) && !claimed) {
      missed.push({ from: about.chain.blocks.get(block).timestamp, until: deadline, why: "leased, and not claimed" });
    }
  }
  return missed;
}

function nothingInTrouble(about) {
  const stretches = stretchesOfTrouble(about.samples);
  const violations = [];
  for (const { from, until, began, ended, where } of stretches) {
    for (const job of about.chain.jobs) {
      const taken = [...of(job, "JobClaimed"), ...of(job, "JobLeased")].filter(({ worker }) => isOurs(about, worker));
      const time = ({ block }) => about.chain.blocks.get(block).timestamp;
      if (job.requestedAt >= from && taken.some((event) => time(event) <= until)) {
        violations.push(`job ${job.id} was taken while the worker was in trouble (${[...where].join(", ")})`);
      }
    }
    const causes = about.injected.filter(({ kind, when }) => DISABLING.has(kind) && when <= ended);
    const over = Math.max(began, ...causes.map(({ when, seconds = 0 }) => when + seconds * 1_000));
    if (ended - over > GRACE_MILLISECONDS) {
      violations.push(
        `trouble (${[...where].join(", ")}) went on for ${Math.round((ended - over) / 1_000)} seconds after its cause`,
      );
    }
  }
  for (const { when, seconds } of about.injected.filter(
    ({ kind, party }) => kind === "disk-full" && party === "worker",
  )) {
    const during = about.samples.filter(
      ({ real, answers }) => answers && real > when + 3_000 && real < when + seconds * 1_000,
    );
    if (during.length >= 5 && !during.some(({ troubles }) => Object.keys(troubles).length > 0)) {
      violations.push("the worker's disk was full, and it did not say so");
    }
  }
  const declined = about.chain.jobs.filter((job) =>
    of(job, "JobDeclined").some(({ worker }) => isOurs(about, worker)),
  ).length;
  return {
    violations,
    evidence: `${stretches.length} stretches of trouble in which nothing was taken; ${declined} jobs declined`,
  };
}

function verdicts(about) {
  const violations = [];
  const excused = [];
  let [right, wrong] = [0, 0];
  for (const job of about.chain.jobs) {
    const [claim] = of(job, "JobClaimed");
    if (!claim) continue;
    const expected = about.judged.get(job.inputsHash);
    const isRight = expected === undefined ? isOurs(about, claim.worker) : isWithin(job.claimed, expected);
    if (isOurs(about, claim.worker) && !isRight)
      violations.push(`the worker's claim of job ${job.id} is out of its band`);
    if (isRight) right++;
    else wrong++;
    if (isRight && (job.state === "refuted" || job.challengers.length > 0)) {
      violations.push(`the right claim of job ${job.id} was challenged: ${job.state}`);
    }
    if (!isRight && job.state !== "refuted") {
      const from = about.chain.blocks.get(claim.block).timestamp;
      const seconds =
        about.samples.filter(({ time, watches }) => watches && time >= from && time <= claim.windowEnd).length / 2;
      const text = `the wrong claim of job ${job.id} is ${job.state}; the watcher was there for ${Math.round(seconds)} seconds of its window`;
      (seconds < ENOUGH_TO_CHALLENGE ? excused : violations).push(text);
    }
  }
  return { violations, excused, evidence: `${right} right claims stood, ${wrong} wrong ones` };
}

/** Whether claimed float32 numbers lie in the band around the canonical ones, as the model was registered. */
function isWithin(claimed, expected) {
  const bytes = Uint8Array.from(Buffer.from(claimed.slice(2), "hex"));
  const view = new DataView(bytes.buffer);
  if (bytes.length !== 4 * expected.length) return false;
  return expected.every(
    (value, index) => Math.abs(view.getFloat32(4 * index) - value) <= BAND_RELATIVE * Math.abs(value),
  );
}

const told = ({ function: name, job, hash, nonce }) =>
  `${name}${job === undefined ? "" : ` of job ${job}`} (nonce ${nonce}, ${hash})`;
