// One paid answer, told as it happens.
import { formatEther, parseEther } from "ethers";

import { NetworkFailure } from "../network.js";
import { chainEvent } from "../chainEvent.js";
import { numbers } from "./float32.js";
import { askAndAnswer } from "./question.js";
import { FUNDS } from "./volatility.js";

export const WORKERS = [
  { name: "alice", price: "1", stake: "2000", bondLimit: "500" },
  { name: "bob", price: "1.5", stake: "2000", bondLimit: "500" },
];

/** @param stage started with these workers */
export async function paidAnswer(stage) {
  const { network, contracts, consumer, telling } = stage;
  const { market, token } = contracts;
  const { job, claim, output, requested } = await askAndAnswer(stage);
  const finalised = await chainEvent(market, "JobFinalised", job, claim.blockNumber);
  const { workerEarned, royaltyPaid, protocolFee } = finalised.args;
  const callbackOutput = numbers(await consumer.lastOutput());
  const spent = parseEther(FUNDS) - (await token.balanceOf(consumer)) - (await market.balanceOf(consumer));
  telling.tell(
    `The contract is called back with ${callbackOutput}, and everybody is paid`,
    `its fee is now ${await consumer.fee()} millionths`,
    `it paid ${formatEther(spent)} OPG: worker ${formatEther(workerEarned)}, royalty ${formatEther(royaltyPaid)}, ` +
      `protocol ${formatEther(protocolFee)}, request fee ${formatEther(spent - workerEarned - royaltyPaid - protocolFee)} (to be burned)`,
  );
  if (output.join() !== callbackOutput.join())
    throw new NetworkFailure("The contract stored another answer than was claimed.");

  const gasOf = async (hash) => Number((await network.provider.getTransactionReceipt(hash)).gasUsed);
  const gas = {
    request: Number(requested.gasUsed),
    claim: await gasOf(claim.transactionHash),
    finalise: await gasOf(finalised.transactionHash),
  };
  telling.add(`gas: request ${gas.request}, claim ${gas.claim}, finalise with callback ${gas.finalise}`);
  return {
    model: stage.version,
    job: Number(job),
    state: "finalised",
    worker: claim.args.worker,
    output,
    callbackOutput,
    workerEarned: formatEther(workerEarned),
    royaltyPaid: formatEther(royaltyPaid),
    gas,
    seconds: telling.seconds,
  };
}
