import { expect } from "chai";

import { check } from "../../scripts/lib/chaos/invariants.js";
import { planOf } from "../../scripts/lib/chaos/plan.js";
import { secondsWell, stretchesOfTrouble } from "../../scripts/lib/chaos/presence.js";
import { lines, report } from "../../scripts/lib/chaos/report.js";
import { runScript } from "./runScript.js";

const WORKER = "0x00000000000000000000000000000000000000aA";
const LIAR = "0x00000000000000000000000000000000000000Bb";
const WATCHER = "0x00000000000000000000000000000000000000cC";
const INPUTS = "0xinputs";
const HASH = { claim: `0x${"11".repeat(32)}`, finalise: `0x${"22".repeat(32)}` };
const HALF = "0x3f000000"; // 0.5

/** A run in which nothing went wrong: job 1 answered by the worker, job 2 by the liar, which a watcher refuted. */
function peacefulRun() {
  const event = (name, block, more = {}) => ({ name, block, hash: `0x${block}`, ...more });
  const job = { requestedAt: 1_010, lastDeadline: 1_610, claimDeadline: 1_130, drawBlock: 11, inputsHash: INPUTS };
  return {
    worker: WORKER,
    confirmations: 3,
    chain: {
      since: 10,
      newest: 400,
      stoppedAt: 400,
      blocks: new Map(
        Array.from({ length: 391 }, (_, index) => [10 + index, { hash: `0xb${index}`, timestamp: 1_010 + index }]),
      ),
      jobs: [
        {
          ...job,
          id: 1,
          block: 10,
          state: "finalised",
          drawn: WORKER,
          claimed: HALF,
          challengers: [],
          events: [
            event("JobRequested", 10),
            event("JobClaimed", 20, { worker: WORKER, windowEnd: 1_140 }),
            event("JobFinalised", 150, { worker: WORKER, earned: 7n }),
          ],
        },
        {
          ...job,
          id: 2,
          block: 10,
          state: "refuted",
          drawn: LIAR,
          claimed: "0x3f100000",
          challengers: [WATCHER],
          events: [
            event("JobRequested", 10),
            event("JobClaimed", 20, { worker: LIAR, windowEnd: 1_140 }),
            event("JobRefuted", 60),
          ],
        },
      ],
      transactions: {
        worker: {
          transactions: [
            { hash: HASH.claim, nonce: 4, block: 20, function: "claim", job: 1, input: "0xc1", succeeded: true },
            { hash: HASH.finalise, nonce: 5, block: 150, function: "finalise", job: 1, input: "0xf1", succeeded: true },
          ],
          nonces: { first: 4, next: 6, pending: 6 },
        },
        watcher: {
          transactions: [{ hash: "0xch", nonce: 0, block: 30, function: "challenge", input: "0xcc", succeeded: true }],
          nonces: { first: 0, next: 1, pending: 1 },
        },
      },
      ledger: {
        marketHolds: 9n,
        marketOwes: 8n,
        requestFees: 1n,
        registryHolds: 50n,
        stakes: 50n,
        courtHolds: 0n,
        courtOwes: 0n,
        workerLocked: 0n,
        workerPaid: 7n,
      },
    },
    journal: {
      effects: ["claim", "finalise"].map((kind) => ({
        key: `${kind}/1`,
        isOpen: false,
        stage: "Closed",
        outcome: "Mined",
        hashes: [HASH[kind]],
        receipts: [HASH[kind]],
      })),
      jobs: [
        { id: 1, isOpen: false, state: "Ended", ending: "PAID", detail: "" },
        { id: 2, isOpen: false, state: "Ended", ending: "OTHERS", detail: "" },
      ],
      blocks: [{ number: 398, hash: "0xb388" }],
      nonces: [
        { nonce: 4, effect: "claim/1" },
        { nonce: 5, effect: "finalise/1" },
      ],
    },
    samples: Array.from({ length: 780 }, (_, index) => sample(index)),
    injected: [],
    skipped: [],
    seconds: { started: 1, refused: 1 },
    ends: [],
    defects: [],
    settlement: { blocks: 100, bound: 900, open: 0 },
    judged: new Map([[INPUTS, [0.5]]]),
    requested: 2,
    restarts: 3,
    gateway: {},
    proxies: [{ questions: 5, faults: { DELAY: 2 } }],
  };
}

/** Two a second. */
const sample = (index, more = {}) => ({
  real: 500 * index,
  time: 1_010 + Math.floor(index / 2),
  answers: true,
  troubles: {},
  watches: true,
  ...more,
});

/** The worker's job, which nobody claimed. */
function unclaimed(run) {
  const [job] = run.chain.jobs;
  job.events = job.events.filter(({ name }) => name === "JobRequested");
  Object.assign(job, { state: "expired", claimed: undefined });
  run.chain.transactions.worker = { transactions: [], nonces: { first: 4, next: 4, pending: 4 } };
  run.journal.effects = [];
  run.journal.jobs[0].ending = "EXPIRED";
  run.chain.ledger.workerPaid = 0n;
}

