import { parseEther } from "ethers";

import { writtenProfile } from "./parametersFile.js";

const AMOUNTS = new Set(["requestFee", "latePenalty", "minimumBond", "answerAllowance", "minimumStake"]);

/** A profile of contracts/parameters.json, or of another file like it; amounts as bigint with 18 decimals, durations as seconds. */
export function profile(name, path) {
  const { market, court, workers, governor } = writtenProfile(name, path);
  return { name, market: inWei(market), court: inWei(court), workers: inWei(workers), governor };
}

function inWei(section) {
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => [key, AMOUNTS.has(key) ? parseEther(value) : value]),
  );
}
