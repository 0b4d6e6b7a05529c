// A claim in court, told as it happens.
import { formatEther } from "ethers";

import { figures } from "../disputeFigures.js";
import { followDispute } from "../disputedJob.js";
import { chainEvent } from "../chainEvent.js";
import { gasLines, told } from "./moves.js";
import { askAndAnswer } from "./question.js";
import { creditedBy, eventIn } from "./receipts.js";
import { FUNDS } from "./volatility.js";

const WORKER = { price: "1", stake: "10000", bondLimit: "5000" };

/** Who will say nothing is waited for no longer. */
const SILENCE = { assertsNothing: true, silenceMilliseconds: 5_000 };

const FINDING = /the claim is wrong: (.*)/;

export const HONEST_WORKER = { name: "alice", ...WORKER };

/** The only worker, so that it is drawn. */
export const liar = (lie) => ({ name: "mallory", ...WORKER, lie });

/** A watcher convicts a worker that lies. */
export async function convicted(stage) {
  const { network, telling } = stage;
  const [worker] = stage.workers;
  const watcher = await stage.party("wendy");
  await network.startWatcher(watcher.name, watcher.folder);
  telling.tell(
    "Watcher wendy",
    `${watcher.address}: it computes claims anew and challenges wrong ones, with a key and money of its own`,
  );
  const { job, claim, output } = await askAndAnswer(stage);
  const moves = await dispute(stage, claim, "worker", watcher, () => {
    const finding = FINDING.exec(network.logOf(watcher.name));
    telling.add(`wendy computed it anew: ${finding?.[1] ?? "the claim is wrong"}`);
  });

  const { refutation, ...found } = figures(moves);
  const settled = await settlement(stage, moves, worker, watcher);
  const { consumer, contracts } = stage;
  const owned = (await contracts.token.balanceOf(consumer)) + (await contracts.market.balanceOf(consumer));
  telling.tell(
    `The claim has fallen: ${worker.name} loses ${settled.workerSlashed} OPG`,
    `${settled.burned} OPG of it are burned, ${settled.challengerEarned} OPG go to wendy, ${settled.requesterCompensated} OPG to the contract that asked`,
    `the contract has the whole fee of ${settled.requesterRefunded} OPG back: it had ${FUNDS} OPG before it asked, and has ${formatEther(owned)} now`,
    `its fee is still ${await consumer.fee()} millionths: the wrong answer never reached it`,
    ...gasLines(found, { [worker.name]: worker.address, wendy: watcher.address }, moves),
  );
  return {
    model: stage.version,
    job: Number(job),
    verdict: found.verdict,
    worker: worker.address,
    challenger: watcher.address,
    output,
    ...settled,
    by: refutation.by,
    decidedBy: decidingMove(moves)?.hash ?? null,
    node: nodeOf(refutation, moves),
    element: refutation.element ?? null,
    ...counted(found),
    seconds: telling.seconds,
  };
}

/** A challenger without a reason loses against a worker that is right. */
export async function upheld(stage) {
  const { network, telling, contracts } = stage;
  const [worker] = stage.workers;
  const challenger = await stage.party("eve");
  await network.startFalseChallenger(challenger.name, challenger.folder);
  telling.tell("Challenger eve", `${challenger.address}: it challenges right answers, too`);
  const { job, claim, output } = await askAndAnswer(stage);
  const moves = await dispute(stage, claim, "challenger", challenger, () => {});

  const found = figures(moves);
  const events = moves.flatMap((move) => move.events);
  const [lost] = events.filter(({ name }) => name === "ChallengeLost");
  const rewards = events.filter(({ name, args }) => name === "TimeoutRewarded" && args.sender === worker.address);
  const reward = rewards.reduce((sum, { args }) => sum + args.reward, 0n);
  const { args } = await chainEvent(contracts.market, "JobFinalised", job, claim.blockNumber);
  const { bond } = moves.find(({ name }) => name === "challenge").args;
  const workerPaid = formatEther(args.workerEarned + lost.args.compensation + reward);
  telling.tell(
    `The claim stands, and ${worker.name} is paid ${workerPaid} OPG`,
    `${formatEther(args.workerEarned)} OPG for the answer, ${formatEther(lost.args.compensation)} OPG for the trace and its gas, out of eve's bond` +
      (reward > 0n ? `, and ${formatEther(reward)} OPG for ending the challenge` : ""),
    `eve has lost its bond of ${formatEther(bond)} OPG; ${formatEther(lost.args.burned)} OPG of it are burned`,
    `the contract was called back; its fee is ${await stage.consumer.fee()} millionths`,
    ...gasLines(found, { [worker.name]: worker.address, eve: challenger.address }, moves),
  );
  return {
    model: stage.version,
    job: Number(job),
    verdict: found.verdict,
    worker: worker.address,
    challenger: challenger.address,
    output,
    workerPaid,
    workerEarned: formatEther(args.workerEarned),
    compensation: formatEther(lost.args.compensation),
    timeoutReward: formatEther(reward),
    challengerLost: formatEther(bond),
    burned: formatEther(lost.args.burned),
    ...counted(found),
    seconds: telling.seconds,
  };
}

/** Follows the dispute about a claim to its end, and tells it. */
async function dispute(stage, claim, dishonest, challenger, begins) {
  const { network, telling, workers } = stage;
  const who = { worker: workers[0].name, challenger: challenger.name };
  telling.tell("In court");
  let hasBegun = false;
  const { moves, finality } = await followDispute(network, claim, dishonest, {
    ...(workers[0].lie === "silent" ? SILENCE : {}),
    onMoves: (news) => {
      if (!hasBegun) begins();
      hasBegun = true;
      for (const move of news) telling.add(told(move, who, stage.nameOf(move.sender)));
    },
  });
  telling.add(`${finality.blocks} blocks after the claim it is over; ${network.timeTold}`);
  return moves;
}

/** Who lost and who got what by the transaction that settled. */
async function settlement({ network, contracts, consumer }, moves, worker, watcher) {
  const { hash, block } = moves.find(({ name, succeeded }) => name === "settle" && succeeded);
  const receipt = await network.provider.getTransactionReceipt(hash);
  const { market, workers, token } = contracts;
  const { refunded } = eventIn(receipt, market, "JobRefuted", () => true);
  const { amount } = eventIn(receipt, workers, "StakeSlashed", (args) => args.worker === worker.address);
  const burned = eventIn(receipt, token, "Transfer", ({ to }) => BigInt(to) === 0n).value;
  const requester = await creditedBy(block, market, consumer.target);
  const challenger = await creditedBy(block, market, watcher.address);
  return {
    workerSlashed: formatEther(amount),
    challengerEarned: formatEther(challenger),
    burned: formatEther(burned),
    requesterRefunded: formatEther(refunded),
    requesterCompensated: formatEther(requester - refunded),
  };
}

/** The proof that made the claim fall; none where silence did. */
const decidingMove = (moves) =>
  moves.find(({ events }) => events.some(({ name }) => name === "StepDisproved" || name === "OutputDisproved"));

/** The node whose element decided; null where silence did. */
function nodeOf({ by, node, output }, moves) {
  if (by === "step") return node;
  if (by !== "output") return null;
  const { args } = moves.find(({ name, succeeded }) => name === "assertTrace" && succeeded);
  return Number(args.program.outputs[output]);
}

function counted({ alternations, transactions, gas, steps }) {
  return {
    alternations,
    transactions,
    gas: gas.total,
    gasByMove: Object.fromEntries(Object.entries(steps).map(([move, { total }]) => [move, total])),
  };
}