describe("What scripts/chaos is made of", () => {
  describe("the plan", () => {
    it("is the same for the same seed, and another for another", () => {
      expect(planOf(7, 600)).to.deep.equal(planOf(7, 600));
      expect(planOf(7, 600)).not.to.deep.equal(planOf(8, 600));
    });

    it("has every kind of fault in two minutes, all of them within its length", () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { faults, requests } = planOf(seed, 120);
        expect(new Set(faults.map(({ kind }) => kind))).to.have.length(9);
        expect(faults.concat(requests).every(({ at }) => at >= 0 && at < 120)).to.equal(true);
        expect(
          faults.filter(({ kind }) => kind === "reorganisation").every(({ depth }) => depth >= 1 && depth <= 3),
        ).to.equal(true);
      }
    });
  });

  describe("presence", () => {
    const samples = [0, 1, 2, 3, 4, 5].map((index) => sample(2 * index));

    it("counts the seconds between samples of a worker that was well", () => {
      expect(secondsWell(samples, 1_010, 1_015)).to.equal(5);
      expect(secondsWell(samples, 1_012, 1_015)).to.equal(3);
    });

    it("does not count what the chain's clock jumped over, silence, or trouble", () => {
      const jumped = samples.map((each, index) => (index < 3 ? each : { ...each, time: each.time + 60 }));
      expect(secondsWell(jumped, 1_010, 1_090)).to.equal(5);
      expect(secondsWell(samples.with(2, { ...samples[2], answers: false }), 1_010, 1_015)).to.equal(3);
      expect(secondsWell(samples.with(2, { ...samples[2], troubles: { chain: "gone" } }), 1_010, 1_015)).to.equal(3);
    });

    it("knows stretches of trouble", () => {
      const troubled = samples.map((each, index) =>
        index === 1 || index === 2 ? { ...each, troubles: { disk: "full" } } : each,
      );
      const [stretch, ...more] = stretchesOfTrouble(troubled);
      expect(more).to.deep.equal([]);
      expect(stretch).to.deep.include({ from: 1_011, until: 1_012, began: 1_000, ended: 2_000 });
    });
  });

  describe("the checker", () => {
    it("finds nothing wrong with a run in which nothing went wrong", () => {
      const findings = check(peacefulRun());
      expect(findings.flatMap(({ violations, excused }) => [...violations, ...excused])).to.deep.equal([]);
      expect(findings.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]);
    });

    for (const [what, number, spoil, message] of [
      ["a transaction that no journal has", 1, (run) => (run.journal.effects[0].hashes = []), /not in the journal/],
      ["an effect that stays open", 2, (run) => (run.journal.effects[1].isOpen = true), /finalise\/1 is still/],
      ["a job that stays open", 2, (run) => (run.journal.jobs[0].isOpen = true), /job 1 is still/],
      ["a journal that thinks otherwise", 2, (run) => (run.journal.jobs[0].ending = "LATE"), /LATE in the journal/],
      ["jobs that never end", 2, (run) => (run.settlement.open = 1), /1 jobs were not over/],
      [
        "a second claim",
        3,
        ({ chain }) =>
          chain.transactions.worker.transactions.push({ ...chain.transactions.worker.transactions[0], nonce: 6 }),
        /claim of job 1.*again/,
      ],
      ["a second payment", 3, ({ chain }) => chain.jobs[0].events.push(chain.jobs[0].events[2]), /2 JobFinalised/],
      ["money that is gone", 3, ({ chain }) => (chain.ledger.marketHolds = 8n), /the market holds: 8 and not 9/],
      ["money that came from nowhere", 3, ({ chain }) => (chain.ledger.workerPaid = 8n), /paid: 8 and not 7/],
      ["a request that was skipped", 4, ({ journal }) => journal.jobs.pop(), /job 2 of block 10 is not in the journal/],
      ["a cursor that stands still", 4, ({ chain }) => (chain.stoppedAt = 600), /202 blocks before the end/],
      [
        "a block that is no more",
        5,
        ({ journal }) => (journal.blocks[0].hash = "0xother"),
        /block 398 has another hash/,
      ],
      [
        "a gap in the nonces",
        6,
        ({ chain }) => (chain.transactions.worker.transactions[1].nonce = 7),
        /the worker's nonces are 4 7/,
      ],
      [
        "a transaction that waits",
        6,
        ({ chain }) => chain.transactions.watcher.nonces.pending++,
        /1 transactions waiting/,
      ],
      ["a nonce for two effects", 6, ({ journal }) => (journal.nonces[1].effect = "claim/9"), /kept for claim\/9/],
      ["a second worker that runs", 6, ({ seconds }) => (seconds.refused = 0), /1 of 1 second workers/],
      [
        "a send that was given up and happened",
        7,
        ({ journal }) => (journal.effects[0].outcome = "Refused"),
        /claim\/1 counts as refused/,
      ],
      [
        "a send that was taken for done and did not happen",
        7,
        ({ journal }) => Object.assign(journal.effects[0], { hashes: [], receipts: [] }),
        /claim\/1 counts as mined/,
      ],
      ["a defect in a log", 8, ({ defects }) => defects.push("Unexpected failure in the desk"), /untyped/],
      [
        "an end without a reason",
        8,
        ({ ends }) => ends.push({ party: "watcher", status: 134, isTyped: false }),
        /the watcher ended by itself with 134/,
      ],
      ["a refused call", 8, ({ journal }) => (journal.effects[0].outcome = "Reverted"), /claim\/1 was refused/],
      ["a job that failed", 8, ({ journal }) => (journal.jobs[0].ending = "FAILED"), /job 1 failed/],
      [
        "a missed deadline",
        9,
        unclaimed,
        /job 1: drawn, and neither claimed nor declined; .* for 1\d\d of 120 seconds/,
      ],
      [
        "a lease for nothing",
        9,
        ({ chain }) => chain.jobs[1].events.push({ name: "JobLeased", block: 140, worker: WORKER, deadline: 1_260 }),
        /job 2: leased, and not claimed/,
      ],
      [
        "a job taken in trouble",
        10,
        (run) => (run.samples = run.samples.map((each) => ({ ...each, troubles: { disk: "full" } }))),
        /job 1 was taken while the worker was in trouble \(disk\)/,
      ],
      [
        "trouble without an end",
        10,
        (run) =>
          (run.samples = run.samples.map((each, index) =>
            index > 300 ? { ...each, troubles: { disk: "full" } } : each,
          )),
        /trouble \(disk\) went on for 239 seconds after its cause/,
      ],
      [
        "a full disk that nobody hears of",
        10,
        ({ injected }) => injected.push({ kind: "disk-full", party: "worker", when: 10_000, seconds: 10 }),
        /did not say so/,
      ],
      [
        "a wrong claim that stands",
        0,
        ({ chain }) => (chain.jobs[1].state = "finalised"),
        /wrong claim of job 2 is finalised/,
      ],
      ["a right claim that falls", 0, ({ chain }) => (chain.jobs[0].state = "refuted"), /right claim of job 1/],
      ["a wrong claim of the worker", 0, ({ chain }) => (chain.jobs[0].claimed = "0x3f000100"), /out of its band/],
    ]) {
      it(`finds ${what}`, () => {
        const run = peacefulRun();
        spoil(run);
        const found = check(run).find((finding) => finding.number === number);
        expect(found.violations.join("\n")).to.match(message);
        expect(found.holds).to.equal(false);
      });
    }

    it("excuses a worker that was not there, and says so", () => {
      const run = peacefulRun();
      unclaimed(run);
      run.samples = run.samples.map((each, index) => (index > 20 && index < 250 ? { ...each, answers: false } : each));
      const deadlines = check(run).find(({ number }) => number === 9);
      expect(deadlines.violations).to.deep.equal([]);
      expect(deadlines.excused.join()).to.match(/there and well for 10 of 120 seconds/);
    });

    it("excuses a watcher that was not there, and says so", () => {
      const run = peacefulRun();
      run.chain.jobs[1].state = "finalised";
      run.samples = run.samples.map((each) => ({ ...each, watches: false }));
      const verdicts = check(run).find(({ number }) => number === 0);
      expect(verdicts.violations).to.deep.equal([]);
      expect(verdicts.excused.join()).to.match(/the watcher was there for 0 seconds/);
    });
  });

  it("reports what was injected, what happened, and each invariant", () => {
    const run = peacefulRun();
    run.injected.push({ kind: "kill", party: "worker", when: 0 });
    const told = report(7, 20, run, check(run));
    expect(told).to.deep.include({
      holds: true,
      sends: 2,
      replacements: 0,
      injected: { "kill worker": 1 },
    });
    const text = lines(told).join("\n");
    expect(text).to.match(/^Seed 7, 20 minutes of faults/);
    expect(text).to.match(/requested 2, claimed 2, .* refuted 1/);
    expect(text.match(/✔/g)).to.have.length(11);
  });

  describe("the arguments", () => {
    for (const given of [[], ["--seed", "x", "--minutes", "1"], ["--seed", "1", "--minutes", "0"], ["--nothing"]]) {
      it(`${given.join(" ") || "none"}: are refused with 2`, async () => {
        expect(await runScript("chaos", "--plan", ...given)).to.include({ status: 2, output: "" });
      });
    }
  });
});
