import { formatEther, parseEther } from "ethers";

import { chainEvent } from "../chainEvent.js";
import { numbers } from "./float32.js";
import { MAX_FEE } from "./volatility.js";

/**
 * The contract asks, and a worker answers.
 *
 * @param stage started
 * @returns job, the event of the claim, the answered numbers, the request's receipt
 */
export async function askAndAnswer({ network, contracts, consumer, telling, workers, names }) {
  const { market, parameterSets } = contracts;
  const since = await network.provider.getBlockNumber();
  const requested = await (await consumer.requestVolatility(parseEther(MAX_FEE))).wait();
  const job = await consumer.pendingJob();
  telling.tell(`The contract asks: job ${job}`, `${MAX_FEE} OPG in escrow; the next block's hash draws the worker`);

  const claim = await chainEvent(market, "JobClaimed", job, since);
  const { outputs } = await market.resultOf(job);
  const output = numbers(outputs[0].data);
  const { challengeWindow } = await parameterSets.marketParametersOf(1);
  telling.tell(
    `${names[claim.args.worker]} answers: ${output}`,
    `${workers.length > 1 ? `drawn among ${workers.length}` : "the only worker"}, ${formatEther((await market.jobOf(job)).bond)} OPG bond locked behind the answer`,
    `provisional for ${challengeWindow} s, in which it can be challenged`,
  );
  return { job, claim, output, requested };
}
