import { gasCost } from "../amounts.js";

/** How a requester can bother workers: requests that nobody can answer, or claims that it keeps out of the blocks until they are late. */
export const plans = [{ way: "unanswerable" }, { way: "late" }];

/** What one such request leaves requester and drawn worker with. Keeping claims out is taken to be free of charge. */
export function outcome({ gas, market, assumed }, { way }) {
  const requester = -market.requestFee - gasCost(gas.request, assumed.gasPrice);
  const worker = way === "late" ? -market.latePenalty : -gasCost(gas.decline, assumed.gasPrice);
  return { requester, worker };
}
