import * as griefer from "./actors/griefer.js";
import * as requester from "./actors/requester.js";
import * as watcher from "./actors/watcher.js";
import * as worker from "./actors/worker.js";
import { settle } from "./settlement.js";
import { varied } from "./world.js";

const stranger = { requester: "stranger", defence: "stubborn" };
const accomplices = { requester: "accomplice", defence: "stubborn" };

/** What a plan of a worker is worth against what it gives up for it. */
const againstHonest = (world, plan) => worker.payoff(world, plan) - worker.forgone(world, plan);

function griefing(world, attack, plan) {
  const { griefer: own, worker: victim } = griefer.outcome(world, plan, world.assumed.gasPrice);
  return { attack, attacker: own, victim };
}

/**
 * Attacks that cost money to try: what the attacker gains on average, and what they leave an honest party with, where one is drawn into them: the
 * worker, or the watcher that convicts. In $OPG.
 */
export function attacks(world) {
  const caught = varied(world, "assumed.watchedShare", 1);
  const rows = [
    ["wrong answer", world, { answer: "wrong", selfChallenge: "none", ...stranger }],
    [
      "wrong answer, insured by a commitment of its own",
      world,
      { answer: "wrong", selfChallenge: "committed", ...stranger },
    ],
    [
      "wrong answer, insured by an open challenge of its own",
      world,
      { answer: "wrong", selfChallenge: "opened", ...stranger },
    ],
    ["wrong answer to an accomplice", world, { answer: "wrong", selfChallenge: "none", ...accomplices }],
    ["wrong answer, caught for sure", caught, { answer: "wrong", selfChallenge: "none", ...stranger }],
    [
      "wrong answer to an accomplice, convicted by another",
      caught,
      { answer: "wrong", selfChallenge: "opened", ...accomplices },
    ],
    ["right answer, challenged by itself", world, { answer: "right", selfChallenge: "opened", ...stranger }],
    ["right answer to an accomplice", world, { answer: "right", selfChallenge: "none", ...accomplices }],
  ].map(([attack, where, plan]) => ({
    attack,
    attacker: againstHonest(where, plan),
    victim: where === caught ? settle(where, plan, true).watcher : null,
  }));
  const sham = { challenges: 1, opened: true, walk: false, demands: false };
  rows.push(
    griefing(world, "sham challenge, then silence", sham),
    griefing(world, "sham challenge, all questions and demands", { ...sham, walk: true, demands: true }),
    griefing(world, "50 sham challenges", { ...sham, challenges: 50 }),
    griefing(world, `${griefer.FLOOD} sham challenges`, { ...sham, challenges: griefer.FLOOD }),
    griefing(world, "commitment that is never opened", { ...sham, opened: false }),
  );
  rows.push({
    attack: "challenge without looking",
    attacker: watcher.guessGain(world, world.assumed.toleratedFraud),
    victim: null,
  });
  rows.push({ attack: "copy of another's proof", attacker: watcher.copyGain(world), victim: null });
  for (const [attack, way] of [
    ["request that nobody can answer", "unanswerable"],
    ["claim kept out until it is late", "late"],
  ]) {
    const { requester: attacker, worker: victim } = requester.outcome(world, { way });
    rows.push({ attack, attacker, victim });
  }
  return rows;
}
