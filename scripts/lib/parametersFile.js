import { readFileSync } from "node:fs";

const { profiles } = JSON.parse(readFileSync(new URL("../../contracts/parameters.json", import.meta.url), "utf8"));

/** The names of the profiles of contracts/parameters.json. */
export const profileNames = Object.keys(profiles);

/** A profile as it stands in contracts/parameters.json: amounts as decimal strings, durations as seconds. */
export function writtenProfile(name) {
  if (!Object.hasOwn(profiles, name)) {
    throw new Error(`there is no profile "${name}"; contracts/parameters.json has ${profileNames.join(", ")}`);
  }
  return profiles[name];
}
