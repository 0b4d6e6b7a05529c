import { readFileSync } from "node:fs";

const FILE = "contracts/parameters.json";
const { profiles } = profilesOf(new URL(`../../${FILE}`, import.meta.url));

/** The names of the profiles of contracts/parameters.json. */
export const profileNames = Object.keys(profiles);

/**
 * A profile as it stands in contracts/parameters.json, or another file like it: amounts as decimal strings, durations as seconds.
 *
 * @param path of the other file
 */
export function writtenProfile(name, path) {
  const known = path === undefined ? profiles : profilesOf(path).profiles;
  if (!Object.hasOwn(known, name)) {
    throw new Error(`there is no profile "${name}"; ${path ?? FILE} has ${Object.keys(known).join(", ")}`);
  }
  return known[name];
}

function profilesOf(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
