// What Besu says of the transaction that decided a dispute: mined, called, estimated and traced.
import { NetworkFailure } from "../processes.js";

/**
 * Asks eth_call and eth_estimateGas what would become of the deciding transaction in the block before it, and debug_traceTransaction what did.
 *
 * @returns {hash, gasUsed, estimate, canonCalls}: the calls of the canon within, with the gas of each
 */
export async function traced(chain, telling, { decidedBy, canon }) {
  const [{ provider }] = chain.nodes;
  const receipt = await provider.send("eth_getTransactionReceipt", [decidedBy]);
  const { from, to, input } = await provider.send("eth_getTransactionByHash", [decidedBy]);
  const before = `0x${(Number(receipt.blockNumber) - 1).toString(16)}`;
  const call = { from, to, data: input };
  await provider.send("eth_call", [call, before]);
  const estimate = Number(await provider.send("eth_estimateGas", [call, before]));
  const trace = await provider.send("debug_traceTransaction", [decidedBy, { tracer: "callTracer" }]);
  const canonCalls = callsOf(trace)
    .filter((made) => made.to?.toLowerCase() === canon.toLowerCase())
    .map(({ gasUsed, error }) => ({ gas: Number(gasUsed), error }));
  if (canonCalls.length === 0) throw new NetworkFailure(`the trace of ${decidedBy} calls no canon`);
  if (canonCalls.some(({ error }) => error !== undefined))
    throw new NetworkFailure(`the canon failed within ${decidedBy}`);
  const gasUsed = Number(receipt.gasUsed);
  if (estimate < gasUsed) throw new NetworkFailure(`${gasUsed} gas were used, but only ${estimate} estimated`);
  telling.tell(
    "The transaction that decided it, as Besu tells it",
    `${decidedBy}: ${gasUsed} gas, ${estimate} estimated; eth_call agrees`,
    `its calls of the canon: ${canonCalls.map(({ gas }) => `${gas} gas`).join(", ")}`,
  );
  return { hash: decidedBy, gasUsed, estimate, canonCalls: canonCalls.map(({ gas }) => gas) };
}

const callsOf = (made) => [made, ...(made.calls ?? []).flatMap(callsOf)];
