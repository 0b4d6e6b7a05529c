import { readFileSync } from "node:fs";

import { parseEther } from "ethers";

const file = new URL("../../contracts/parameters.json", import.meta.url);

const AMOUNTS = new Set(["requestFee", "latePenalty", "minimumBond", "answerAllowance", "minimumStake"]);

/** A profile of contracts/parameters.json; amounts as bigint with 18 decimals, durations as seconds. */
export function profile(name) {
  const { profiles } = JSON.parse(readFileSync(file, "utf8"));
  if (!Object.hasOwn(profiles, name)) {
    throw new Error(`there is no profile "${name}"; contracts/parameters.json has ${Object.keys(profiles).join(", ")}`);
  }
  const { market, court, workers, governor } = profiles[name];
  return { name, market: inWei(market), court: inWei(court), workers: inWei(workers), governor };
}

function inWei(section) {
  return Object.fromEntries(
    Object.entries(section).map(([key, value]) => [key, AMOUNTS.has(key) ? parseEther(value) : value]),
  );
}
